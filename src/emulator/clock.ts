/** The source of the emulator's time. Everything that it answers is a function of `now()`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs something once at a moment of this clock. Returns a function that cancels it. Without this method the emulator uses
   * wall time.
   */
  wakeAt?(moment: number, run: () => void): () => void;
}

export interface FrozenClock extends Required<Clock> {
  /** Moves the clock forward, and runs what falls due in order. */
  advance(ms: number): void;
}

// The delay of `setTimeout` is a signed 32-bit integer. A longer one would fire at once.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = { now: () => Date.now() };

export function wakeAt(clock: Clock, moment: number, run: () => void): () => void {
  if (clock.wakeAt) return clock.wakeAt(moment, run);
  let timer: NodeJS.Timeout;
  const arm = () => {
    const wait = moment - clock.now();
    timer = setTimeout(
      () => (clock.now() >= moment ? run() : arm()),
      Math.min(Math.max(wait, 1), LONGEST_TIMEOUT_MS),
    );
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}

/** A clock that stands still until it is moved, so that a test gets the same answers in every run. */
export function frozenClock(start: string | number | Date): FrozenClock {
  let now = new Date(start).getTime();
  let alarms: { moment: number; run: () => void }[] = [];
  const ring = (until: number) => {
    const due = alarms.filter((alarm) => alarm.moment <= until);
    alarms = alarms.filter((alarm) => alarm.moment > until);
    for (const alarm of due.sort((a, b) => a.moment - b.moment)) {
      now = Math.max(now, alarm.moment);
      alarm.run();
    }
  };
  return {
    now: () => now,
    wakeAt(moment, run) {
      const alarm = { moment, run };
      alarms.push(alarm);
      // Deferred, because the caller has not finished.
      if (moment <= now) setTimeout(() => ring(now)).unref();
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    advance(ms) {
      const until = now + ms;
      ring(until);
      now = until;
    },
  };
}
