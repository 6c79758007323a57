/**
 * Who begins when. Under load all that is asked would be begun at once, and nothing brought to its end before all the rest
 * is half done: each operation would hold what it has read for as long as a hundred take, by when V8 thinks that it is there
 * to stay. So one is begun in each turn of the event loop, and what Astria has answered meanwhile comes first. Nobody waits
 * where nothing else is to be done.
 */
export class Turns {
  readonly #line: (() => void)[] = [];
  #isTaken = false;

  /** Undefined for one who may begin at once. */
  take(): Promise<void> | undefined {
    if (this.#isTaken) return new Promise((begin) => this.#line.push(begin));
    this.#isTaken = true;
    setImmediate(this.#next);
    return undefined;
  }

  /** From one who does not need it any more to the next. */
  pass() {
    this.#line.shift()?.();
  }

  readonly #next = () => {
    const begin = this.#line.shift();
    this.#isTaken = begin !== undefined;
    if (!begin) return;
    setImmediate(this.#next);
    begin();
  };
}
