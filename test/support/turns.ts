import { setImmediate } from 'node:timers/promises';

type Make<T> = () => T | PromiseLike<T>;

interface Turn {
  together: (() => void)[];
  alone: (() => void)[];
}

/** Time that passes by hand: what is due in the same turn is settled in the same task, in the order it was asked for. */
export class Turns {
  now = 0;
  readonly #turns: Turn[] = [];

  /** `turns` from now, counted from 0. */
  later<T>(turns: number, make: Make<T>): Promise<T> {
    return this.#in(this.#turn(turns).together, make);
  }

  /** In the next turn, in a task of its own. */
  alone<T>(make: Make<T>): Promise<T> {
    return this.#in(this.#turn(1).alone, make);
  }

  /** Until nothing is due any more. */
  async pass() {
    await setImmediate();
    for (; this.now < this.#turns.length; this.now++) {
      for (let due = this.#take(); due.length > 0; due = this.#take()) {
        for (const settle of due) settle();
        await setImmediate();
      }
    }
  }

  #turn(turns: number): Turn {
    const turn = this.#turns[this.now + turns] ?? { together: [], alone: [] };
    this.#turns[this.now + turns] = turn;
    return turn;
  }

  #in<T>(due: (() => void)[], make: Make<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    due.push(() => {
      try {
        resolve(make());
      } catch (error) {
        reject(error);
      }
    });
    return promise;
  }

  /** What comes in meanwhile for this very turn is a task of its own. */
  #take() {
    const { together, alone } = this.#turn(0);
    return together.length > 0 ? together.splice(0) : alone.splice(0, 1);
  }
}
