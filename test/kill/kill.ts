/** `kill -9` at every step of what costs money, and what is left of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RIVAL_MS } from '../../src/paid/ledger/ledger.ts';
import { startRedis } from '../support/redis.ts';
import { send } from './client.ts';
import { Door } from './door.ts';
import { type Started, startEmulatorProcess, startGatewayProcess } from './processes.ts';
import { openRedisStore } from './redis-store.ts';
import { type Report, reportOn } from './report.ts';
import { type Lane, type Outcome, play, type Round } from './round.ts';
import { type Planned, schedule } from './schedule.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { StepName } from './steps.ts';
import { hashedKey, type Store } from './store.ts';
import { Others, Strangers } from './twins.ts';
import { newWaitReport, offencesOf, startWaiter, type WaitReport } from './waiters.ts';

export interface KillOptions {
  rounds: number;
  seed: number;
  /** How many gateways live and die side by side. */
  lanes: number;
  /** All of them by default. */
  steps?: StepName[];
  isRedis?: boolean;
  /** Whether all keys are asked for once more when nothing can take effect any more. */
  isPatient?: boolean;
  /** Of the gateway to kill. */
  main?: string;
  onRound?(done: number, offences: readonly string[]): void;
}

/** A lost answer is looked for within it, while the client waits. */
const TIMEOUT_MS = '4000';

/** What all lanes share: Astria, in a process of its own, the ledger, and those who are not killed. */
interface World {
  astria: string;
  openStore(): Promise<Store>;
  /** Before a door. */
  startGateway(door: string, store: Store): Promise<Started>;
  ends: (() => unknown)[];
}

export async function killAll(options: KillOptions): Promise<Report & { waiting: WaitReport }> {
  const world = await openWorld(options);
  try {
    const others = await openOthers(world);
    const plan = schedule(options.rounds, options.seed, options.steps);
    const outcomes: Outcome[] = [];
    const waiting = newWaitReport();
    const onOutcome = (outcome: Outcome) => {
      outcomes.push(outcome);
      options.onRound?.(outcomes.length, reportOn([outcome]).offences);
    };
    await Promise.all(
      Array.from({ length: options.lanes }, (_, number) => {
        const own = plan.filter((_, round) => round % options.lanes === number);
        return runLane(world, { plan: own, number, onOutcome, options, others, waiting });
      }),
    );
    const report = reportOn(outcomes);
    const offences = [...report.offences, ...offencesOf(waiting)];
    return { ...report, offences, waiting };
  } finally {
    for (const end of world.ends.reverse()) await end();
  }
}

async function openWorld({ isRedis, main = 'src/main.ts' }: KillOptions): Promise<World> {
  const emulator = await startEmulatorProcess();
  const ends: World['ends'] = [() => emulator.kill()];
  const startGateway = (door: string, { environment }: Store) =>
    startGatewayProcess(main, {
      ...{ ...environment, ASTRIA_BASE_URL: door, UPSTREAM_TIMEOUT_MS: TIMEOUT_MS },
    });
  const world = { astria: emulator.url, startGateway, ends };
  if (isRedis) {
    const { redis, url, stop } = await startRedis();
    ends.push(stop);
    return { ...world, openStore: () => openRedisStore(redis, url) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  const store = await openSqliteStore(join(folder, 'ledger.sqlite'));
  ends.push(
    () => rm(folder, { recursive: true }),
    () => store.close(),
  );
  return { ...world, openStore: async () => ({ ...store, close: async () => {} }) };
}

/** A gateway on the same ledger that lives on. */
async function openOthers(world: World): Promise<Others> {
  const { at, door, store } = await openDoor(world);
  const gateway = await world.startGateway(at, store);
  world.ends.push(() => gateway.kill());
  return new Others(gateway.url, door);
}

async function openDoor({ astria, openStore, ends }: World) {
  const [door, store] = [new Door(astria), await openStore()];
  ends.push(
    () => door.close(),
    () => store.close(),
  );
  return { door, store, at: await door.listen() };
}

interface Stretch {
  plan: readonly Planned[];
  number: number;
  onOutcome(outcome: Outcome): void;
  options: KillOptions;
  others: Others;
  waiting: WaitReport;
}

/** A second is what Astria's `Date` leaves open. */
const OLDER_MS = 1500;

/** In an account of its own, one gateway after another. */
async function runLane(world: World, stretch: Stretch) {
  const { plan, number, onOutcome, options, others, waiting } = stretch;
  const token = `sd_lane_${number}`;
  const strangers = new Strangers(world.astria, token);
  const rounds = await prepare(plan, { strangers, token });
  const olderAt = performance.now();
  const lane = await openLane(world, { strangers, others });
  if (rounds.some(({ twins }) => twins === 'older')) {
    await sleep(Math.max(0, OLDER_MS - (performance.now() - olderAt)));
  }
  const urls = () => [lane.gateway.url, others.url];
  const waiter = startWaiter({ astria: world.astria, name: String(number), urls }, waiting);
  const outcomes: Outcome[] = [];
  try {
    for (const round of rounds) {
      const outcome = await play(lane, round);
      outcomes.push(outcome);
      onOutcome(outcome);
    }
  } finally {
    await waiter.end();
  }
  if (!options.isPatient) return;
  await sleep(RIVAL_MS);
  for (const { round, told } of outcomes) told.push(await send(lane.gateway.url, round.order));
}

/** What is older than all that is to be sent. */
function prepare(
  plan: readonly Planned[],
  { strangers, token }: { strangers: Strangers; token: string },
) {
  const prepared = strangers.ground().then((common) =>
    Promise.all(
      plan.map(async ({ mutation, mark, step, twins, random }): Promise<Round> => {
        const ground = await strangers.groundOf(common, mutation);
        if (twins === 'older') await strangers.make(mutation.twin(mark, ground, true));
        const order = { mutation, mark, ground, token, key: `order ${mark}` };
        return { order, step, twins, random, hashed: await hashedKey(token, order.key) };
      }),
    ),
  );
  return prepared;
}

async function openLane(world: World, who: Pick<Lane, 'strangers' | 'others'>): Promise<Lane> {
  const { at, door, store } = await openDoor(world);
  const start = () => world.startGateway(at, store);
  const lane = { ...who, door, store, start, gateway: await start() };
  world.ends.push(() => lane.gateway.kill());
  return lane;
}
