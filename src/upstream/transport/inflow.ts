import type { Dispatcher } from 'undici';

type Controller = Pick<Dispatcher.DispatchController, 'pause' | 'resume'>;

/** The most bytes of incomplete answers. A megabyte is a million bytes. */
const MAX_BYTES = 16_000_000;

/**
 * Bounds the incomplete answers of Astria in memory. Beyond the bound, all but the oldest are paused. So memory does not grow
 * with the number of calls in flight.
 */
export class Inflow {
  #bytes = 0;
  readonly #coming = new Map<Controller, number>();
  readonly #paused = new Set<Controller>();

  add(controller: Controller, bytes: number) {
    this.#bytes += bytes;
    this.#coming.set(controller, (this.#coming.get(controller) ?? 0) + bytes);
    if (this.#bytes <= MAX_BYTES || this.#isFirst(controller)) return;
    this.#paused.add(controller);
    controller.pause();
  }

  /** Forgets an answer that is complete or was aborted. */
  end(controller: Controller) {
    this.#bytes -= this.#coming.get(controller) ?? 0;
    this.#coming.delete(controller);
    this.#paused.delete(controller);
    for (const paused of this.#paused) {
      if (this.#bytes > MAX_BYTES && !this.#isFirst(paused)) continue;
      this.#paused.delete(paused);
      // Deferred, because undici's parser is still running and may be ending another answer.
      queueMicrotask(() => paused.resume());
    }
  }

  #isFirst(controller: Controller): boolean {
    const [first] = this.#coming.keys();
    return first === controller;
  }
}
