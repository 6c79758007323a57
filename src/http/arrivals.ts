/** A queue of things that arrive one after the other, until the last one has arrived or none can arrive any more. */
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

  /** Marks the end of the queue. */
  end() {
    this.#isOver = true;
    this.#notify();
  }

  /** Fails the queue. What is still in it is dropped. */
  fail(error: unknown) {
    this.#failure = { error };
    this.end();
  }

  /** Returns the next item as soon as it is there. Returns undefined after the last one. */
  async next(): Promise<Item | undefined> {
    while (this.#waiting.length === 0 && !this.#isOver) await this.#changed.promise;
    if (this.#failure) throw this.#failure.error;
    return this.#waiting[0];
  }

  /** Waits for the reason of a failure that was noticed elsewhere first. */
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
