/** So long is a difference held to be true: a clock may be put right. */
const WINDOW_MS = 60_000;

/**
 * How far Astria's clock is ahead of ours, by the `Date` of its answers: at least by so much, since that is the beginning of
 * a second, and some time old when it comes. The more answers, the nearer is the largest difference to the truth.
 */
export class AstriaClock {
  readonly #now: () => number;
  #last: unknown;
  #since = Number.NEGATIVE_INFINITY;
  #largest = Number.NEGATIVE_INFINITY;
  #largestBefore = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** `date`: of an answer that has just come. */
  note(date: unknown) {
    // The same second, later: it says less than it did.
    if (date === this.#last) return;
    this.#last = date;
    const now = this.#now();
    const difference = Date.parse(String(date)) - now;
    if (Number.isNaN(difference)) return;
    if (Math.abs(now - this.#since) > WINDOW_MS) {
      this.#largestBefore = this.#largest;
      this.#largest = Number.NEGATIVE_INFINITY;
      this.#since = now;
    }
    this.#largest = Math.max(this.#largest, difference);
  }

  /** Negative where it may be behind; 0 as long as it has not told its time. */
  get aheadMs(): number {
    const largest = Math.max(this.#largest, this.#largestBefore);
    return Number.isFinite(largest) ? largest : 0;
  }
}
