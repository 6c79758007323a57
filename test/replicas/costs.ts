/** What an operation and a stream cost, by the number of gateways. */
import { setTimeout as sleep } from 'node:timers/promises';
import { buy, post } from '../ledger-faults/buyers.ts';
import { openJobs, type Reader } from '../streams/client.ts';
import { cpuOf, memoryOf } from '../streams/process-figures.ts';
import { addJob } from '../streams/stand.ts';
import type { ProxyName } from '../support/proxies.ts';
import { openAccount, openWorld, type World } from './world.ts';

export interface CostOptions {
  replicas: number;
  /** For each gateway: one that has more to do takes less CPU for each operation, as it handles what has come together. */
  callers: number;
  /** Of each kind and for each gateway, so that each has compiled as much of its code. */
  operations: number;
  /** As many before it is measured: what is compiled first is not what an operation costs. */
  warmUp: number;
  /** 0: they are not weighed. */
  streams: number;
  proxy?: ProxyName | undefined;
}

export interface Cost {
  perSecond: number;
  /** Of all gateways together. */
  cpuMs: number;
  /** Those that scripts run are among them. */
  redisCommands: number;
  /** What is sent to Redis: scripts. */
  redisScripts: number;
  /** Calls that reached Astria. */
  calls: number;
}

const READ = { query: '{ tunes(first: 10) { nodes { id title status } } }' };
const TUNES = 10;
const COUNTED_EVERY_MS = 500;
const SETTLE_MS = 2000;

/** As in service, so that what is counted for it is among the commands of Redis. */
const ENVIRONMENT = { MAX_STREAMS_PER_CALLER: '1000', RATE_LIMIT: '999999999/h' };
const IDLE_S = 10;

const keyOf = (caller: number) => `sd_caller${caller}`;
const bearerOf = (caller: number) => ({ authorization: `Bearer ${keyOf(caller)}` });

export async function measureCosts(options: CostOptions) {
  const { replicas, operations, warmUp, streams, proxy } = options;
  const callers = options.callers * replicas;
  const world = await openWorld({ replicas, proxy, environment: ENVIRONMENT });
  try {
    for (let caller = 0; caller < callers; caller++) {
      const account = openAccount(world.emulator, keyOf(caller));
      for (let n = 0; n < TUNES; n++) account.addTune({ title: `tune ${n}` });
    }
    const read = (caller: number) => post(world.url, READ, bearerOf(caller));
    const write = async (caller: number, number: number) =>
      (await buy(world.url, `order ${number}`, bearerOf(caller))).text;
    const numbers = { next: 0 };
    const spread = (count: number, one: typeof write) => askAll({ callers, count, one, numbers });
    const count = operations * replicas;
    await spread(warmUp * replicas, read);
    await spread(warmUp * replicas, write);
    return {
      read: await measured(world, count, () => spread(count, read)),
      write: await measured(world, count, () => spread(count, write)),
      ...(streams > 0 && { streams: await weighStreams(world, { callers, streams }) }),
    };
  } finally {
    await world.close();
  }
}

interface Asking {
  callers: number;
  count: number;
  one(caller: number, number: number): Promise<string>;
  numbers: { next: number };
}

/** Each caller asks one after the other. */
async function askAll({ callers, count, one, numbers }: Asking) {
  const end = numbers.next + count;
  async function askOn(caller: number) {
    while (numbers.next < end) {
      const text = await one(caller, numbers.next++);
      if (!text.startsWith('{"data":{')) throw new Error(text);
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => askOn(caller)));
}

async function measured(world: World, count: number, run: () => Promise<void>): Promise<Cost> {
  const { gateways, emulator, redis } = world;
  const cpuS = () => gateways.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  let calls = 0;
  const countCalls = () => {
    calls += emulator.requests.splice(0).length;
  };
  emulator.clearRequests();
  const before = { cpuS: cpuS(), redis: await countCommands(redis), ms: performance.now() };
  const timer = setInterval(countCalls, COUNTED_EVERY_MS);
  await run();
  clearInterval(timer);
  countCalls();
  const seconds = (performance.now() - before.ms) / 1000;
  const after = await countCommands(redis);
  return {
    perSecond: rounded(count / seconds),
    cpuMs: rounded(((cpuS() - before.cpuS) * 1000) / count),
    redisCommands: rounded((after.all - before.redis.all) / count),
    redisScripts: rounded((after.scripts - before.redis.scripts) / count),
    calls: rounded(calls / count),
  };
}

async function countCommands({ redis }: World['redis']) {
  const stats = await redis.info('commandstats');
  const counts = [...stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)]
    .map(([, name, calls]) => ({ name, calls: Number(calls) }))
    // Of this test.
    .filter(({ name }) => name !== 'info');
  const sum = (some: typeof counts) => some.reduce((all, { calls }) => all + calls, 0);
  return {
    all: sum(counts),
    scripts: sum(counts.filter(({ name }) => name === 'evalsha' || name === 'eval')),
  };
}

const rounded = (value: number) => Math.round(value * 100) / 100;

const OLD = { trained_at: null };
const FIRST_JOB = 500_000;
const OPENED_AT_ONCE = 50;

/** Returns what a stream adds, of jobs at which nothing happens, and what is said to Redis meanwhile. */
async function weighStreams(
  world: World,
  { callers, streams }: { callers: number; streams: number },
) {
  const memory = () => world.gateways.reduce((sum, { pid }) => sum + memoryOf(pid), 0);
  const readers: Reader[] = [];
  const open = async (first: number, count: number) => {
    for (let done = 0; done < count; done += OPENED_AT_ONCE) {
      const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - done) }, (_, index) => {
        const id = first + done + index;
        const key = keyOf(id % callers);
        addJob(world.emulator.account(key), id, 0, OLD);
        const { promise: begun, resolve } = Promise.withResolvers<void>();
        readers.push(openJobs(world.url, { ids: [id], key }, () => resolve()));
        return begun;
      });
      await Promise.all(some);
    }
    await sleep(SETTLE_MS);
  };
  await open(FIRST_JOB, Math.ceil(streams / 5));
  const before = memory();
  await open(FIRST_JOB + streams, streams);
  const kb = (memory() - before) / streams / 1000;
  const from = await countCommands(world.redis);
  await sleep(IDLE_S * 1000);
  const { all } = await countCommands(world.redis);
  for (const reader of readers) reader.leave();
  return { kb: rounded(kb), redisCommandsPerSecond: rounded((all - from.all) / IDLE_S) };
}
