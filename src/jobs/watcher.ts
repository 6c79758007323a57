import type { Clock } from './clock.ts';
import type { Job, JobRow, ReadJobs } from './job.ts';
import { isLeftOver, isRefusal, retryAfterMs } from './look-failures.ts';
import { backoffMs, LONGEST_MS, maxCallsFor, nextOnGrid, SHORTEST_MS, stepMs } from './pace.ts';
import { endOf, isLater, type Sighting, sightingOf } from './sighting.ts';
import {
  type Audience,
  hasten,
  SHORTEST_WAKE_MS,
  type Wait,
  type Watched,
  Watchlist,
} from './watchlist.ts';

/** Other processes that wait for the same jobs. */
export interface Others {
  /** Says that a client here waits for these jobs. */
  wanted(jobs: readonly Job[]): void;
  /** Sends a sighting that others wait for. */
  news(sighting: Sighting): void;
  /** Says that this process may not read the job. */
  refused(job: Job): void;
}

export interface WatcherOptions {
  clock: Clock;
  read: ReadJobs;
  /** Called when no client waits any more. */
  onEmpty(): void;
  /** Called when a watched job ends. */
  onEnd?(sighting: Sighting, now: number): void;
  /** Undefined if each process polls for itself. */
  others?: Others | undefined;
}

/** The time after a callback in which callbacks are taken to work. */
const HEARD_MS = 10 * 60_000;

