/** How long an answer's `Date` counts: Astria's clock may be put right too. */
const WINDOW_MS = 60_000;

/** Until Astria has told its time, our own clock may be wrong by so much. Clocks are put right by days. */
const DOUBT_MS = 6 * 24 * 60 * 60_000;

/** As HTTP writes it. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

export interface Clocks {
  /** Ours, in epoch milliseconds. It can be set, and step. */
  now?: () => number;
  /** Milliseconds of a clock that nobody can set. */
  steady?: () => number;
}

/** Between these it is, in epoch milliseconds. */
export interface TimeBounds {
  earliest: number;
  latest: number;
}

/**
 * Astria's time: the `Date` of its answers, carried on by a clock that nobody can set. So no step of our own clock moves it.
 * A `Date` is the beginning of a second, and some time old when it comes: Astria's time is this, or a little later. The
 * more answers, the nearer is the latest of them to the truth.
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

  /** `date`: of an answer that has just come. */
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

  /** Epoch milliseconds, by our own clock until Astria has told its time. */
  now(): number {
    return this.#isTold ? Math.floor(this.#steady() + this.#ahead) : this.#now();
  }

  /** This moment: answers that come later may tell it better. */
  mark(): () => number {
    const [steady, ours] = [this.#steady(), this.#now()];
    return () => (this.#isTold ? Math.floor(steady + this.#ahead) : ours);
  }

  /**
   * Astria's time and our own: one `Date` may be wrong, or old, where something in between has kept an answer, and our clock
   * may be set wrong. So that neither of them alone makes anything late.
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
