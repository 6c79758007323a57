import { backoffMs } from './backoff.ts';

/** `open-for-one`: open for one key, or for one caller of a held key. */
export const BREAKER_STATES = ['closed', 'half-open', 'open', 'open-for-one'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export interface BreakerOptions {
  /** How many consecutive failures open the breaker, */
  failures: number;
  /** if they are spread over at least this time: losing all connections in one moment is a restart, not an outage. */
  runMs: number;
  /** The longest first period in which the breaker is open. It about doubles each time a probe fails, */
  openMs: number;
  /** up to this. */
  longestOpenMs: number;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  /** The owner that stands for a key that all callers share: a breaker that opens for this owner opens for all. */
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

/** While a probe is in flight, other callers are told to come back after this time. */
const WHILE_TRYING_MS = 1000;

interface Owned {
  /** Whose call it is. */
  owner: string;
  /** A write is no probe: finding out whether Astria is well must not cost money. */
  isWrite?: boolean;
}

/**
 * Stops calls to a failing Astria, to spare it and those who would wait for it. After a run of failures without a success
 * nothing is sent for a while, and then one probe at a time, until one succeeds. If only one owner has met the failures, the
 * breaker opens for that owner only. Others still try, and a success of theirs closes it for all.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #run = 0;
  #runSince = 0;
  #owner: string | undefined;
  #isShared = false;
  /** Undefined while the breaker is closed. */
  #openUntil: number | undefined;
  /** How many times in a row the breaker has opened. */
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

  /** Returns whether the breaker waits for a probe of this owner. */
  isDue(owner: string): boolean {
    return this.#holds(owner) && this.#leftMs <= 0 && this.#trying === undefined;
  }

  /**
   * Returns undefined if the call may be sent; it must then be passed to `note` when it is over. Otherwise returns the
   * milliseconds until another may be sent.
   */
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

  /** Records how a call ended. `isWell` is undefined if the end says nothing about Astria. */
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
