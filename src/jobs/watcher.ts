import { AnsweredWithFailure, HeldBack, NoCredential, TooManyCalls } from '../upstream/errors.ts';
import type { Clock } from './clock.ts';
import type { Job, JobRow } from './job.ts';
import { backoffMs, nextOnGrid, SHORTEST_MS, stepMs } from './pace.ts';
import { endOf, isLater, type Sighting, sightingOf } from './sighting.ts';

/** One who waits for jobs. */
export interface Audience {
  seen(sighting: Sighting): void;
  /** It cannot be looked at any more: the key is refused. */
  failed(error: unknown): void;
}

/** In their order; an Error in the place of one that could not be read. Never rejects. */
export type ReadJobs = (
  jobs: readonly Job[],
  maxCalls: number,
) => Promise<(JobRow | null | Error)[]>;

interface Watched {
  job: Job;
  since: number;
  readAt: number;
  dueAt: number;
  /** The last look had no call left for it, or a callback has told of it: it is looked at before the others. */
  isFirst: boolean;
  latest: Sighting | undefined;
  audience: Set<Audience>;
}

export interface WatcherOptions {
  clock: Clock;
  read: ReadJobs;
  /** Nobody waits here any more. */
  onEmpty(): void;
  /** A job has ended while it was watched. */
  onEnd?(sighting: Sighting, now: number): void;
}

/** So many calls a look may take where the ids are scattered, and one for each hundred where they lie together. */
const MAX_SCATTERED = 20;
const IDS_PER_CALL = 100;
const SPARE_CALLS = 3;
/** A job that callbacks tell of again and again is read no more often. */
const SHORTEST_WAKE_MS = 1000;
/** For so long after a callback others are expected to come. */
const HEARD_MS = 10 * 60_000;

const maxCallsFor = (ids: number) =>
  Math.max(MAX_SCATTERED, Math.ceil(ids / IDS_PER_CALL) + SPARE_CALLS);

