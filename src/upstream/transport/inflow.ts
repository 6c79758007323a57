import type { Dispatcher } from 'undici';

type Controller = Pick<Dispatcher.DispatchController, 'pause' | 'resume'>;

/** A megabyte is a million bytes. */
const MAX_BYTES = 16_000_000;

/**
 * What has come of Astria's answers that are not whole yet: beyond a bound only the one goes on that began first, so that
 * what is in memory does not grow with how many are asked for at once.
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

  /** It is whole, or nothing more of it will come. */
  end(controller: Controller) {
    this.#bytes -= this.#coming.get(controller) ?? 0;
    this.#coming.delete(controller);
    this.#paused.delete(controller);
    for (const paused of this.#paused) {
      if (this.#bytes > MAX_BYTES && !this.#isFirst(paused)) continue;
      this.#paused.delete(paused);
      // Not from within undici's parser, which ends one answer as it reads on.
      queueMicrotask(() => paused.resume());
    }
  }

  #isFirst(controller: Controller): boolean {
    const [first] = this.#coming.keys();
    return first === controller;
  }
}
