/** A Redis that fails over, is restarted, goes away, and whose replies get lost, while some buy. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/emulator/random.ts';
import { startEmulator } from '../../src/emulator/serve.ts';
import { startGatewayProcess } from '../kill/processes.ts';
import { DEPLOYED_SETTINGS, startRedis } from '../support/redis.ts';
import { redisAddress } from '../support/redis-address.ts';
import { buy, type Outcome, post, sentOf } from './buyers.ts';

export const FAULTS = ['lost reply', 'failover', 'restart', 'away'] as const;
type FaultName = (typeof FAULTS)[number];

export interface RedisReport {
  rounds: Partial<Record<FaultName, number>>;
  /** All that was told, those who asked again included. */
  told: Partial<Record<Outcome, number>>;
  /** From the end of a fault until something new could be bought. */
  longestMs: number;
  /**
   * Orders that stay UNKNOWN although they were never sent. Redis recorded the sending, its reply was lost, and it was away when the
   * key was to be freed. Nobody can tell such an order from one that was sent, so its key answers UNKNOWN for its day.
   */
  unknownUnsent: number;
  /** Reads while Redis failed. */
  reads: number;
  offences: string[];
}

interface Failing {
  rounds: readonly FaultName[];
  random: Random;
  /** How long the last `restart` (its process is ended) and the last `away` (nobody is let through to it) take. */
  longestAwayMs: number;
  /** How many gateways share the Redis. One if left out. */
  gateways?: number;
  onRound?(done: number): void;
}

const BUYERS = 4;
const WITHIN_MS = 10_000;
const AGAIN_MS = 100;
/** As many commands as a few bought prompts take. */
const MAX_COMMANDS = 12;
const READ = { query: '{ tunes(first: 5) { nodes { id title } } }' };
const SETTINGS = [...DEPLOYED_SETTINGS, '--repl-diskless-sync-delay', '0'];

export async function failRedis(failing: Failing): Promise<RedisReport> {
  const world = await openWorld(failing.gateways ?? 1);
  const report: RedisReport = {
    rounds: {},
    told: {},
    longestMs: 0,
    unknownUnsent: 0,
    reads: 0,
    offences: [],
  };
  try {
    for (const [number, fault] of failing.rounds.entries()) {
      report.rounds[fault] = (report.rounds[fault] ?? 0) + 1;
      await playRound(world, report, { number, fault, failing });
      failing.onRound?.(number + 1);
    }
    return report;
  } finally {
    await world.close();
  }
}

async function openWorld(count: number) {
  const pair = [await startRedis(...SETTINGS), await startRedis(...SETTINGS)];
  const emulator = await startEmulator();
  let [primary, replica] = pair as [(typeof pair)[0], (typeof pair)[0]];
  await replica.redis.replicaof('127.0.0.1', primary.port);
  const address = await redisAddress(primary.port);
  const environment = {
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_buyer' },
    REDIS_URL: `redis://127.0.0.1:${address.port}`,
  };
  const gateways = await Promise.all(
    Array.from({ length: count }, () => startGatewayProcess('src/main.ts', environment)),
  );
  let turn = 0;
  return {
    ...{ emulator, address },
    /** Returns the address of each gateway in turn. */
    url: () => gateways[turn++ % count]?.url ?? '',
    primary: () => primary,
    /** Without a loss: the replica has all before it takes over. */
    async failOver() {
      await until(primary, 'state=online');
      await primary.redis.call('FAILOVER');
      await until(replica, 'role:master');
      [primary, replica] = [replica, primary];
      address.leadTo(primary.port);
    },
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.kill()));
      address.close();
      await emulator.close();
      for (const server of pair) await server.stop();
    },
  };
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** What it says of its replication; it may just have been restarted. */
async function until({ redis }: Awaited<ReturnType<typeof startRedis>>, said: string) {
  while (!(await redis.info('replication').catch(() => '')).includes(said)) await sleep(20);
}

interface Round {
  number: number;
  fault: FaultName;
  failing: Failing;
  /** When the fault was over; undefined before. */
  overAt?: number;
}

async function playRound(world: World, report: RedisReport, round: Round) {
  world.emulator.clearRequests();
  const { number, failing } = round;
  const pauseMs = () => failing.random.below(100);
  const buying = Array.from({ length: BUYERS }, async (_, buyer) => {
    await sleep(pauseMs());
    await buyUntilKnown(world, report, round, `order ${number} of ${buyer}`);
  });
  await sleep(pauseMs());
  const reading = readOn(world, report, round);
  await meet(world, round);
  round.overAt = performance.now();
  await reading;
  await buyUntilKnown(world, report, round, `order ${number} afterwards`);
  report.longestMs = Math.max(report.longestMs, Math.round(performance.now() - round.overAt));
  await Promise.all(buying);
}

/** Reads until the fault is over, and once more. */
async function readOn(world: World, report: RedisReport, round: Round) {
  do {
    const text = await post(world.url(), READ).catch(String);
    report.reads++;
    if (!text.startsWith('{"data":{"tunes"')) {
      report.offences.push(`a read, ${round.fault}: ${text.slice(0, 300)}`);
    }
    await sleep(AGAIN_MS);
  } while (round.overAt === undefined);
}

async function meet({ address, failOver, primary }: World, { number, fault, failing }: Round) {
  const { random, longestAwayMs, rounds } = failing;
  const awayMs = rounds.lastIndexOf(fault) === number ? longestAwayMs : random.below(1000);
  if (fault === 'lost reply') address.loseReply(1 + random.below(MAX_COMMANDS));
  else if (fault === 'failover') await failOver();
  else if (fault === 'restart') await primary().restart(awayMs);
  else {
    address.away(true);
    await sleep(awayMs);
    address.away(false);
  }
}

/** Asks again, as a client would, until it is known what came of it, or the gateway has had its time. */
async function buyUntilKnown(world: World, report: RedisReport, round: Round, key: string) {
  const offend = (what: string) => void report.offences.push(`${key}, ${round.fault}: ${what}`);
  const told: Outcome[] = [];
  for (;;) {
    const sentBefore = sentOf(world.emulator, key);
    const { outcome, text } = await buy(world.url(), key);
    told.push(outcome);
    report.told[outcome] = (report.told[outcome] ?? 0) + 1;
    const sent = sentOf(world.emulator, key);
    if (sent > 1) return offend(`was sent ${sent} times`);
    if (outcome === 'else') return offend(text.slice(0, 300));
    if (outcome === 'done') return sent === 1 ? undefined : offend('done, and never sent');
    if (outcome === 'NOT_DONE' && sent > sentBefore) return offend('NOT_DONE, and sent');
    // The key would have been free, and its next request the first.
    const isRecalled = text.includes('the first request with this key');
    if (isRecalled && !told.slice(0, -1).includes('UNKNOWN')) return offend('a false NOT_DONE');
    const isOver = round.overAt !== undefined;
    if (isOver && outcome === 'UNKNOWN' && sent === 0) return void report.unknownUnsent++;
    if (isOver && performance.now() - Number(round.overAt) > WITHIN_MS) {
      return offend(
        told.includes('UNKNOWN') ? 'made, and not found' : 'could not be bought in ten seconds',
      );
    }
    await sleep(AGAIN_MS);
  }
}
