/** What must hold of those who wait, each at its size: what was found, and what of it should not be. */
import { forgeCallbacks } from './forged.ts';
import { type KillOptions, killUnderStreams } from './kills.ts';
import { type ManyOptions, openMany } from './many.ts';
import { type LossOptions, loseAllCallbacks } from './no-callbacks.ts';
import { sendOddCallbacks } from './odd-callbacks.ts';
import { sleepThrough } from './sleeper.ts';

export interface Proof {
  found: object;
  /** Empty where all holds. */
  offences: string[];
}

const INTERVAL_MS = 2000;
const SPARE_CALLS = 3;
const IDS_PER_CALL = 100;

/** `wrong`: what is so, and should not be. */
const proofOf = (found: object, wrong: Record<string, boolean>): Proof => ({
  found,
  offences: Object.keys(wrong).filter((name) => wrong[name]),
});

export async function proveKills(options: KillOptions): Promise<Proof> {
  const found = await killUnderStreams(options);
  return proofOf(found, {
    'final states were lost': found.lost > 0,
    'states were repeated with a cursor': found.repeated > 0,
    'states went back': found.backwards > 0,
    'nobody had to come back': found.resumed === 0,
  });
}

/** `lateMs`: beyond the interval. */
export async function proveLooks(options: LossOptions & { lateMs: number }): Promise<Proof> {
  const found = await loseAllCallbacks(options);
  return proofOf(found, {
    'not all were told': found.told < options.jobs,
    'one was told too late': found.longestLagMs > INTERVAL_MS + options.lateMs,
    'a look took too many calls':
      found.mostCallsATick > Math.ceil(options.jobs / IDS_PER_CALL) + SPARE_CALLS,
    'not each callback was lost': found.lost < options.jobs || found.callbacks > 0,
  });
}

export async function proveCallbacks(options: Parameters<typeof sendOddCallbacks>[0]) {
  const found = await sendOddCallbacks(options);
  return proofOf(found, {
    'not all were told': found.done < options.jobs,
    'not all callbacks came': found.callbacks < 5 * options.jobs,
    'a version was told twice': found.eventsRepeated > 0,
    'an id was read twice in a second': found.readTwiceInASecond > 0,
  });
}

export async function proveForgeries(): Promise<Proof> {
  const found = await forgeCallbacks();
  return proofOf(found, {
    'a forged callback was not refused': found.statuses.join() !== '404,404,413,204',
    'they cost calls': found.calls > 0,
    'others could be learnt of': found.bytesOfOthers > 0,
    'Astria did not know the second again': found.warnings.join('|') !== '|ALREADY_THERE',
  });
}

const MAX_BYTES_EACH = 30_000;
const MAX_IDLE_CPU = 0.05;
/** Connections to Astria stay open. */
const MAX_FDS = 200;

export async function proveMany(options: ManyOptions & { lagMs: number; isWeighed: boolean }) {
  const { streams, lagMs, isWeighed } = options;
  const found = await openMany(options);
  const { left } = found;
  return proofOf(found, {
    'not all were told': found.told < 2 * streams,
    'a stream holds too much': isWeighed && found.bytesEach > MAX_BYTES_EACH,
    'changes were told too late': found.p99LagMs > lagMs,
    'idle streams cost too much': isWeighed && found.idleCpu > MAX_IDLE_CPU,
    'something was left':
      left.streams + left.watched > 0 || left.connections > 0 || left.fds > MAX_FDS,
  });
}

const MAX_GROWN_MB = 150;

export async function proveSleeper(options: Parameters<typeof sleepThrough>[0]): Promise<Proof> {
  const found = await sleepThrough(options);
  return proofOf(found, {
    'the newest was not told': !found.isNewest,
    'each change was kept': found.events >= found.changes,
    'memory grew': found.grownMb > MAX_GROWN_MB,
  });
}
