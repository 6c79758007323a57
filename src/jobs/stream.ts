import type { Clock } from './clock.ts';
import { cursorOf, type Told } from './cursor.ts';
import type { Job, JobRow } from './job.ts';
import type { Seat } from './seats.ts';
import { endOf, isLater, type JobEnd, type Sighting } from './sighting.ts';
import type { Audience } from './watchlist.ts';

/** One job, as it has become. */
export interface JobEvent {
  job: Job;
  row: JobRow | null;
  isDone: boolean;
  reason: JobEnd | null;
  cursor: string;
  /** Why nothing can be told any more. */
  failure?: { error: unknown };
}

export interface StreamOptions {
  clock: Clock;
  seat: Seat;
  jobs: readonly Job[];
  /** What the client has been told before. */
  told: Told;
  /** Before each event but the first; answers in how many milliseconds to ask again, where it is too early. */
  admit(): Promise<number | undefined>;
  /** It has ended before all was told. */
  onCut(): void;
}

/**
 * The jobs' states as a reader takes them. Of each job the latest alone is kept, however slow the reader is: what lies
 * between is never told.
 */
export class JobStream implements AsyncIterableIterator<JobEvent, undefined>, Audience {
  readonly #options: Omit<StreamOptions, 'told'>;
  readonly #told: Told = new Map();
  /** Not told yet, in the order of their coming. */
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

  /** Where it may not, after a while: the state may be another by then. */
  async #mayTell(): Promise<boolean> {
    if (this.#isFirst) return true;
    const { admit, clock, seat } = this.#options;
    const waitMs = await admit();
    if (waitMs === undefined) return !this.#isOver && !seat.ended.aborted && !this.#failure;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.wakeAt(clock.now() + waitMs, resolve);
    seat.ended.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    cancel();
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
