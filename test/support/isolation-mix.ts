/** What many clients do at the same time, by chance and by the seed: each scene is a way in which sharing could go wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/emulator/random.ts';
import { ACCEPTED, type Operation } from './isolation-client.ts';
import type { Line } from './isolation-line.ts';
import { type Owner, PLACES, type Place } from './isolation-owners.ts';
import { anyQuestion, siblings, tellingQuestion } from './isolation-questions.ts';
import { anyChange, type Change, type Writing } from './isolation-writes.ts';

interface Stage extends Writing {
  /** Whom the scene is about. */
  owner: Owner;
  /** Whoever else. */
  others: readonly Owner[];
  line: Line;
}

type Scene = (stage: Stage) => Promise<void>;

/** Each a moment after the one before, or in the same. */
async function overlapping(stage: Stage, operations: readonly Operation[], withinMs = 3) {
  const begun = operations.map(async (operation) => {
    const wait = stage.random.below(withinMs);
    if (wait > 0) await sleep(wait);
    await stage.perform(operation);
  });
  await Promise.all(begun);
}

const times = <Value>(count: number, value: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => value(index));

const ACCEPTS = Object.keys(ACCEPTED);

/** The same, asked for in another way. */
const dressed = ({ random }: Stage, operation: Operation): Operation => ({
  ...operation,
  ...(random.below(3) > 0 && { accept: random.pick(ACCEPTS) }),
  isGet: random.below(4) === 0,
  isReversed: random.below(3) === 0,
  ...(random.below(10) === 0 && { leavesAfterMs: random.below(15) }),
});

/** The same from one key; who leaves may be the one for whom it was begun. */
const burst: Scene = async (stage) => {
  const { random, owner } = stage;
  const operation = { owner, place: random.pick(PLACES), question: anyQuestion(random) };
  const leavesAfterMs = random.below(12);
  const isLeft = random.below(2) === 0;
  await overlapping(
    stage,
    times(2 + random.below(5), (index) =>
      isLeft && index === 0 ? { ...operation, leavesAfterMs } : operation,
    ),
  );
};

/** The same from one key in different dress. */
const dresses: Scene = async (stage) => {
  const { random, owner } = stage;
  const operation = { owner, place: random.pick(PLACES), question: anyQuestion(random) };
  await overlapping(
    stage,
    times(4, () => dressed(stage, operation)),
  );
};

/** The same from several keys, and perhaps from somebody who has none. */
const strangers: Scene = async (stage) => {
  const { random, owner, others } = stage;
  const asking = [owner, ...times(1 + random.below(4), () => random.pick(others))];
  const [place, question] = [random.pick(PLACES), anyQuestion(random)];
  const operations = asking.map((it) => dressed(stage, { owner: it, place, question }));
  const isAnonymous = random.below(5) === 0;
  if (isAnonymous) operations.push({ owner, place, question, isAnonymous });
  await overlapping(stage, operations);
};

/** The same from one key in all places. */
const places: Scene = async (stage) => {
  const question = anyQuestion(stage.random);
  await overlapping(
    stage,
    PLACES.map((place) => dressed(stage, { owner: stage.owner, place, question })),
  );
};

/** Different things from one key: some need the same calls, others differ in little. */
const mixture: Scene = async (stage) => {
  const { random, owner } = stage;
  const place = random.pick(PLACES);
  const related = random.below(2) === 0 ? siblings(random) : undefined;
  const question = () => (related ? random.pick(related) : anyQuestion(random));
  await overlapping(
    stage,
    times(4, () => dressed(stage, { owner, place, question: question() })),
  );
};

/**
 * Reads before, during and after a change. Those that come after its answer must know of it, though what was read
 * before it is still on its way.
 */
const around = async (stage: Stage, { home, tuneId, make }: Change) => {
  const { random, owner, line } = stage;
  const place: Place = random.pick([home, 'all']);
  const question = tellingQuestion(random, tuneId);
  const read = (): Operation => ({ owner, place, question });
  const hold = random.below(4) > 0 ? line.hold(owner.key) : undefined;
  const readSome = () => overlapping(stage, times(2 + random.below(2), read), 6);
  let before: Promise<void>;
  if (random.below(5) < 2) {
    // While it is under way, and not yet made.
    const made = make();
    before = readSome();
    await made;
  } else {
    before = readSome();
    // Until there is something that will be old, or without waiting for it.
    await (hold && random.below(3) > 0 ? Promise.race([hold.kept, sleep(60)]) : sleep(3));
    await make();
  }
  const after = overlapping(stage, [read(), { ...read(), place: 'all' }, read()]);
  if (hold) {
    await sleep(10 + random.below(10));
    hold.letGo();
  }
  await Promise.all([before, after]);
};

const aroundChange: Scene = async (stage) => {
  const change = anyChange(stage);
  await (change ? around(stage, change) : mixture(stage));
};

const SCENES: readonly Scene[] = [
  ...times(4, () => burst),
  ...times(2, () => dresses),
  ...times(4, () => strangers),
  ...times(2, () => places),
  ...times(2, () => mixture),
  ...times(7, () => aroundChange),
];

export const anyScene = (random: Random): Scene => random.pick(SCENES);
