/** Of a turn, for each query that is begun when it is over: longer than nearly all of them take. */
const MS_PER_BEGINNING = 8;

/**
 * Who begins when. Under load all that is asked would be begun at once, and nothing brought to its end before all the rest
 * is half done: each query would hold what it has read for as long as a hundred take, by when V8 thinks that it is there
 * to stay. So one is begun in each turn of the event loop, and what Astria has answered meanwhile comes first; after a turn
 * that took long, being full of what stands in no line, some more.
 */
export class Line {
  /** In the order of their coming, by what they ask: who asks the same comes in with the first of them. */
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>();
  #isTaken = false;
  #beganMs = 0;

  get isEmpty() {
    return this.#waiting.size === 0;
  }

  /** When its turn has come; undefined where that is now. */
  turn(key: string): Promise<void> | undefined {
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
    this.#isTaken = !this.isEmpty;
    if (this.#isTaken) this.#wait();
    for (const [key, place] of this.#waiting) {
      if (due-- === 0) return;
      this.#waiting.delete(key);
      place.resolve();
    }
  };
}
