import type { Logger } from 'pino';

const EVERY_MS = 60_000;
/** What comes and goes is not told each time. */
const PAUSE_MS = 5000;

/**
 * Something that everything needs, and that fails for a while: a line when that begins, one a minute while it lasts, with how
 * often it failed since the last, and one when it is over. Not a line, and a stack, for each request that meets it.
 */
export class Outage {
  readonly #log: Logger;
  readonly #what: string;
  readonly #now: () => number;
  #toldAt = Number.NEGATIVE_INFINITY;
  #isTold = false;
  #failures = 0;

  /** `what`: "the ledger". `now` in milliseconds. */
  constructor(log: Logger, what: string, now = () => performance.now()) {
    this.#log = log;
    this.#what = what;
    this.#now = now;
  }

  failed(error: unknown) {
    this.#failures++;
    if (this.#now() - this.#toldAt < (this.#isTold ? EVERY_MS : PAUSE_MS)) return;
    this.#log.error({ err: error, failures: this.#failures }, `${this.#what} fails`);
    this.#toldAt = this.#now();
    this.#isTold = true;
    this.#failures = 0;
  }

  worked() {
    if (!this.#isTold) return;
    this.#log.warn({ failures: this.#failures }, `${this.#what} works again`);
    this.#isTold = false;
    this.#failures = 0;
  }
}
