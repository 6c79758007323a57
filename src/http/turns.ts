/** After a slow turn one more is begun for each 8 ms that it took, so that the queue does not starve. */
const MS_PER_BEGINNING = 8;

export interface TurnLimits {
  /** Requests that are worked on at once. */
  running: number;
  runningOfCaller: number;
  /** And that wait until they are. */
  waiting: number;
  waitingOfCaller: number;
}

interface Line {
  running: number;
  /** In the order of their coming. */
  waiting: Set<() => void>;
}

/**
 * So many requests are worked on at once, so many more wait, each caller having a half at most. Under load one is begun in
 * each turn of the event loop, so that what is under way comes to its end first: begun all at once, a hundred queries would
 * each take as long as all of them. Callers take turns: of one who asks much the others notice little.
 */
export class Turns {
  running = 0;
  waiting = 0;
  readonly limits: TurnLimits;
  /** Of callers, whose turn comes next first. */
  readonly #lines = new Map<string, Line>();
  #isTaken = false;
  #beganMs = 0;

  constructor(limits: TurnLimits) {
    this.limits = limits;
  }

  /** Whether one more of this caller's would have to be sent away. */
  isFull(caller: string): boolean {
    const ofCaller = this.#lines.get(caller)?.waiting.size ?? 0;
    const { waiting, waitingOfCaller } = this.limits;
    return this.waiting >= waiting || ofCaller >= waitingOfCaller;
  }

  /** Does the work in its turn; undefined where nobody waits for it any more when that comes. */
  async take<T>(caller: string, signal: AbortSignal, work: () => Promise<T>) {
    if (!this.#mayBegin(caller) && !(await this.#wait(caller, signal))) return undefined;
    try {
      return await work();
    } finally {
      this.#leave(caller);
    }
  }

  #mayBegin(caller: string): boolean {
    const line = this.#lineOf(caller);
    if (this.#isTaken || this.waiting > 0 || !this.#hasPlace(line)) return false;
    this.#begin(line);
    this.#schedule();
    return true;
  }

  #lineOf(caller: string): Line {
    const known = this.#lines.get(caller);
    if (known) return known;
    const line = { running: 0, waiting: new Set<() => void>() };
    this.#lines.set(caller, line);
    return line;
  }

  #hasPlace({ running }: Line): boolean {
    return this.running < this.limits.running && running < this.limits.runningOfCaller;
  }

  #begin(line: Line) {
    line.running++;
    this.running++;
  }

  /** False where it was given up before. */
  #wait(caller: string, signal: AbortSignal): Promise<boolean> {
    const line = this.#lineOf(caller);
    const { waiting } = line;
    // Those who wait may all be of callers who have their half.
    if (!this.#isTaken && this.#hasPlace(line)) this.#schedule();
    return new Promise((resolve) => {
      const go = () => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = () => {
        waiting.delete(go);
        this.waiting--;
        this.#forget(caller);
        resolve(false);
      };
      waiting.add(go);
      this.waiting++;
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
    });
  }

  #leave(caller: string) {
    this.#lineOf(caller).running--;
    this.running--;
    this.#forget(caller);
    if (this.waiting > 0 && !this.#isTaken) this.#schedule();
  }

  #forget(caller: string) {
    const line = this.#lines.get(caller);
    if (line?.running === 0 && line.waiting.size === 0) this.#lines.delete(caller);
  }

  #schedule() {
    this.#isTaken = true;
    this.#beganMs = performance.now();
    setImmediate(this.#next);
  }

  readonly #next = () => {
    const due = Math.max(1, Math.floor((performance.now() - this.#beganMs) / MS_PER_BEGINNING));
    this.#isTaken = false;
    for (let begun = 0; begun < due && this.#beginNext(); begun++) this.#isTaken = true;
    if (this.#isTaken) this.#schedule();
  };

  /** False where nobody waits, or none who does has a place. */
  #beginNext(): boolean {
    for (const [caller, line] of this.#lines) {
      const [go] = line.waiting;
      if (!go || !this.#hasPlace(line)) continue;
      line.waiting.delete(go);
      this.waiting--;
      this.#begin(line);
      // Behind all others.
      this.#lines.delete(caller);
      this.#lines.set(caller, line);
      go();
      return true;
    }
    return false;
  }
}
