import type { UploadLimits } from './limits.ts';
import { silent, tooSlow } from './refusals.ts';

/**
 * How long a client that sends files is waited for. It holds a connection to Astria and a slot that all callers share. The time
 * in which Astria is waited for does not count.
 */
export class Patience {
  readonly #limits: UploadLimits;
  readonly #onEnd: (error: Error) => void;
  #waitedMs = 0;
  #bytes = 0;

  constructor(limits: UploadLimits, onEnd: (error: Error) => void) {
    this.#limits = limits;
    this.#onEnd = onEnd;
  }

  came(bytes: number) {
    this.#bytes += bytes;
  }

  async wait<T>(coming: Promise<T>): Promise<T> {
    const { maxSilenceMs } = this.#limits;
    const timer = setTimeout(() => this.#onEnd(silent(maxSilenceMs)), maxSilenceMs);
    const begunMs = performance.now();
    try {
      return await coming;
    } finally {
      clearTimeout(timer);
      this.#spend(performance.now() - begunMs);
    }
  }

  #spend(ms: number) {
    const { maxPaceMs, paceBytes } = this.#limits;
    this.#waitedMs += ms;
    if (this.#waitedMs < maxPaceMs) return;
    if (this.#bytes < paceBytes) this.#onEnd(tooSlow(this.#limits, this.#bytes));
    this.#waitedMs = 0;
    this.#bytes = 0;
  }
}
