/** Things that come one after the other, until the last has come or none can come any more. */
export class Arrivals<Item> {
  readonly #waiting: Item[] = [];
  #failure: { error: unknown } | undefined;
  #isOver = false;
  #changed = Promise.withResolvers<void>();

  get isOver() {
    return this.#isOver;
  }

  add(item: Item) {
    this.#waiting.push(item);
    this.#notify();
  }

  /** The last has come. */
  end() {
    this.#isOver = true;
    this.#notify();
  }

  /** What has come is worth nothing any more. */
  fail(error: unknown) {
    this.#failure = { error };
    this.end();
  }

  /** The next one, as soon as it is there; undefined after the last. */
  async next(): Promise<Item | undefined> {
    while (this.#waiting.length === 0 && !this.#isOver) await this.#changed.promise;
    if (this.#failure) throw this.#failure.error;
    return this.#waiting[0];
  }

  /** For whoever sees a failure before its reason is known here. */
  async failure(): Promise<unknown> {
    while (!this.#isOver) await this.#changed.promise;
    return this.#failure?.error;
  }

  take() {
    this.#waiting.shift();
  }

  #notify() {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
