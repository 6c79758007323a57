/** Where the time of jobs comes from: a test has one that stands still. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs something once at a moment of this clock, and answers how to cancel it. */
  wakeAt(moment: number, run: () => void): () => void;
  /** Returns a number from 0 to 1 (exclusive), by which what would happen at the same moment is spread out. */
  random(): number;
}

/** Timers of Node, which keep no process alive. None of ours is longer than an hour. */
export const timersOf = (now: () => number): Clock => ({
  now,
  random: Math.random,
  wakeAt(moment, run) {
    const timer = setTimeout(run, Math.max(0, moment - now())).unref();
    return () => clearTimeout(timer);
  },
});
