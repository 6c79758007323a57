/** Limits the number and the duration of streams and waits. */
import type { Caller } from '../auth/caller.ts';
import { overloaded, rateLimited } from '../graphql/errors.ts';
import type { Clock } from './clock.ts';

export interface Seat {
  /** Aborts when the client leaves, or may not wait any longer. */
  ended: AbortSignal;
  /** Must be called in the end, whatever happened. */
  leave(): void;
}

interface Taken {
  /** Streams are ended one after another, so that their clients do not reconnect all at once. */
  isStream: boolean;
  end(): void;
}

export interface Who {
  caller: Caller;
  /** Returns the name by which the caller is counted. */
  countedAs(): string;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
}

export interface SeatOptions {
  clock: Clock;
  maxStreams: number;
  maxPerCaller: number;
  /** The time over which streams are ended when the process stops. */
  farewellMs: number;
}

const LONGEST_MS = 60 * 60_000;
/** Part of the hour, so that clients that came together do not reconnect together. */
const SPREAD_MS = LONGEST_MS / 12;
const FULL_RETRY_MS = 30_000;

export class Seats {
  readonly #options: SeatOptions;
  readonly #taken = new Set<Taken>();
  readonly #counts = new Map<string, number>();
  #isClosed = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  get taken() {
    return this.#taken.size;
  }

  take(who: Who, isStream: boolean): Seat {
    const name = who.countedAs();
    this.#mustHaveRoom(name);
    const { clock } = this.#options;
    const controller = new AbortController();
    const end = () => controller.abort();
    const taken = { isStream, end };
    this.#taken.add(taken);
    this.#count(name, 1);
    const now = clock.now();
    const longest = now + LONGEST_MS - clock.random() * SPREAD_MS;
    const cancel = clock.wakeAt(Math.min(longest, who.caller.expiresAt ?? longest), end);
    const leave = () => {
      if (!this.#taken.delete(taken)) return;
      this.#count(name, -1);
      cancel();
      who.signal.removeEventListener('abort', leave);
      end();
    };
    if (who.signal.aborted) leave();
    else who.signal.addEventListener('abort', leave, { once: true });
    return { ended: controller.signal, leave };
  }

  /** Refuses new clients, and ends all seats. */
  close() {
    this.#isClosed = true;
    this.sendAway();
  }

  /** Ends all seats. Clients that may still wait reconnect. */
  sendAway() {
    const { clock, farewellMs } = this.#options;
    for (const { isStream, end } of this.#taken) {
      if (isStream) clock.wakeAt(clock.now() + clock.random() * farewellMs, end);
      else end();
    }
  }

  #mustHaveRoom(name: string) {
    const { maxStreams, maxPerCaller } = this.#options;
    const all = this.#taken.size + 1;
    if (this.#isClosed || all > maxStreams) {
      throw overloaded(
        this.#isClosed
          ? 'This process is about to stop: ask again.'
          : `${maxStreams} streams are open in this process, and there is no room for more: ask again later.`,
        { name: 'streams', max: this.#isClosed ? 0 : maxStreams, found: all },
      );
    }
    const own = (this.#counts.get(name) ?? 0) + 1;
    if (own <= maxPerCaller) return;
    throw rateLimited(
      `You have ${maxPerCaller} streams open, and may have no more: wait for several ids in one, or close others.`,
      { name: 'streamsPerCaller', max: maxPerCaller, found: own },
      FULL_RETRY_MS,
    );
  }

  #count(name: string, by: 1 | -1) {
    const count = (this.#counts.get(name) ?? 0) + by;
    if (count === 0) this.#counts.delete(name);
    else this.#counts.set(name, count);
  }
}
