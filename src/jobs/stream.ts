import { type Clock, pause } from './clock.ts';
import { cursorOf, type Told } from './cursor.ts';
import type { Job, JobRow } from './job.ts';
import type { Seat } from './seats.ts';
import { endOf, isLater, type JobEnd, type Sighting } from './sighting.ts';
import type { Audience } from './watchlist.ts';

/** The new state of one job. */
export interface JobEvent {
  job: Job;
  row: JobRow | null;
  isDone: boolean;
  reason: JobEnd | null;
  cursor: string;
  /** Set if the stream has failed and ends with this event. */
  failure?: { error: unknown };
}

export interface StreamOptions {
  clock: Clock;
  seat: Seat;
  jobs: readonly Job[];
  /** What the client has received before. */
  told: Told;
  /** Asked before each event but the first. Returns the milliseconds to wait if it is too early. */
  admit(): Promise<number | undefined>;
  /** Called if the stream ends before all jobs are done. */
  onCut(): void;
}

/** An iterator over the states of jobs. Only the latest state of each job is pending, so a slow reader skips those between. */
export class JobStream implements AsyncIterableIterator<JobEvent, undefined>, Audience {
  readonly #options: Omit<StreamOptions, 'told'>;
  readonly #told: Told = new Map();
  /** Not sent yet, in the order of arrival. */
  readonly #pending = new Map<string, Sighting>();
  readonly #open = new Set<string>();
  #failure: { error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();
  #isFirst = true;
  #isOver = false;
  #last: Sighting | undefined;

  constructor({ told, ...options }: StreamOptions) {
    this.#options = options;
    for (const { key } of options.jobs) {
      const known = told.get(key);
      if (known) this.#told.set(key, known);
      if (!known || !endOf(known.version)) this.#open.add(key);
    }
    options.seat.ended.addEventListener('abort', this.#onEnd, { once: true });
  }

  seen(sighting: Sighting) {
    const { key } = sighting.job;
    const before = this.#pending.get(key)?.version ?? this.#told.get(key)?.version;
    if (!isLater(sighting.version, before)) return;
    this.#pending.set(key, sighting);
    this.#notify();
  }

  failed(error: unknown) {
    this.#failure ??= { error };
    this.#notify();
  }

  async next(): Promise<IteratorResult<JobEvent, undefined>> {
    while (!this.#isOver) {
      if (this.#options.seat.ended.aborted) break;
      if (this.#failure) return this.#fail(this.#failure);
      if (this.#pending.size > 0) {
        if (await this.#mayTell()) return { value: this.#take(), done: false };
        continue;
      }
      if (this.#open.size === 0) break;
      await this.#changed.promise;
    }
    return this.return();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#isOver = true;
    this.#options.seat.leave();
    this.#notify();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  readonly #onEnd = () => {
    if (!this.#isOver) this.#options.onCut();
    this.#notify();
  };

  #notify() {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Returns false after a wait if it is too early. The state may have changed by then. */
  async #mayTell(): Promise<boolean> {
    if (this.#isFirst) return true;
    const { admit, clock, seat } = this.#options;
    const waitMs = await admit();
    if (waitMs === undefined) return !this.#isOver && !seat.ended.aborted && !this.#failure;
    await pause(clock, waitMs, seat.ended);
    return false;
  }

  #take(): JobEvent {
    const [[key, sighting]] = this.#pending as unknown as [[string, Sighting]];
    const { job, row, version } = sighting;
    this.#isFirst = false;
    this.#last = sighting;
    this.#pending.delete(key);
    this.#told.set(key, { job, version });
    const reason = endOf(version);
    if (reason) this.#open.delete(key);
    return { job, row, isDone: reason !== null, reason, cursor: cursorOf(this.#told) };
  }

  #fail(failure: { error: unknown }): IteratorResult<JobEvent, undefined> {
    const { job = this.#options.jobs[0] as Job, row = null } = this.#last ?? {};
    void this.return();
    const cursor = cursorOf(this.#told);
    return { value: { job, row, isDone: false, reason: null, cursor, failure }, done: false };
  }
}
