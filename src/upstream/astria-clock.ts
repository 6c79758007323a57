/**
 * The length of a window of `Date` headers. Only the last two windows with responses count, because Astria's clock may be
 * corrected too.
 */
const WINDOW_MS = 60_000;

/** How wrong our own clock may be until Astria's first `Date` arrives. Clocks are sometimes wrong by days. */
const DOUBT_MS = 6 * 24 * 60 * 60_000;

/** The format of HTTP dates: RFC 9110, 5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

export interface Clocks {
  /** Our own clock, in epoch milliseconds. It can be set, so it can jump. */
  now?: () => number;
  /** Milliseconds of a monotonic clock. */
  steady?: () => number;
}

/** The earliest and the latest time that it may be at Astria, in epoch milliseconds. */
export interface TimeBounds {
  earliest: number;
  latest: number;
}

/**
 * Astria's time: the `Date` of its answers, carried forward by a monotonic clock, so that a jump of our own clock does not move
 * it. A `Date` is rounded down to the second and has aged on its way, so Astria's time is that or a little later. Of several
 * `Date`s, the one that is furthest ahead of the monotonic clock is the nearest to the truth.
 */
export class AstriaClock {
  readonly #now: () => number;
  readonly #steady: () => number;
  #since = Number.NEGATIVE_INFINITY;
  #largest = Number.NEGATIVE_INFINITY;
  #largestBefore = Number.NEGATIVE_INFINITY;

  constructor({ now = Date.now, steady = () => performance.now() }: Clocks = {}) {
    this.#now = now;
    this.#steady = steady;
  }

  /** Takes the `Date` header of an answer that has just arrived. */
  note(date: unknown) {
    if (typeof date !== 'string' || !HTTP_DATE.test(date)) return;
    const steady = this.#steady();
    if (steady - this.#since > WINDOW_MS) {
      this.#largestBefore = this.#largest;
      this.#largest = Number.NEGATIVE_INFINITY;
      this.#since = steady;
    }
    this.#largest = Math.max(this.#largest, Date.parse(date) - steady);
  }

  /** Returns epoch milliseconds: Astria's time, or our own clock's until Astria's is known. */
  now(): number {
    return this.#isTold ? Math.floor(this.#steady() + this.#ahead) : this.#now();
  }

  /**
   * Marks this moment. The function that it returns gives the moment in Astria's time, which later answers may make more exact.
   */
  mark(): () => number {
    const [steady, ours] = [this.#steady(), this.#now()];
    return () => (this.#isTold ? Math.floor(steady + this.#ahead) : ours);
  }

  /**
   * Returns Astria's time and our own as bounds. Until a `Date` has arrived, they are our own time minus and plus `DOUBT_MS`. A
   * `Date` may be wrong, or old if a cache kept the response, and our own clock may be set wrong. With both, neither alone can
   * make something expire early.
   */
  bounds(): TimeBounds {
    const [astria, ours] = [this.now(), this.#now()];
    if (!this.#isTold) return { earliest: ours - DOUBT_MS, latest: ours + DOUBT_MS };
    return { earliest: Math.min(astria, ours), latest: Math.max(astria, ours) };
  }

  get #isTold() {
    return Number.isFinite(this.#ahead);
  }

  get #ahead() {
    return Math.max(this.#largest, this.#largestBefore);
  }
}
