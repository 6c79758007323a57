/** One kill, and what comes of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from '../../src/paid/ledger/ledger.ts';
import { type Order, send, type Told } from './client.ts';
import { type Door, OPEN, type Passage } from './door.ts';
import type { Started } from './processes.ts';
import { STEPS, type StepName } from './steps.ts';
import type { Store } from './store.ts';
import type { Others, Strangers, Twins } from './twins.ts';

export interface Round {
  order: Order & { key: string };
  step: StepName;
  twins: Twins;
  /** Of the key, in the ledger. */
  hashed: string;
  random(): number;
}

/** What one gateway after another lives in. */
export interface Lane {
  door: Door;
  store: Store;
  others: Others;
  strangers: Strangers;
  start(): Promise<Started>;
  gateway: Started;
}

/** When the gateway was dead. */
export interface Death {
  state: State | undefined;
  posts: readonly Pick<Passage, 'wasSentOn' | 'told'>[];
  /** What the client had been told. */
  told: Told | undefined;
}

export interface Outcome {
  round: Round;
  death: Death;
  told: Told[];
  /** All that reached Astria's door of it, in both lives and after. */
  posts: () => readonly Passage[];
}

const ASKED_AT_ONCE = 3;
const ASKED_AGAIN = 8;
const PAUSE_MS = 400;

export async function play(lane: Lane, round: Round): Promise<Outcome> {
  const { door, strangers } = lane;
  const { mutation, mark, ground } = round.order;
  const alike = () => strangers.make(mutation.twin(mark, ground, false));
  const posts = () => door.passages.filter((each) => each.mark === mark && isPost(each));
  await alike();
  const death = await die(lane, round, posts);
  const told = await askAgain(lane.gateway.url, round, () => posts().some(isOn));
  await alike();
  return { round, death, told: [...(death.told ? [death.told] : []), ...told], posts };
}

const isPost = ({ method }: Passage) => method === 'POST';
const isOn = ({ wasSentOn }: Passage) => wasSentOn;

/** The next gateway is there when it is over. */
async function die(lane: Lane, round: Round, posts: Outcome['posts']): Promise<Death> {
  const { door, store, gateway } = lane;
  const { order, hashed, random } = round;
  let told: Told | undefined;
  let isDead = false;
  const ask = (pauseMs?: number) =>
    void send(gateway.url, order, pauseMs).then((answer) => {
      if (!isDead) told = answer;
    });
  const stage = { door, store, mark: order.mark, key: hashed, mutation: order.mutation };
  const brink = await STEPS[round.step]({ ...stage, random, ask });
  if (!brink.holdsLedger) await makeTwins(lane, round);
  isDead = true;
  await gateway.kill();
  const state = await store.stateOf(hashed);
  const death = { state, posts: posts().map((each) => ({ ...each })), told };
  await brink.after();
  door.gates = OPEN;
  if (brink.holdsLedger) await makeTwins(lane, round);
  lane.gateway = await lane.start();
  return death;
}

async function makeTwins({ strangers, others }: Lane, { order, twins, random }: Round) {
  const { mutation, mark, ground } = order;
  await strangers.make(mutation.twin(mark, ground, false));
  if (twins === 'equal') await strangers.make(mutation.twin(mark, ground, true));
  if (twins !== 'answered' && twins !== 'lost') return;
  await others.ask(order, { isLost: twins === 'lost', isKeyed: random() < 0.5 });
}

/** As a client would: some at once, and then on until it is known, where it can be. */
async function askAgain(url: string, { order, step }: Round, isThere: () => boolean) {
  const isLate = step === 'Astria has it, and acts afterwards';
  const told = await Promise.all(Array.from({ length: ASKED_AT_ONCE }, () => send(url, order)));
  for (let asked = 0; asked < ASKED_AGAIN; asked++) {
    const isKnown = told.at(-1)?.kind === 'made';
    told.push(await send(url, order));
    const canBeFound = order.mutation.isSought && (isLate || isThere());
    if (isKnown || (!canBeFound && asked > 0)) break;
    await sleep(PAUSE_MS);
  }
  return told;
}
