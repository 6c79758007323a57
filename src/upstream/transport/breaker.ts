import { backoffMs } from './backoff.ts';

/** `open-for-one`: to one key, or one caller of a held key. */
export const BREAKER_STATES = ['closed', 'half-open', 'open', 'open-for-one'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export interface BreakerOptions {
  /** That many failures in a row open it, */
  failures: number;
  /** if they are spread over at least this long: all connections lost in one moment are a restart, not an outage. */
  runMs: number;
  /** How long it is open at first, at most; about twice as long each time a try fails, */
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
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #run = 0;
  #runSince = 0;
  #owner: string | undefined;
  #isShared = false;
  /** Undefined while it is closed. */
  #openUntil: number | undefined;
  /** How often in a row it has been opened. */
  #opened = 0;
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
    this.#opened = 0;
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
    const options = { firstMs: openMs, longestMs: longestOpenMs };
    this.#openUntil = now() + backoffMs(this.#opened++, options);
  }
}