/** Looks at all jobs that are waited for with one credential in one workspace, whoever waits. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #start: number;
  readonly #watched = new Map<string, Watched>();
  #alarm: { at: number; cancel(): void } | undefined;
  #isLooking = false;
  #failures = 0;
  #heardAt = Number.NEGATIVE_INFINITY;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#start = options.clock.now();
  }

  get size() {
    return this.#watched.size;
  }

  /** What has been seen of them so far: whoever waits reads first by itself. Answers how to wait no longer. */
  watch(sightings: readonly Sighting[], audience: Audience): () => void {
    const now = this.#options.clock.now();
    for (const { job } of sightings) {
      const watched = this.#watched.get(job.key) ?? this.#add(job, now);
      watched.audience.add(audience);
      if (watched.latest) audience.seen(watched.latest);
    }
    for (const sighting of sightings) this.#note(sighting, now);
    this.#schedule();
    return () => this.#leave(sightings, audience);
  }

  /** A callback says that something has happened to them. */
  wake(kind: Job['kind'], ids: ReadonlySet<number>): number {
    const now = this.#options.clock.now();
    this.#heardAt = now;
    let woken = 0;
    for (const watched of this.#watched.values()) {
      if (watched.job.kind !== kind || !ids.has(watched.job.id)) continue;
      woken++;
      watched.isFirst = true;
      watched.dueAt = Math.min(watched.dueAt, Math.max(now, watched.readAt + SHORTEST_WAKE_MS));
    }
    this.#schedule();
    return woken;
  }

  #add(job: Job, now: number): Watched {
    const watched: Watched = {
      job,
      since: now,
      readAt: now,
      dueAt: now + SHORTEST_MS,
      isFirst: false,
      latest: undefined,
      audience: new Set(),
    };
    this.#watched.set(job.key, watched);
    return watched;
  }

  #leave(sightings: readonly Sighting[], audience: Audience) {
    for (const { job } of sightings) {
      const watched = this.#watched.get(job.key);
      watched?.audience.delete(audience);
      if (watched?.audience.size === 0) this.#watched.delete(job.key);
    }
    this.#schedule();
  }

  #schedule() {
    if (this.#watched.size === 0) {
      this.#alarm?.cancel();
      this.#alarm = undefined;
      return this.#options.onEmpty();
    }
    if (this.#isLooking) return;
    let at = Number.POSITIVE_INFINITY;
    for (const { dueAt } of this.#watched.values()) at = Math.min(at, dueAt);
    if (this.#alarm?.at === at) return;
    this.#alarm?.cancel();
    this.#alarm = { at, cancel: this.#options.clock.wakeAt(at, () => void this.#look()) };
  }

  async #look() {
    const { clock, read } = this.#options;
    this.#alarm = undefined;
    const due = this.#takeDue(clock.now());
    // A timer may be early by our clock.
    if (due.length === 0) return this.#schedule();
    this.#isLooking = true;
    // A callback that comes while they are read may be of what these reads do not know yet.
    for (const watched of due) watched.isFirst = false;
    const rows = await read(
      due.map(({ job }) => job),
      maxCallsFor(due.length),
    );
    const now = clock.now();
    const hasFailed = rows.some((row) => row instanceof Error && !isLeftOver(row));
    this.#failures = hasFailed ? this.#failures + 1 : 0;
    for (const [index, watched] of due.entries()) {
      const row = rows[index] ?? null;
      if (row instanceof Error) this.#putOff(watched, row, now);
      else this.#noteRead(watched, row, now);
    }
    this.#isLooking = false;
    this.#schedule();
  }

  /** Where some come first, the others wait for the next look: else the largest ids would be read again and again. */
  #takeDue(now: number): Watched[] {
    const due = [...this.#watched.values()].filter(({ dueAt }) => dueAt <= now);
    const first = due.filter(({ isFirst }) => isFirst);
    if (first.length === 0) return due;
    for (const watched of due) {
      if (!watched.isFirst) watched.dueAt = nextOnGrid(this.#start, now, SHORTEST_MS);
    }
    return first;
  }

  #noteRead(watched: Watched, row: JobRow | null, now: number) {
    watched.readAt = now;
    this.#note(sightingOf(watched.job, row, { now, since: watched.since }), now);
    if (watched.isFirst) watched.dueAt = now + SHORTEST_WAKE_MS;
  }

  #putOff(watched: Watched, error: Error, now: number) {
    if (isRefusal(error)) {
      this.#watched.delete(watched.job.key);
      for (const one of watched.audience) one.failed(error);
    } else if (isLeftOver(error)) {
      watched.isFirst = true;
      watched.dueAt = nextOnGrid(this.#start, now, SHORTEST_MS);
    } else {
      watched.dueAt = now + Math.max(retryAfterMs(error), backoffMs(this.#failures));
    }
  }

  #note(sighting: Sighting, now: number) {
    const watched = this.#watched.get(sighting.job.key);
    if (!watched) return;
    const isNews = isLater(sighting.version, watched.latest?.version);
    if (isNews) watched.latest = sighting;
    const { latest = sighting, since } = watched;
    const isHeard = now - this.#heardAt < HEARD_MS;
    watched.dueAt = nextOnGrid(this.#start, now, stepMs(latest, { now, since }, isHeard));
    if (isNews) for (const one of watched.audience) one.seen(sighting);
    if (!endOf(latest.version)) return;
    this.#watched.delete(sighting.job.key);
    this.#options.onEnd?.(latest, now);
  }
}

/** The look had no call left for it: it comes first at the next. */
const isLeftOver = (error: Error) => error instanceof TooManyCalls;

const isRefusal = (error: Error) =>
  error instanceof NoCredential ||
  (error instanceof AnsweredWithFailure && [401, 403].includes(error.status));

const retryAfterMs = (error: Error) =>
  (error instanceof AnsweredWithFailure || error instanceof HeldBack ? error.retryAfterMs : 0) ?? 0;
