/** Another process holds the file of the ledger, while some buy, some read, and somebody asks whether it is alive. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { startGatewayProcess } from '../kill/processes.ts';
import { buy, type Outcome, post, sentOf, type Told } from './buyers.ts';

export interface LockedReport {
  buys: number;
  /** While the file was held, and for what they waited. */
  told: Partial<Record<Outcome, number>>;
  /** Of health checks and reads under the same load, before the file was held: how busy the machine is. */
  freeP99Ms: number;
  healthP99Ms: number;
  readP99Ms: number;
  offences: string[];
}

interface Holding {
  seconds: number;
  buysPerSecond: number;
  /** Another gateway's `main.ts`, to see its faults found. */
  main?: string;
}

const FREE_MS = 1000;
const READ = { query: '{ tunes(first: 5) { nodes { id title } } }' };

export async function holdTheFile({
  seconds,
  buysPerSecond,
  main = 'src/main.ts',
}: Holding): Promise<LockedReport> {
  const folder = await mkdtemp(join(tmpdir(), 'locked-'));
  const path = join(folder, 'ledger.sqlite');
  const emulator = await startEmulator();
  const gateway = await startGatewayProcess(main, {
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_buyer', LEDGER_PATH: path },
  });
  const file = new DatabaseSync(path);
  try {
    await buy(gateway.url, 'before');
    const free = underLoad(gateway.url, { buysPerSecond, name: 'early order' });
    await sleep(FREE_MS);
    const { health, reads } = await free.end();
    file.exec('BEGIN IMMEDIATE');
    const load = underLoad(gateway.url, { buysPerSecond, name: 'order' });
    await sleep(seconds * 1000);
    file.exec('ROLLBACK');
    const report = await reportOn(await load.end(), gateway.url, emulator);
    return { ...report, freeP99Ms: p99([...health, ...reads]) };
  } finally {
    file.close();
    await gateway.kill();
    await emulator.close();
    await rm(folder, { recursive: true });
  }
}

function underLoad(url: string, { buysPerSecond, name }: { buysPerSecond: number; name: string }) {
  const origin = new URL(url).origin;
  const buys: Promise<Told>[] = [];
  const timings = { health: [] as Promise<number>[], reads: [] as Promise<number>[] };
  const failed: string[] = [];
  const timed = async (ask: () => Promise<string>, isRight: (text: string) => boolean) => {
    const begun = performance.now();
    const text = await ask().catch(String);
    if (!isRight(text)) failed.push(text.slice(0, 200));
    return performance.now() - begun;
  };
  const alive = async () => (await fetch(`${origin}/healthz`)).text();
  const timers = [
    setInterval(() => buys.push(buy(url, `${name} ${buys.length}`)), 1000 / buysPerSecond),
    setInterval(() => timings.health.push(timed(alive, (text) => text.includes('alive'))), 50),
    setInterval(
      () =>
        timings.reads.push(
          timed(
            () => post(url, READ),
            (text) => !text.includes('errors'),
          ),
        ),
      100,
    ),
  ];
  return {
    async end() {
      for (const timer of timers) clearInterval(timer);
      return {
        ...{ told: await Promise.all(buys), failed },
        ...{ health: await Promise.all(timings.health), reads: await Promise.all(timings.reads) },
      };
    },
  };
}

type Seen = Awaited<ReturnType<ReturnType<typeof underLoad>['end']>>;

async function reportOn(seen: Seen, url: string, emulator: Emulator) {
  const offences = seen.failed.map((text) => `a read or a health check failed: ${text}`);
  const counts: LockedReport['told'] = {};
  for (const { key, outcome, text } of seen.told) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (outcome === 'NOT_DONE' && sentOf(emulator, key) > 0)
      offences.push(`${key}: NOT_DONE, and sent`);
    if (outcome !== 'done' && outcome !== 'NOT_DONE')
      offences.push(`${key}: ${text.slice(0, 300)}`);
  }
  for (const { key } of seen.told) {
    const again = await buy(url, key);
    if (again.outcome !== 'done') offences.push(`${key}, asked again: ${again.text.slice(0, 300)}`);
    const sent = sentOf(emulator, key);
    if (sent !== 1) offences.push(`${key} was sent ${sent} times`);
  }
  return {
    ...{ buys: seen.told.length, told: counts, offences },
    ...{ healthP99Ms: p99(seen.health), readP99Ms: p99(seen.reads) },
  };
}

const p99 = (values: readonly number[]) =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0);
