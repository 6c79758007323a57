import type { Logger } from 'pino';

const EVERY_MS = 60_000;
/** The next outage is logged this long after the last line at the soonest, so that one that comes and goes does not fill the log. */
const PAUSE_MS = 5000;

/**
 * Logs an outage of something that every request needs: one line when it begins, one a minute with the number of failures while
 * it lasts, and one when it is over. Otherwise each request would log a stack.
 */
export class Outage {
  readonly #log: Logger;
  readonly #what: string;
  readonly #now: () => number;
  #toldAt = Number.NEGATIVE_INFINITY;
  #isTold = false;
  #failures = 0;

  /** `what` names it: "the ledger". `now` returns milliseconds. */
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
