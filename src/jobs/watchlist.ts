/** The jobs that are waited for with one key in one workspace, and when each is due. */
import type { Job } from './job.ts';
import { SHORTEST_MS } from './pace.ts';
import type { Sighting } from './sighting.ts';

/** A client that waits for jobs. */
export interface Audience {
  seen(sighting: Sighting): void;
  /** Called if Astria refuses the key, so that the job cannot be polled any more. */
  failed(error: unknown): void;
}

/** A job that somebody waits for. */
export interface Wait {
  job: Job;
  audience: Audience;
}

export interface Watched {
  job: Job;
  since: number;
  readAt: number;
  dueAt: number;
  /** Whether it is polled before the others: the last poll had no call left for it, or a callback named it. */
  isFirst: boolean;
  latest: Sighting | undefined;
  audience: Set<Audience>;
  /** The time in epoch milliseconds until which it is polled for other processes too. */
  lentUntil: number;
}

/** The shortest time between two reads of a job, however often callbacks name it. */
export const SHORTEST_WAKE_MS = 1000;
const NEVER = Number.NEGATIVE_INFINITY;

export class Watchlist {
  readonly #watched = new Map<string, Watched>();

  get size() {
    return this.#watched.size;
  }

  get(key: string) {
    return this.#watched.get(key);
  }

  all() {
    return this.#watched.values();
  }

  /** Returns those of these jobs that are watched. */
  of(keys: readonly string[]): Watched[] {
    return keys.flatMap((key) => this.#watched.get(key) ?? []);
  }

  add(job: Job, now: number): Watched {
    const known = this.#watched.get(job.key);
    if (known) return known;
    const watched: Watched = {
      ...{ job, since: now, readAt: now, dueAt: now + SHORTEST_MS },
      ...{ isFirst: false, latest: undefined, audience: new Set(), lentUntil: NEVER },
    };
    this.#watched.set(job.key, watched);
    return watched;
  }

  delete(key: string) {
    this.#watched.delete(key);
  }

  /** Returns whether no client waits here. Then the list is cleared, because the key belongs to the clients that brought it. */
  isEmpty(): boolean {
    if (this.all().some(({ audience }) => audience.size > 0)) return false;
    this.#watched.clear();
    return true;
  }

  dropUnwanted(now: number) {
    for (const [key, { audience, lentUntil }] of this.#watched) {
      if (audience.size === 0 && lentUntil <= now) this.#watched.delete(key);
    }
  }

  endLoans() {
    for (const watched of this.all()) watched.lentUntil = NEVER;
    this.dropUnwanted(0);
  }
}

/** Makes a job due before the others, at the earliest a second after it was last read. */
export function hasten(watched: Watched, now: number) {
  watched.isFirst = true;
  watched.dueAt = Math.min(watched.dueAt, Math.max(now, watched.readAt + SHORTEST_WAKE_MS));
}
