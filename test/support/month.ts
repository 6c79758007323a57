/** The end of a UTC month, at which what is known of a budget begins anew. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the month has this much time left: until the next one begins, if that is sooner than in `ms`. */
export const untilMonthLasts = (ms: number) => sleep(waitForMonth(ms, Date.now()));

export function waitForMonth(ms: number, now: number): number {
  const date = new Date(now);
  const left = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - now;
  return left < ms ? left : 0;
}
