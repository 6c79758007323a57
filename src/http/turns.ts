/** After a slow turn one more query starts for each 8 ms that it took, so that the queue does not starve. */
const MS_PER_BEGINNING = 8;

/**
 * Under load one query is begun in each turn of the event loop, so that what is under way comes to its end first: begun all
 * at once, a hundred queries would each take as long as all of them. After a turn that took long some more are begun.
 */
export class Turns {
  /** In the order of their coming, by key: all with one key have their turn with the first of them. */
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>();
  #isTaken = false;
  #beganMs = 0;

  /** When the turn of the key has come; undefined where that is now. */
  next(key: string): Promise<void> | undefined {
    if (this.#isTaken) {
      const place = this.#waiting.get(key) ?? Promise.withResolvers<void>();
      this.#waiting.set(key, place);
      return place.promise;
    }
    this.#isTaken = true;
    this.#wait();
    return undefined;
  }

  #wait() {
    this.#beganMs = performance.now();
    setImmediate(this.#next);
  }

  readonly #next = () => {
    let due = Math.max(1, Math.floor((performance.now() - this.#beganMs) / MS_PER_BEGINNING));
    this.#isTaken = this.#waiting.size > 0;
    if (this.#isTaken) this.#wait();
    for (const [key, place] of this.#waiting) {
      if (due-- === 0) return;
      this.#waiting.delete(key);
      place.resolve();
    }
  };
}
