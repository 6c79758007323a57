/** Ten thousand made-up keys, and those who meanwhile ask with keys that are good. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Flood } from './flood.ts';
import { startTarget } from './target.ts';

const ASTRIA_MS = 100;
/** Before, and as long after: what else the machine does is to fall on both. */
const ALONE_MS = 10_000;
const LANES = 4;
const MOST_TIMES = 2;
const WARMING = 2000;
const PASS_THROUGH = {
  ...{ ASTRIA_AUTH_TOKEN: '', GATEWAY_KEYS: '', ALLOW_CALLER_KEYS: 'off' },
  ...{ NEW_KEY_RATE_LIMIT: '30/minute', TRUSTED_PROXY: '127.0.0.1' },
};

export interface Beside {
  aloneMs: number;
  besideMs: number;
  /** Of those whose good key is new. */
  newcomersMs: number;
  /** What the made-up keys were answered, by status. */
  statuses: Record<string, number>;
  /** How many of them Astria has seen, the first ones included. */
  seen: number;
  faults: string[];
}

export async function sendMadeUpKeys(flood: Omit<Flood, 'origin' | 'network'>): Promise<Beside> {
  const astria = await startAstria();
  const target = await startTarget(astria, { environment: PASS_THROUGH });
  const asking = (keyOf: () => string, addressOf: () => string) =>
    askOn(target.url, keyOf, addressOf);
  let newcomers = 0;
  const known = () =>
    asking(
      () => 'sd_good',
      () => '192.0.2.1',
    );
  try {
    await known().during(sleep(1000));
    const before = await known().during(sleep(ALONE_MS));
    const { origin } = target.url;
    // What is loaded and compiled at the first of them is not held against the others.
    await begin({ ...flood, keys: WARMING, origin, network: '198.18.0' });
    const over = begin({ ...flood, origin, network: '198.51.100' });
    const [beside, fresh, [statuses]] = await Promise.all([
      known().during(over),
      asking(
        () => `sd_good_${++newcomers}`,
        () => `203.0.113.${newcomers % 250}`,
      ).during(over),
      over,
    ]);
    const after = await known().during(sleep(ALONE_MS));
    const alone = [...before.ms, ...after.ms];
    const times = { aloneMs: p99(alone), besideMs: p99(beside.ms), newcomersMs: p99(fresh.ms) };
    const faults = [...before.faults, ...after.faults, ...beside.faults, ...fresh.faults];
    if (times.besideMs >= MOST_TIMES * times.aloneMs)
      faults.push('an honest caller waits too long');
    if (times.newcomersMs >= MOST_TIMES * times.aloneMs) faults.push('a newcomer waits too long');
    return { ...times, statuses, seen: astria.seen(), faults };
  } finally {
    await target.stop();
    astria.close();
  }
}

const begin = (flood: Flood) =>
  once(new Worker(new URL('flood.ts', import.meta.url), { workerData: flood }), 'message');

/** Good keys begin with `sd_good`. */
async function startAstria() {
  let seen = 0;
  const server = createServer(({ headers: { authorization = '' } }, response) => {
    const isGood = authorization.startsWith('Bearer sd_good');
    if (!isGood) seen++;
    setTimeout(() => response.writeHead(isGood ? 200 : 401).end(isGood ? '[]' : ''), ASTRIA_MS);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => seen,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function askOn(url: URL, keyOf: () => string, addressOf: () => string) {
  const ms: number[] = [];
  const faults: string[] = [];
  async function askOnce() {
    const authorization = `Bearer ${keyOf()}`;
    const beganMs = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization,
        'x-forwarded-for': addressOf(),
      },
      // Another one each time: it is not to be shared.
      body: `{"query":"{ tunes { nodes { id } } } # ${ms.length} ${Math.random()}"}`,
    });
    const text = await response.text();
    ms.push(performance.now() - beganMs);
    if (!text.startsWith('{"data"')) faults.push(`an honest caller was answered ${text}`);
  }
  return {
    async during(end: Promise<unknown>) {
      let isOver = false;
      void end.then(() => {
        isOver = true;
      });
      const lane = async () => {
        while (!isOver) await askOnce();
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      return { ms, faults: [...new Set(faults)] };
    },
  };
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
