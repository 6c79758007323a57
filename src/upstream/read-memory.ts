import { LRUCache } from 'lru-cache';
import { deepFreeze } from './deep-freeze.ts';

/** An answer of Astria's as it was last seen, and what was read from it. */
export interface Remembered {
  etag: string;
  body: Buffer;
  /** Frozen: several operations may hold it at once. */
  value: unknown;
}

/** Of the bodies and of what was read from them, which takes about three times as much. */
const MAX_BYTES = 32_000_000;
const BYTES_PER_BYTE = 4;
/** For what was asked once, a place each by its hash: a quarter of a megabyte. */
const PLACES = 2 ** 16;

/**
 * What was read before, to be had again for the price of asking whether it still holds. Nothing is ever taken for true
 * unasked. Only what is asked for a second time is kept: most is not, and to keep it would cost more than it saves.
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

  /** Sometimes true, where two hashes are the same, for what was never asked: it is then kept a little early. */
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
