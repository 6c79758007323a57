interface Line {
  running: number;
  waiting: (() => void)[];
}

/** So that no one of its owners takes all there is: of each, so many run at once, so many more wait, and the rest is refused. */
export class Bulkhead {
  readonly running: number;
  readonly waiting: number;
  readonly #lines = new Map<string, Line>();

  constructor(limits: { running: number; waiting: number }) {
    this.running = limits.running;
    this.waiting = limits.waiting;
  }

  /** Undefined for one who may go on at once, as nearly all do; false where even those who wait are too many. */
  enter(owner: string, signal: AbortSignal): Promise<void> | false | undefined {
    const line = this.#lines.get(owner);
    if (!line) {
      this.#lines.set(owner, { running: 1, waiting: [] });
      return undefined;
    }
    if (line.running < this.running) {
      line.running++;
      return undefined;
    }
    return line.waiting.length < this.waiting && queue(line, signal);
  }

  /** Whoever waits the longest comes next. */
  leave(owner: string) {
    const line = this.#lines.get(owner);
    if (!line) return;
    const next = line.waiting.shift();
    if (next) next();
    else if (--line.running === 0) this.#lines.delete(owner);
  }
}

function queue({ waiting }: Line, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      waiting.splice(waiting.indexOf(go), 1);
      reject(signal.reason);
    };
    waiting.push(go);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
