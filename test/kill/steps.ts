/** Where a gateway is killed, and how it is brought there without knowing of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Door, OPEN, type Passage } from './door.ts';
import type { Mutation } from './mutations.ts';
import type { Point, Store } from './store.ts';

interface Stage {
  door: Door;
  store: Store;
  mark: string;
  key: string;
  mutation: Mutation;
  /** From 0 to 1, by the seed. */
  random(): number;
  /** The client asks; in the middle of its files it may stop for a while. */
  ask(pauseMs?: number): void;
}

/** A gateway that stands where it is to die. */
interface Brink {
  /** Once it is dead: what was held is let go. */
  after(): Promise<void>;
  /** Whether nobody can write the ledger until then. */
  holdsLedger?: boolean;
}

type Step = (stage: Stage) => Promise<Brink>;

const PLAIN: Brink = { after: async () => {} };
/** What was held at the door is let go, one way or the other. */
const LATEST_MS = 1500;
const PATIENCE_MS = 6000;

const isWrite = ({ method }: Passage) => method === 'POST';
const isLook = ({ method, path }: Passage) => method === 'GET' && path.includes('limit=120');
const isOfAccount = ({ method, path }: Passage) => method === 'GET' && path === '/users';

/** The same call is made before the first paid write of a process, which asks whose the key is. */
function isAfterwards() {
  let isWritten = false;
  return (passage: Passage) => {
    isWritten ||= isWrite(passage);
    return isWritten && isOfAccount(passage);
  };
}

/** Waits until something stands at a gate of the door; where nothing comes, it is killed where it is. */
function held() {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return {
    stop: () => {
      reached.resolve();
      return released.promise;
    },
    reached: () => Promise.race([reached.promise, sleep(PATIENCE_MS)]),
    release: released.resolve,
  };
}

const stalled =
  (point: Point, isLost = false): Step =>
  async ({ door, store, key, ask }) => {
    if (isLost) door.gates = { ...OPEN, answer: lose };
    const stall = await store.stallAt(point, key);
    ask();
    await stall.reached();
    return { after: () => stall.end(), holdsLedger: true };
  };

const lose = async (passage: Passage) => (isWrite(passage) ? ('lost' as const) : ('on' as const));

/** At the gate, in front of Astria. */
const beforeAstria =
  (isPassedLater: boolean, isItOf = () => isWrite): Step =>
  async ({ door, ask, random }) => {
    const isIt = isItOf();
    const { stop, reached, release } = held();
    door.gates = {
      ...OPEN,
      async request(passage) {
        if (!isIt(passage)) return 'on';
        await stop();
        return isPassedLater ? 'on' : 'lost';
      },
    };
    ask();
    await reached();
    const lateMs = isPassedLater ? random() * LATEST_MS : 0;
    return { after: async () => void sleep(lateMs).then(release) };
  };

const answered =
  (how: 'lost' | 'half'): Step =>
  async ({ door, ask }) => {
    const { stop, reached, release } = held();
    door.gates = {
      ...OPEN,
      async answer(passage) {
        if (!isWrite(passage)) return 'on';
        const until = stop();
        if (how === 'lost') await until;
        return how;
      },
    };
    ask();
    await reached();
    // Half of it is under way.
    if (how === 'half') await sleep(20);
    return { after: async () => release() };
  };

/** The answer is lost, by a reset or a 504; Astria has acted. */
const searching =
  (whereOf: () => (passage: Passage) => boolean): Step =>
  async ({ door, ask, random }) => {
    const where = whereOf();
    const { stop, reached, release } = held();
    const how = random() < 0.5 ? 'lost' : 'failed';
    door.gates = {
      async request(passage) {
        if (!where(passage)) return 'on';
        await stop();
        return 'lost';
      },
      answer: async (passage) => (isWrite(passage) ? how : 'on'),
    };
    ask();
    await reached();
    return { after: async () => release() };
  };

/** It is not shown yet: so it is looked for on and on, behind the client's back too. */
const searchingOn: Step = async ({ door, ask, random }) => {
  const { stop, reached, release } = held();
  door.gates = {
    ...OPEN,
    async answer(passage) {
      if (isWrite(passage)) return 'lost';
      if (!isLook(passage)) return 'on';
      void stop();
      return 'empty list';
    },
  };
  ask();
  await reached();
  await sleep(random() * 5500);
  release();
  return PLAIN;
};

const unread: Step = async ({ door, store, key, ask }) => {
  const goDeaf = () => {
    door.isDeaf = true;
  };
  // A process that has not paid yet asks first whose the key is.
  if (door.passages.some(isOfAccount)) goDeaf();
  else {
    door.gates = {
      ...OPEN,
      async answer(passage) {
        if (!isOfAccount(passage)) return 'on';
        goDeaf();
        return 'last';
      },
    };
  }
  door.dropConnections();
  ask();
  const until = performance.now() + PATIENCE_MS;
  while ((await store.stateOf(key)) !== 'sent' && performance.now() < until) await sleep(2);
  await sleep(30);
  return {
    async after() {
      door.dropConnections();
      door.isDeaf = false;
    },
  };
};

/** Its files are halfway through. */
const halfSent: Step = async ({ store, key, ask }) => {
  ask(60_000);
  const until = performance.now() + PATIENCE_MS;
  while ((await store.stateOf(key)) !== 'begun' && performance.now() < until) await sleep(2);
  await sleep(30);
  return PLAIN;
};

/** What lies between the others: in fine steps, by the seed. */
const anywhere: Step = async ({ ask, random }) => {
  ask();
  const begun = performance.now();
  const afterMs = random() * 40;
  // A timer would be late by a millisecond.
  while (performance.now() - begun < afterMs) await new Promise(setImmediate);
  return PLAIN;
};

export const STEPS = {
  'before begun is recorded': stalled('begun'),
  'begun, before sent is recorded': stalled('sent'),
  'begun, half of the files sent': halfSent,
  'sent is recorded, Astria has read nothing': unread,
  'Astria has it, and never acts': beforeAstria(false),
  'Astria has it, and acts afterwards': beforeAstria(true),
  'Astria has acted, before its answer': answered('lost'),
  'the answer is halfway': answered('half'),
  'answered, before done is recorded': stalled('done'),
  'done is recorded, before the client has it': beforeAstria(false, isAfterwards),
  'answer lost, during the first look': searching(() => isLook),
  'answer lost, looking on': searchingOn,
  'found, before it is recorded': stalled('done', true),
  'found and recorded, before the client has it': searching(isAfterwards),
  'at any time': anywhere,
} satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;

const OF_SEARCHES: readonly StepName[] = [
  'answer lost, during the first look',
  'found, before it is recorded',
  'found and recorded, before the client has it',
];

export const isFor = (step: StepName, { isSought, files }: Mutation) =>
  (isSought || !OF_SEARCHES.includes(step)) &&
  (files.length > 0 || step !== 'begun, half of the files sent');
