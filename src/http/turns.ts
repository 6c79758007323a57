/** After a slow turn of the event loop, one more request is started for each 8 ms of it, so that the queue does not starve. */
const MS_PER_BEGINNING = 8;

export interface TurnLimits {
  /** The most requests in progress. */
  running: number;
  runningOfCaller: number;
  /** The most requests that wait. */
  waiting: number;
  waitingOfCaller: number;
}

interface Line {
  running: number;
  /** In order of arrival. */
  waiting: Set<() => void>;
}

/**
 * Limits the requests in progress and those that wait. Each caller gets at most half of either. Under load one request starts
 * in each turn of the event loop, so that those in progress end first: if a hundred queries started together, each would take
 * as long as all of them. Callers take turns, so that a busy one hardly delays the others.
 */
export class Turns {
  running = 0;
  waiting = 0;
  readonly limits: TurnLimits;
  /** Keyed by caller. The caller whose turn is next comes first. */
  readonly #lines = new Map<string, Line>();
  #isTaken = false;
  #beganMs = 0;

  constructor(limits: TurnLimits) {
    this.limits = limits;
  }

  /** Returns whether another request of this caller must be refused. */
  isFull(caller: string): boolean {
    const ofCaller = this.#lines.get(caller)?.waiting.size ?? 0;
    const { waiting, waitingOfCaller } = this.limits;
    return this.waiting >= waiting || ofCaller >= waitingOfCaller;
  }

  /** Runs the work in its turn. Returns undefined if nobody waits for it any more. */
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

  /** Returns false if the request was aborted before its turn. */
  #wait(caller: string, signal: AbortSignal): Promise<boolean> {
    const line = this.#lineOf(caller);
    const { waiting } = line;
    // All that wait may belong to callers who have their half.
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

  /** Returns false if nobody waits, or only callers who have their half. */
  #beginNext(): boolean {
    for (const [caller, line] of this.#lines) {
      const [go] = line.waiting;
      if (!go || !this.#hasPlace(line)) continue;
      line.waiting.delete(go);
      this.waiting--;
      this.#begin(line);
      // Moves the caller behind all others.
      this.#lines.delete(caller);
      this.#lines.set(caller, line);
      go();
      return true;
    }
    return false;
  }
}
