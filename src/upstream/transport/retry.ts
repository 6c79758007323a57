import { NoAnswer } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import type { AstriaAnswer, Ending } from './errand.ts';
import { isStreamed, type Trip } from './tries.ts';

/** Statuses that may be different a moment later. */
const PASSING = new Set([429, 500, 502, 503, 504]);

export interface RetryOptions {
  /** How many times a call may be retried. 0 turns retries off. */
  retries: number;
  /** The longest first delay. It about doubles each time. */
  retryDelayMs: number;
}

const LONGEST_DELAY_MS = 10_000;

/** Returns whether another attempt may end differently. */
export const isPassing = ({ answer, thrown }: Ending): boolean =>
  answer
    ? PASSING.has(answer.status)
    : thrown instanceof NoAnswer && thrown.reason === 'connection';

/** Decides when to retry one call. */
export class Retries {
  done = 0;
  readonly #retries: number;
  readonly #firstMs: number;

  constructor({ retries, retryDelayMs }: RetryOptions) {
    this.#retries = retries;
    this.#firstMs = retryDelayMs;
  }

  /** Returns undefined if the call must not be retried, or cannot be within the time that is left. */
  delayMs(trip: Trip, ending: Ending, leftMs: number): number | undefined {
    if (this.done >= this.#retries || !isPassing(ending) || !mayAgain(trip, ending)) {
      return undefined;
    }
    const ownMs = backoffMs(this.done, { firstMs: this.#firstMs, longestMs: LONGEST_DELAY_MS });
    const { answer } = ending;
    const delayMs = Math.max((answer && retryAfterMs(answer)) ?? 0, ownMs);
    return delayMs < leftMs ? delayMs : undefined;
  }
}

/** A write is retried only if nothing of it was sent, and never with files: they are gone once they were read. */
const mayAgain = (trip: Trip, { thrown }: Ending) =>
  !trip.isWrite || (thrown instanceof NoAnswer && thrown.isUnsent && !isStreamed(trip));

/** The longest delay, whatever `Retry-After` says. */
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** `Retry-After` is seconds or a date; undefined where it is neither. */
export function retryAfterMs({ headers }: Pick<AstriaAnswer, 'headers'>): number | undefined {
  const { 'retry-after': retryAfter } = headers;
  if (typeof retryAfter !== 'string') return undefined;
  const ms = /^\d+(?:\.\d+)?$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : dateIn(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, Math.round(ms)), LONGEST_WAIT_MS);
}

/** Parses HTTP dates only. `Date.parse` alone takes nearly anything: `-1` is a day in 2001. */
const dateIn = (text: string) => (text.endsWith('GMT') ? Date.parse(text) : Number.NaN);
