interface Line {
  running: number;
  waiting: (() => void)[];
}

/**
 * So that no owner takes all there is: an owner gets one more place while it has fewer than are free. One alone gets a half,
 * the next a half of the rest, and so the next one nearly always finds a place. The others wait, and have their turns by owner.
 */
export class Bulkhead {
  /** How many of one owner may wait. What comes beyond is refused. */
  readonly waiting: number;
  #free: number;
  readonly #lines = new Map<string, Line>();
  /** Those in which somebody waits, the next one first. */
  readonly #turns = new Set<Line>();

  constructor({ places, waiting }: { places: number; waiting: number }) {
    this.#free = places;
    this.waiting = waiting;
  }

  /** Undefined for one who may go on at once, as nearly all do; false where even those who wait are too many. */
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
      // Behind those of the others.
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
