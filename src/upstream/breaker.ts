import type { IBackoff } from 'cockatiel';
import { ExponentialBackoff } from 'cockatiel/dist/backoff/ExponentialBackoff.js';
import { halfJitterGenerator } from 'cockatiel/dist/backoff/ExponentialBackoffGenerators.js';

/** `open-for-one`: to one key, or one caller of a held key. */
export const BREAKER_STATES = ['closed', 'half-open', 'open', 'open-for-one'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export interface BreakerOptions {
  /** That many failures in a row open it, */
  failures: number;
  /** if they are spread over at least this long: all connections lost in one moment are a restart, not an outage. */
  runMs: number;
  /** How long it is open at first; twice as long each time a try fails, give or take a half, */
  openMs: number;
  /** but no longer than this. */
  longestOpenMs: number;
  /** Milliseconds of any clock that does not go back. */
  now: () => number;
  /** Of a key that is held for all: what closes the way to it closes it to all. */
  commonOwner?: string | undefined;
  onChange?: (state: BreakerState) => void;
}

export const USUAL_BREAKER: BreakerOptions = {
  failures: 10,
  runMs: 1000,
  openMs: 5000,
  longestOpenMs: 60_000,
  now: () => performance.now(),
};

/** While one try is under way, others may ask again after this. */
const WHILE_TRYING_MS = 1000;

interface Owned {
  /** Whose call it is. */
  owner: string;
  /** It is no try: whether Astria is well again is not to be found out with what costs money. */
  isWrite?: boolean;
}

/**
 * Spares a failing Astria, and those who would wait for it: after a run of failures without a single success nothing is sent
 * for a while, then one call at a time, until one succeeds. A run that one owner alone has met closes the way to that owner
 * only: others try for themselves, and their success opens it for all.
 *
 * cockatiel says how long to wait. Its own breaker knows nothing of owners, and takes some promises and closures for each call.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #run = 0;
  #runSince = 0;
  #owner: string | undefined;
  #isShared = false;
  /** Undefined while it is closed. */
  #openUntil: number | undefined;
  #backoff: IBackoff<unknown> | undefined;
  #trying: Owned | undefined;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    if (this.#openUntil === undefined) return 'closed';
    if (!this.#isForAll) return 'open-for-one';
    return this.#options.now() < this.#openUntil ? 'open' : 'half-open';
  }

  get #isForAll() {
    return this.#isShared || this.#owner === this.#options.commonOwner;
  }

  /** Whether it waits for a call of this owner that tries. */
  isDue(owner: string): boolean {
    return this.#holds(owner) && this.#leftMs <= 0 && this.#trying === undefined;
  }

  /** Undefined where the call may go on, and is to be noted when it is over; else the milliseconds until another may. */
  refuse(call: Owned): number | undefined {
    if (!this.#holds(call.owner) || call === this.#trying) return undefined;
    const leftMs = this.#leftMs;
    if (leftMs > 0) return leftMs;
    if (this.#trying || call.isWrite) return WHILE_TRYING_MS;
    this.#trying = call;
    return undefined;
  }

  get #leftMs() {
    return (this.#openUntil ?? 0) - this.#options.now();
  }

  #holds(owner: string): boolean {
    return this.#openUntil !== undefined && (this.#isShared || owner === this.#owner);
  }

  /** `isWell` is undefined where the end of the call says nothing about Astria. */
  note(call: Owned, isWell: boolean | undefined) {
    const wasTry = call === this.#trying;
    if (wasTry) this.#trying = undefined;
    const before = this.#isOpenForAll;
    if (isWell) this.#close();
    else if (isWell === false) this.#fail(call.owner, wasTry);
    if (before !== this.#isOpenForAll) this.#options.onChange?.(this.state);
  }

  get #isOpenForAll() {
    return this.#openUntil !== undefined && this.#isForAll;
  }

  #close() {
    this.#run = 0;
    if (this.#openUntil === undefined) return;
    this.#openUntil = undefined;
    this.#backoff = undefined;
  }

  #fail(owner: string, wasTry: boolean) {
    const { failures, runMs, now } = this.#options;
    if (this.#run === 0) {
      this.#runSince = now();
      this.#owner = owner;
      this.#isShared = false;
    }
    this.#isShared ||= owner !== this.#owner;
    this.#run++;
    const isDue = this.#run >= failures && now() - this.#runSince >= runMs;
    if (wasTry || (this.#openUntil === undefined && isDue)) this.#open();
  }

  #open() {
    const { openMs, longestOpenMs, now } = this.#options;
    this.#backoff = this.#backoff?.next(undefined) ?? backoffFrom(openMs, longestOpenMs);
    this.#openUntil = now() + this.#backoff.duration;
  }
}

/** So that not all gateways try again in the same moment. */
const backoffFrom = (initialDelay: number, maxDelay: number) =>
  new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay, maxDelay }).next();
