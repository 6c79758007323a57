import { HELD_MS } from './ledger.ts';

/** Sends heartbeats for open entries while there are any. */
export class Pulse {
  readonly #open = new Set<string>();
  readonly #beat: (ids: readonly string[]) => unknown;
  #timer: NodeJS.Timeout | undefined;

  /** A failed heartbeat is ignored, because the next one may succeed. */
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
