/** A storm: Astria fails in all the ways it is known to, under all kinds of clients, and afterwards everything is accounted for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/emulator/random.ts';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { untilMonthLasts } from '../support/month.ts';
import { judgeAll } from './accounts.ts';
import { createClient } from './client.ts';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';
import { growthOf, leaksIn } from './growth.ts';
import { countCalls } from './metrics.ts';
import { watchMoney } from './money.ts';
import { ACCESS, openAccounts } from './parties.ts';
import { askAgain, recover } from './recovery.ts';
import { createReport, offendIn, type Report } from './report.ts';
import { playScene, renamesOf, type Stage } from './scenes.ts';
import { createTally } from './tally.ts';
import { judgeWaiting, startWaiters } from './waiters.ts';
import { startWeather, UPSTREAM_TIMEOUT_MS } from './weather.ts';

/** What comes after the faults, on a busy machine. */
const SETTLING_MS = 120_000;

export interface Attempt {
  seconds: number;
  seed: number;
  /** How many clients at a time. */
  clients?: number;
  /** What each waits between two scenes, on average. */
  restMs?: number;
  /** The gateway's `main.ts`: another one to see that its faults are found. */
  main?: string;
  /** Whether it is long enough for memory to tell anything. */
  weighsMemory?: boolean;
  onMinute?: (report: Report) => void;
}

const CLIENTS = 40;
const REST_MS = 1000;
const MINUTE_MS = 60_000;
/** Until Node has noticed that connections are gone. */
const CLOSING_MS = 500;

export async function raiseChaos(attempt: Attempt): Promise<Report> {
  await untilMonthLasts(attempt.seconds * 1000 + SETTLING_MS);
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  const emulator = await startEmulator({ speed: 10 });
  const gateway = await startGatewayProcess(
    {
      ...ACCESS,
      ASTRIA_BASE_URL: emulator.url,
      LEDGER_PATH: join(folder, 'ledger.sqlite'),
      UPSTREAM_TIMEOUT_MS: String(UPSTREAM_TIMEOUT_MS),
      SHUTDOWN_TIMEOUT: '10',
      // All come from one address, and may meet nothing but faults at first.
      NEW_KEY_RATE_LIMIT: '999999999/s',
    },
    attempt.main,
  );
  try {
    return await raise(attempt, emulator, gateway);
  } finally {
    await gateway.stop();
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
}

async function raise(attempt: Attempt, emulator: Emulator, gateway: GatewayProcess) {
  const before = gateway.look();
  const report = createReport(attempt);
  const offend = offendIn(report);
  const tally = createTally(report, offend);
  const client = createClient(gateway.url);
  const random = seededRandom(attempt.seed);
  const parties = openAccounts(emulator);
  const renames = renamesOf(emulator, parties);
  const stage: Stage = { random, client, parties, intents: [], renames, tally };

  const money = watchMoney(emulator, gateway.url, offend);
  const weather = startWeather(emulator, random);
  report.weather = weather.seen;
  const waiters = startWaiters(stage, emulator, gateway.url);
  await play(stage, attempt, () =>
    attempt.onMinute?.({ ...report, growth: growthOf(gateway.samples, before, gateway.look()) }),
  );
  weather.stop();
  waiters.stop();
  const stormy = [...gateway.samples];
  if (!gateway.hasEnded()) {
    report.recoveredMs = await recover(stage, gateway.url, offend);
    await askAgain(stage, offend);
    report.money = await money.settle();
    const waited = await waiters.ended();
    report.upstream = await countCalls(gateway.metricsUrl);
    report.waiting = { ...waited, left: report.upstream.streams ?? 0 };
    judgeWaiting(report.waiting, offend);
  }
  money.stop();
  await judgeAll(stage, emulator.url, report);
  await client.close();
  await emulator.close();
  await sleep(CLOSING_MS);
  report.growth = growthOf(stormy, before, gateway.look());
  for (const leak of leaksIn(report.growth, attempt.weighsMemory ?? false)) offend('leak', leak);
  await bury(gateway, report);
  return report;
}

async function bury(gateway: GatewayProcess, report: Report) {
  const exit = await gateway.stop();
  const offend = offendIn(report);
  if (exit !== 0) offend('crash', `it ended with ${exit}`);
  for (const complaint of gateway.complaints) offend('crash', complaint);
  report.breakerOpenings = gateway.openings();
  report.said = Object.fromEntries(gateway.said);
}

async function play(stage: Stage, attempt: Attempt, onMinute: () => void) {
  const { seconds, clients = CLIENTS, restMs = REST_MS } = attempt;
  const end = performance.now() + seconds * 1000;
  const timer = setInterval(onMinute, MINUTE_MS);
  const work = async () => {
    while (performance.now() < end) {
      await playScene(stage);
      await sleep(stage.random.below(2 * restMs));
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  clearInterval(timer);
}
