/**
 * A life is fixed when it begins, and the state is computed from the clock. Nothing ticks, so a frozen clock always gives the
 * same answer. `Infinity` is a moment that never comes.
 */
export interface Timeline {
  createdAt: number;
  startsAt: number;
  doneAt: number;
  /** The time of the owner's last change. */
  touchedAt: number;
}

export type Phase = 'queued' | 'processing' | 'done';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const isoOf = (moment: number): string => new Date(moment).toISOString();

export function phaseAt(life: Timeline, now: number): Phase {
  if (now >= life.doneAt) return 'done';
  return now >= life.startsAt ? 'processing' : 'queued';
}

export function timesAt(life: Timeline, now: number) {
  const started = now >= life.startsAt ? life.startsAt : null;
  const done = now >= life.doneAt ? life.doneAt : null;
  return {
    created_at: isoOf(life.createdAt),
    started_training_at: started === null ? null : isoOf(started),
    trained_at: done === null ? null : isoOf(done),
    updated_at: isoOf(Math.max(life.createdAt, life.touchedAt, started ?? 0, done ?? 0)),
  };
}

/** How long things take at the emulator. Astria takes minutes to half an hour, which is too long for a demo. */
export interface Durations {
  promptQueueMs: number;
  promptRunMs: number;
  tuneQueueMs: number;
  tuneRunMs: number;
  /** `branch=fast`, Astria's free mock, which takes about 35 s there too. */
  fastTuneRunMs: number;
  /** The time from `POST /themes` until its prompts appear. */
  themeDelayMs: number;
}

export const DEFAULT_DURATIONS: Durations = {
  promptQueueMs: 2 * SECOND,
  promptRunMs: 6 * SECOND,
  tuneQueueMs: 5 * SECOND,
  tuneRunMs: 50 * SECOND,
  fastTuneRunMs: 30 * SECOND,
  themeDelayMs: 5 * SECOND,
};

export function spedUp(durations: Durations, speed: number): Durations {
  const faster = { ...durations };
  for (const name of Object.keys(faster) as (keyof Durations)[]) faster[name] /= speed;
  return faster;
}

/** Astria's names for the moments of a life. Null never comes. */
export interface Times {
  created_at?: string | null;
  started_training_at?: string | null;
  trained_at?: string | null;
}

/** Returns the life that the given times describe. */
export function lifeOf(fields: Times, now: number): Timeline {
  const known = Date.parse(fields.started_training_at ?? fields.trained_at ?? '') || now;
  const createdAt = Date.parse(fields.created_at ?? '') || Math.min(known, now) - HOUR;
  const startsAt = momentOf(fields.started_training_at, createdAt + 13 * SECOND);
  const trained = momentOf(fields.trained_at, startsAt + 2 * MINUTE);
  const doneAt = startsAt === Number.POSITIVE_INFINITY ? startsAt : trained;
  return { createdAt, startsAt, doneAt, touchedAt: 0 };
}

function momentOf(given: string | null | undefined, otherwise: number): number {
  if (given === null) return Number.POSITIVE_INFINITY;
  return Date.parse(given ?? '') || otherwise;
}
