import { LRUCache } from 'lru-cache';
import { deepFreeze } from './deep-freeze.ts';

/** A cached answer of Astria's, with the value that was decoded from it. */
export interface Remembered {
  etag: string;
  body: Buffer;
  /** Frozen, because several operations may hold it at once. */
  value: unknown;
}

/** The most bytes of the bodies and their decoded values. A value takes about three times as much as its body. */
const MAX_BYTES = 32_000_000;
const BYTES_PER_BYTE = 4;
/** The number of hash slots for what was requested once. They take a quarter of a megabyte. */
const PLACES = 2 ** 16;

/**
 * Caches reads, to revalidate them with an `ETag`. A cached value is never used without asking Astria. Only what is requested a
 * second time is cached: most is not, and caching it would cost more than it saves.
 */
export class ReadMemory {
  readonly #answers = new LRUCache<string, Remembered>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }, key) => key.length + body.length * BYTES_PER_BYTE,
  });
  readonly #asked = new Uint32Array(PLACES);

  get(key: string): Remembered | undefined {
    return this.#answers.get(key);
  }

  note(key: string, answer: Remembered) {
    if (!this.#answers.has(key) && !this.#wasAsked(key)) return;
    deepFreeze(answer.value);
    this.#answers.set(key, answer);
  }

  /**
   * Returns whether the key was requested before. Two keys with the same hash can make it true too early, which only caches the
   * answer one request sooner.
   */
  #wasAsked(key: string): boolean {
    const hash = hashOf(key);
    const place = hash % PLACES;
    const wasAsked = this.#asked[place] === hash;
    this.#asked[place] = hash;
    return wasAsked;
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
