interface Line {
  running: number;
  waiting: (() => void)[];
}

/**
 * Keeps one owner from taking all slots: an owner gets another slot only while it has fewer than are free. So a single owner
 * gets half of them, the next one half of the rest, and a newcomer nearly always finds one. The others wait, and owners take
 * turns.
 */
export class Bulkhead {
  /** The most calls of one owner that may wait. More are refused. */
  readonly waiting: number;
  #free: number;
  readonly #lines = new Map<string, Line>();
  /** The queues in which somebody waits. The first one is next. */
  readonly #turns = new Set<Line>();

  constructor({ places, waiting }: { places: number; waiting: number }) {
    this.#free = places;
    this.waiting = waiting;
  }

  /** Returns undefined if the call may go on at once, as most may; false if the queue is full. */
  enter(owner: string, signal: AbortSignal): Promise<void> | false | undefined {
    const line = this.#lines.get(owner) ?? { running: 0, waiting: [] };
    if (line.running < this.#free) {
      this.#lines.set(owner, line);
      this.#take(line);
      return undefined;
    }
    if (line.waiting.length >= this.waiting) return false;
    this.#lines.set(owner, line);
    return this.#queue(owner, line, signal);
  }

  leave(owner: string) {
    const line = this.#lines.get(owner);
    if (!line) return;
    line.running--;
    this.#free++;
    for (const next of this.#turns) {
      if (next.running >= this.#free) continue;
      this.#turns.delete(next);
      this.#take(next);
      next.waiting.shift()?.();
      // Moves this owner behind the others.
      if (next.waiting.length > 0) this.#turns.add(next);
    }
    this.#forget(owner, line);
  }

  #take(line: Line) {
    line.running++;
    this.#free--;
  }

  #forget(owner: string, { running, waiting }: Line) {
    if (running === 0 && waiting.length === 0) this.#lines.delete(owner);
  }

  #queue(owner: string, line: Line, signal: AbortSignal): Promise<void> {
    const { waiting } = line;
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(go), 1);
        if (waiting.length === 0) this.#turns.delete(line);
        this.#forget(owner, line);
        reject(signal.reason);
      };
      waiting.push(go);
      this.#turns.add(line);
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}
