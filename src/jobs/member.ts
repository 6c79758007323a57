import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import { type Job, type JobRow, jobAtKey } from './job.ts';
import type { Seal } from './seal.ts';
import type { Sighting } from './sighting.ts';
import type { Others, Watcher } from './watcher.ts';

/** A message from one process to all others. Jobs are identified by their keys. */
type Message =
  | { kind: 'looking' }
  | { kind: 'left' }
  | { kind: 'waiting' | 'unread'; keys: string[] }
  | { kind: 'rows'; rows: [key: string, row: JobRow | null][] };

type Sent = Message & { from: string };

/** The interval at which each process renews its lease and says that it is alive. */
export const PULSE_MS = 2000;
/** A process that is silent for this long is taken for dead. */
export const SILENCE_MS = 3 * PULSE_MS;
const KEYS_AT_ONCE = 1000;
const MAX_MESSAGE_BYTES = 65_536;
/** Each process reads a larger row itself. */
const MAX_ROW_BYTES = 262_144;

export interface MemberOptions {
  seal: Seal;
  bus: Bus;
  clock: Clock;
  watcher(): Watcher;
  /** Called when the first job is waited for. */
  onJoin(): void;
  /** Called when the process that polled has left. */
  onVacancy(): void;
  onTrouble(error: unknown): void;
}

/** One of the processes that wait with the same key in the same workspace. One of them polls, and sends the rows to the others. */
export class Member implements Others {
  readonly #options: MemberOptions;
  #role: 'alone' | 'looking' | 'following' = 'alone';
  /** When the process that polls was last heard of. */
  #heardAt = 0;
  #hasJoined = false;
  #news: Sighting[] = [];

  constructor(options: MemberOptions) {
    this.#options = options;
  }

  get name() {
    return this.#options.seal.name;
  }

  wanted(jobs: readonly Job[]) {
    if (jobs.length === 0) return;
    if (!this.#hasJoined) {
      this.#hasJoined = true;
      this.#options.onJoin();
    } else if (this.#role === 'following') this.#sayWaiting(jobs);
  }

  /** Queues a sighting, which is sent together with the others of the same poll. */
  news(sighting: Sighting) {
    if (this.#role !== 'looking') return;
    if (this.#news.push(sighting) === 1) queueMicrotask(() => this.#tellNews());
  }

  refused({ key }: Job) {
    if (this.#role === 'looking') this.#say({ kind: 'unread', keys: [key] });
  }

  /** Takes the result of asking for the lease. */
  leased(isMine: boolean) {
    const watcher = this.#options.watcher();
    const now = this.#options.clock.now();
    if (isMine) {
      this.#role = 'looking';
      watcher.follow(false);
      return this.#say({ kind: 'looking' });
    }
    // The holder has had no time to say that it is alive.
    if (this.#role !== 'following') this.#heardAt = now;
    this.#role = 'following';
    watcher.follow(now - this.#heardAt < SILENCE_MS);
    this.#sayWaiting(watcher.jobs);
  }

  /** Polls here, because Redis is unreachable. */
  alone() {
    this.#role = 'alone';
    const watcher = this.#options.watcher();
    watcher.follow(false);
    watcher.endLoans();
  }

  /** Returns whether this process held the lease. */
  left(): boolean {
    const wasLooking = this.#role === 'looking';
    this.#role = 'alone';
    this.#hasJoined = false;
    return wasLooking;
  }

  sayLeft() {
    this.#say({ kind: 'left' });
  }

  readonly hear = (sealed: Buffer) => {
    const { seal, bus, clock, onVacancy } = this.#options;
    const text = seal.open(sealed);
    if (!text || !this.#hasJoined) return;
    const message = JSON.parse(text) as Sent;
    if (message.from === bus.me) return;
    const watcher = this.#options.watcher();
    if (message.kind === 'looking') this.#heardAt = clock.now();
    else if (message.kind === 'left') onVacancy();
    else if (message.kind === 'rows') watcher.told(message.rows);
    else if (message.kind === 'unread') watcher.readHere(message.keys);
    else if (this.#role === 'looking') watcher.lend(message.keys.map(jobAtKey), SILENCE_MS);
  };

  #sayWaiting(jobs: readonly Job[]) {
    const keys = jobs.map(({ key }) => key);
    for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
      this.#say({ kind: 'waiting', keys: keys.slice(start, start + KEYS_AT_ONCE) });
    }
  }

  #tellNews() {
    let rows: [string, JobRow | null][] = [];
    let bytes = 0;
    const tell = () => {
      if (rows.length > 0) this.#say({ kind: 'rows', rows });
      rows = [];
      bytes = 0;
    };
    for (const { job, row } of this.#news.splice(0)) {
      const size = Buffer.byteLength(JSON.stringify(row));
      if (size > MAX_ROW_BYTES) {
        this.#say({ kind: 'unread', keys: [job.key] });
        continue;
      }
      if (bytes + size > MAX_MESSAGE_BYTES) tell();
      rows.push([job.key, row]);
      bytes += size;
    }
    tell();
  }

  #say(message: Message) {
    const { seal, bus, onTrouble } = this.#options;
    const sealed = seal.close(JSON.stringify({ from: bus.me, ...message } satisfies Sent));
    bus.publish(seal.name, sealed).catch((error: unknown) => {
      // The others would not learn what was sent.
      this.alone();
      onTrouble(error);
    });
  }
}
