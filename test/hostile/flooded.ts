/** What floods have in common: a process of little memory, looked at while it is flooded. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AUTHORIZATION } from './known.ts';
import type { Target } from './target.ts';

/** What the image sets. */
export const IMAGE = { MALLOC_ARENA_MAX: '2' };

export interface FloodRow {
  name: string;
  idleMb: number;
  peakMb: number;
  /** After they have left. */
  endMb: number;
  ms: number;
  what: string;
  faults: string[];
}

export const MAX_PEAK_MB = 350;
export const MAX_REST_MB = 50;
export const MAX_CUT_MS = 35_000;

export const ask = ({ url }: Target, query: string) =>
  fetch(`${url}?query=${encodeURIComponent(query)}`, {
    headers: { [AUTHORIZATION[0]]: AUTHORIZATION[1] },
  });

export type Outcome = Omit<FloodRow, 'name'>;

/** Reads the target twice a second, until it is as is wanted, or time is over. */
export async function watch(
  target: Target,
  ms: number,
  isOver: (handles: number, rssMb: number) => boolean,
) {
  const begun = performance.now();
  let peakMb = 0;
  for (;;) {
    const { rssMb, handles } = await target.read();
    peakMb = Math.max(peakMb, rssMb);
    const spentMs = performance.now() - begun;
    if (isOver(handles, rssMb)) return { peakMb, ms: spentMs, isInTime: true };
    if (spentMs > ms) return { peakMb, ms: spentMs, isInTime: false };
    await sleep(500);
  }
}

export const open = ({ url }: Target) =>
  connect(Number(url.port), url.hostname).on('error', () => {});

export const failed = (target: Target, error: unknown): Outcome => ({
  ...{ idleMb: 0, peakMb: 0, endMb: 0, ms: 0, what: '' },
  faults: [`${target.ended() ?? error}: ${target.printed().slice(-2000)}`],
});