/** Polls all jobs that are waited for with one credential in one workspace, whichever clients wait. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #start: number;
  readonly #list = new Watchlist();
  #alarm: { at: number; cancel(): void } | undefined;
  #isLooking = false;
  /** Whether another process polls, and sends the rows. */
  #isFollowing = false;
  #failures = 0;
  #heardAt = Number.NEGATIVE_INFINITY;

  constructor(options: WatcherOptions) {
    this.#options = options;
    const { clock } = options;
    // Clients of many keys often come at once, such as after a restart. Their polls must not.
    this.#start = clock.now() - clock.random() * LONGEST_MS;
  }

  get size() {
    return this.#list.size;
  }

  get jobs(): Job[] {
    return Array.from(this.#list.all(), ({ job }) => job);
  }

  /** Watches jobs that the caller has already read. Returns a function that stops watching. */
  watch(sightings: readonly Sighting[], audience: Audience): () => void {
    const waits = sightings.map(({ job }) => ({ job, audience }));
    this.watchUnread(waits);
    const now = this.#options.clock.now();
    for (const sighting of sightings) this.#note(sighting, now);
    this.#schedule();
    return () => this.leave(waits);
  }

  /** Watches jobs that nobody has read yet. */
  watchUnread(waits: readonly Wait[]) {
    const now = this.#options.clock.now();
    for (const { job, audience } of waits) {
      const watched = this.#list.add(job, now);
      watched.audience.add(audience);
      if (watched.latest) audience.seen(watched.latest);
    }
    this.#options.others?.wanted(waits.map(({ job }) => job));
    this.#schedule();
  }

  leave(waits: readonly Wait[]) {
    for (const { job, audience } of waits) this.#list.get(job.key)?.audience.delete(audience);
    this.#list.dropUnwanted(this.#options.clock.now());
    this.#schedule();
  }

  /** Reads these jobs soon, because a callback named them. Returns how many of them are watched. */
  wake(kind: Job['kind'], ids: ReadonlySet<number>): number {
    const now = this.#options.clock.now();
    this.#heardAt = now;
    let woken = 0;
    for (const watched of this.#list.all()) {
      if (watched.job.kind !== kind || !ids.has(watched.job.id)) continue;
      woken++;
      // The process that polls gets the callback too.
      if (!this.#isFollowing) hasten(watched, now);
    }
    this.#schedule();
    return woken;
  }

  /** Sets whether another process polls. All jobs are polled when it stops, because its last rows may not have arrived here. */
  follow(isSo: boolean) {
    if (this.#isFollowing === isSo) return;
    this.#isFollowing = isSo;
    if (isSo) this.#list.endLoans();
    const dueAt = this.#options.clock.now();
    for (const watched of this.#list.all()) Object.assign(watched, { dueAt, isFirst: false });
    this.#schedule();
  }

  /** Polls these jobs for other processes too, for this time. */
  lend(jobs: readonly Job[], forMs: number) {
    const now = this.#options.clock.now();
    for (const job of jobs) {
      const watched = this.#list.add(job, now);
      const isNew = watched.lentUntil <= now;
      watched.lentUntil = now + forMs;
      // The other process may have read it before it reached this state.
      if (isNew && watched.latest) this.#options.others?.news(watched.latest);
    }
    this.#schedule();
  }

  /** Forgets what other processes wait for. They ask again when they return. */
  endLoans() {
    this.#list.endLoans();
  }

  /** Takes rows that another process has read. */
  told(rows: readonly (readonly [key: string, row: JobRow | null])[]) {
    const now = this.#options.clock.now();
    for (const [key, row] of rows) {
      const watched = this.#list.get(key);
      if (watched) this.#noteRead(watched, row, now);
    }
    this.#schedule();
  }

  /** Reads these jobs here, because another process cannot send them. */
  readHere(keys: readonly string[]) {
    for (const watched of this.#list.of(keys)) hasten(watched, this.#options.clock.now());
    this.#schedule();
  }

  #schedule() {
    if (this.#list.isEmpty()) {
      this.#setAlarm(Number.POSITIVE_INFINITY);
      return this.#options.onEmpty();
    }
    if (this.#isLooking) return;
    let at = Number.POSITIVE_INFINITY;
    for (const watched of this.#list.all()) {
      if (this.#isForUs(watched)) at = Math.min(at, watched.dueAt);
    }
    this.#setAlarm(at);
  }

  #setAlarm(at: number) {
    if (this.#alarm?.at === at) return;
    this.#alarm?.cancel();
    this.#alarm = Number.isFinite(at)
      ? { at, cancel: this.#options.clock.wakeAt(at, () => void this.#look()) }
      : undefined;
  }

  readonly #isForUs = ({ isFirst }: Watched) => isFirst || !this.#isFollowing;

  async #look() {
    const { clock, read } = this.#options;
    this.#alarm = undefined;
    const due = this.#takeDue(clock.now());
    // A timer may fire early by our clock.
    if (due.length === 0) return this.#schedule();
    this.#isLooking = true;
    // Reset before the read: a callback that arrives meanwhile may be about something that this read misses.
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

  /** Takes hastened jobs alone if there are any. Otherwise the largest ids would be read again and again. */
  #takeDue(now: number): Watched[] {
    this.#list.dropUnwanted(now);
    const all = [...this.#list.all()].filter(this.#isForUs);
    const due = all.filter(({ dueAt }) => dueAt <= now);
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
      this.#list.delete(watched.job.key);
      for (const one of watched.audience) one.failed(error);
      if (watched.lentUntil > now) this.#options.others?.refused(watched.job);
    } else if (isLeftOver(error)) {
      watched.isFirst = true;
      watched.dueAt = nextOnGrid(this.#start, now, SHORTEST_MS);
    } else {
      watched.dueAt = now + Math.max(retryAfterMs(error), backoffMs(this.#failures));
    }
  }

  #note(sighting: Sighting, now: number) {
    const watched = this.#list.get(sighting.job.key);
    if (!watched) return;
    const isNews = isLater(sighting.version, watched.latest?.version);
    if (isNews) watched.latest = sighting;
    const { latest = sighting, since } = watched;
    const isHeard = now - this.#heardAt < HEARD_MS;
    watched.dueAt = nextOnGrid(this.#start, now, stepMs(latest, { now, since }, isHeard));
    if (isNews) {
      for (const one of watched.audience) one.seen(sighting);
      if (watched.lentUntil > now) this.#options.others?.news(sighting);
    }
    if (!endOf(latest.version)) return;
    this.#list.delete(sighting.job.key);
    this.#options.onEnd?.(latest, now);
  }
}
