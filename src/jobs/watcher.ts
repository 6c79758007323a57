import type { Clock } from './clock.ts';
import type { Job, JobRow } from './job.ts';
import { isLeftOver, isRefusal, retryAfterMs } from './look-failures.ts';
import { backoffMs, LONGEST_MS, nextOnGrid, SHORTEST_MS, stepMs } from './pace.ts';
import { endOf, isLater, type Sighting, sightingOf } from './sighting.ts';
import { type Audience, hasten, SHORTEST_WAKE_MS, type Watched, Watchlist } from './watchlist.ts';

/** In their order; an Error in the place of one that could not be read. Never rejects. */
export type ReadJobs = (
  jobs: readonly Job[],
  maxCalls: number,
) => Promise<(JobRow | null | Error)[]>;

/** Other processes, where the same is waited for. */
export interface Others {
  /** Somebody here waits for these now. */
  wanted(jobs: readonly Job[]): void;
  /** Of what others wait for. */
  news(sighting: Sighting): void;
  /** It may not be read, as far as is known here. */
  refused(job: Job): void;
}

export interface WatcherOptions {
  clock: Clock;
  read: ReadJobs;
  /** Nobody waits here any more. */
  onEmpty(): void;
  /** A job has ended while it was watched. */
  onEnd?(sighting: Sighting, now: number): void;
  /** Undefined where each process looks for itself. */
  others?: Others | undefined;
}

/** So many calls a look may take where the ids are scattered, and one for each hundred where they lie together. */
const MAX_SCATTERED = 20;
const IDS_PER_CALL = 100;
const SPARE_CALLS = 3;
/** For so long after a callback others are expected to come. */
const HEARD_MS = 10 * 60_000;

const maxCallsFor = (ids: number) =>
  Math.max(MAX_SCATTERED, Math.ceil(ids / IDS_PER_CALL) + SPARE_CALLS);

/** Looks at all jobs that are waited for with one credential in one workspace, whoever waits. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #start: number;
  readonly #list = new Watchlist();
  #alarm: { at: number; cancel(): void } | undefined;
  #isLooking = false;
  /** Another process looks, and tells what it has read. */
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

  /** What has been seen of them so far: whoever waits reads first by itself. Answers how to wait no longer. */
  watch(sightings: readonly Sighting[], audience: Audience): () => void {
    const now = this.#options.clock.now();
    for (const { job } of sightings) {
      const watched = this.#list.add(job, now);
      watched.audience.add(audience);
      if (watched.latest) audience.seen(watched.latest);
    }
    for (const sighting of sightings) this.#note(sighting, now);
    this.#options.others?.wanted(sightings.map(({ job }) => job));
    this.#schedule();
    return () => this.#leave(sightings, audience);
  }

  /** A callback says that something has happened to them. */
  wake(kind: Job['kind'], ids: ReadonlySet<number>): number {
    const now = this.#options.clock.now();
    this.#heardAt = now;
    let woken = 0;
    for (const watched of this.#list.all()) {
      if (watched.job.kind !== kind || !ids.has(watched.job.id)) continue;
      woken++;
      // Who looks hears of the callback, too.
      if (!this.#isFollowing) hasten(watched, now);
    }
    this.#schedule();
    return woken;
  }

  /** Whether another process looks. Where it does no longer all are looked at: what it saw last may never have come here. */
  follow(isSo: boolean) {
    if (this.#isFollowing === isSo) return;
    this.#isFollowing = isSo;
    if (isSo) this.#list.endLoans();
    const dueAt = this.#options.clock.now();
    for (const watched of this.#list.all()) Object.assign(watched, { dueAt, isFirst: false });
    this.#schedule();
  }

  /** Other processes wait for them, too. */
  lend(jobs: readonly Job[], forMs: number) {
    const now = this.#options.clock.now();
    for (const job of jobs) {
      const watched = this.#list.add(job, now);
      const isNew = watched.lentUntil <= now;
      watched.lentUntil = now + forMs;
      // Who comes anew may have read it before it became what it is.
      if (isNew && watched.latest) this.#options.others?.news(watched.latest);
    }
    this.#schedule();
  }

  /** Whoever comes again comes anew. */
  endLoans() {
    this.#list.endLoans();
  }

  /** Another process has read them. */
  told(rows: readonly (readonly [key: string, row: JobRow | null])[]) {
    const now = this.#options.clock.now();
    for (const [key, row] of rows) {
      const watched = this.#list.get(key);
      if (watched) this.#noteRead(watched, row, now);
    }
    this.#schedule();
  }

  /** Another process cannot tell of them. */
  readHere(keys: readonly string[]) {
    for (const watched of this.#list.of(keys)) hasten(watched, this.#options.clock.now());
    this.#schedule();
  }

  #leave(sightings: readonly Sighting[], audience: Audience) {
    for (const { job } of sightings) this.#list.get(job.key)?.audience.delete(audience);
    this.#list.dropUnwanted(this.#options.clock.now());
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
