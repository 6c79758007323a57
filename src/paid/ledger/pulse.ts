import { HELD_MS } from './ledger.ts';

/** Says, while there are open entries, that the one who opened them is alive. */
export class Pulse {
  readonly #open = new Set<string>();
  readonly #beat: (ids: readonly string[]) => unknown;
  #timer: NodeJS.Timeout | undefined;

  /** A beat that fails is nobody's concern: the next may not. */
  constructor(beat: (ids: readonly string[]) => unknown) {
    this.#beat = beat;
  }

  add(id: string) {
    this.#open.add(id);
    this.#timer ??= setInterval(() => this.#beat([...this.#open]), HELD_MS / 4).unref();
  }

  delete(id: string) {
    this.#open.delete(id);
    if (this.#open.size === 0) this.stop();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
