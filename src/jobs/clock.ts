/** The source of time of jobs. Tests use one that stands still. */
export interface Clock {
  /** Returns epoch milliseconds. */
  now(): number;
  /** Runs something once at a moment of this clock. Returns a function that cancels it. */
  wakeAt(moment: number, run: () => void): () => void;
  /** Returns a number from 0 to 1 (exclusive), by which what would happen at the same moment is spread out. */
  random(): number;
}

/** Makes a clock of Node's timers, which keep no process alive. They are an hour at most, so `setTimeout` can hold them. */
export const timersOf = (now: () => number): Clock => ({
  now,
  random: Math.random,
  wakeAt(moment, run) {
    const timer = setTimeout(run, Math.max(0, moment - now())).unref();
    return () => clearTimeout(timer);
  },
});

/** Waits for this time, or until the signal aborts. */
export async function pause(clock: Pick<Clock, 'now' | 'wakeAt'>, ms: number, ended: AbortSignal) {
  if (ended.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = () => resolve();
  const cancel = clock.wakeAt(clock.now() + ms, over);
  ended.addEventListener('abort', over, { once: true });
  await promise;
  cancel();
  ended.removeEventListener('abort', over);
}
