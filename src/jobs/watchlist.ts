/** What is waited for with one key in one place, and when each is to be looked at. */
import type { Job } from './job.ts';
import { SHORTEST_MS } from './pace.ts';
import type { Sighting } from './sighting.ts';

/** One who waits for jobs. */
export interface Audience {
  seen(sighting: Sighting): void;
  /** It cannot be looked at any more: the key is refused. */
  failed(error: unknown): void;
}

export interface Watched {
  job: Job;
  since: number;
  readAt: number;
  dueAt: number;
  /** The last look had no call left for it, or a callback has told of it: it is looked at before the others. */
  isFirst: boolean;
  latest: Sighting | undefined;
  audience: Set<Audience>;
  /** Until then it is looked at for other processes, too. */
  lentUntil: number;
}

/** A job that callbacks tell of again and again is read no more often. */
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

  /** Those of them that are watched. */
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

  /** The key may be used as long as somebody is here who brought it. */
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

/** It is looked at before the others, a second after the last time at the earliest. */
export function hasten(watched: Watched, now: number) {
  watched.isFirst = true;
  watched.dueAt = Math.min(watched.dueAt, Math.max(now, watched.readAt + SHORTEST_WAKE_MS));
}
