/** How long an answer's `Date` counts: Astria's clock may be put right too. */
const WINDOW_MS = 60_000;

export interface Clocks {
  /** Ours, in epoch milliseconds. It can be set, and step. */
  now?: () => number;
  /** Milliseconds of a clock that nobody can set. */
  steady?: () => number;
}

/**
 * Astria's time: the `Date` of its answers, carried on by a clock that nobody can set. So no step of our own clock moves it.
 * A `Date` is the beginning of a second, and some time old when it comes: Astria's time is this, or a little later. The
 * more answers, the nearer is the latest of them to the truth.
 */
export class AstriaClock {
  readonly #now: () => number;
  readonly #steady: () => number;
  #last: unknown;
  #since = Number.NEGATIVE_INFINITY;
  #largest = Number.NEGATIVE_INFINITY;
  #largestBefore = Number.NEGATIVE_INFINITY;

  constructor({ now = Date.now, steady = () => performance.now() }: Clocks = {}) {
    this.#now = now;
    this.#steady = steady;
  }

  /** `date`: of an answer that has just come. */
  note(date: unknown) {
    // The same second, later: it says less than it did.
    if (date === this.#last) return;
    this.#last = date;
    const steady = this.#steady();
    const difference = Date.parse(String(date)) - steady;
    if (Number.isNaN(difference)) return;
    if (steady - this.#since > WINDOW_MS) {
      this.#largestBefore = this.#largest;
      this.#largest = Number.NEGATIVE_INFINITY;
      this.#since = steady;
    }
    this.#largest = Math.max(this.#largest, difference);
  }

  /** Whether Astria has told its time. */
  get isTold(): boolean {
    return Number.isFinite(this.#ahead);
  }

  /** Epoch milliseconds, by our own clock until Astria has told its time. */
  now(): number {
    return this.isTold ? Math.floor(this.#steady() + this.#ahead) : this.#now();
  }

  /** This moment: answers that come later may tell it better. */
  mark(): () => number {
    const [steady, ours] = [this.#steady(), this.#now()];
    return () => (this.isTold ? Math.floor(steady + this.#ahead) : ours);
  }

  get #ahead() {
    return Math.max(this.#largest, this.#largestBefore);
  }
}
