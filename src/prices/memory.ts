/**
 * Caches prices for a day. Callers who see different rows have separate caches, so that nobody learns from rows that they may
 * not see.
 */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Upstream } from '../upstream/client.ts';
import type { Sample } from './estimate.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A search that found nothing is not repeated within this time. */
const IN_VAIN_MS = 60_000;
const MAX_MEMORIES = 200;
const MAX_SAMPLES = 500;
const MAX_FACTS = 500;

interface Learned<Value> {
  value: Value;
  /** Time in epoch milliseconds. */
  at: number;
}

/** The cached prices of one account, as seen by callers with the same access. */
export class Memory {
  // Maps, and no LRU caches: many callers come once, and a cache allocates all of its places when it is made.
  readonly #samples = new Map<string, Map<number, Learned<Sample>>>();
  readonly #facts = new Map<string, Learned<number>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Records the prices of rows that were read. A row whose price is known is skipped. */
  note<Row extends { id: number }>(
    kind: string,
    rows: Iterable<Row>,
    sampleOf: (row: Row) => Sample | undefined,
  ) {
    const at = this.#now();
    const known = this.#samplesOf(kind);
    for (const row of rows) {
      if (this.#isFresh(known.get(row.id), DAY_MS)) continue;
      const value = sampleOf(row);
      if (value) keep(known, MAX_SAMPLES, [row.id, { value, at }]);
    }
  }

  samples<Paid extends Sample>(kind: string): Paid[] {
    return [...this.#samplesOf(kind).values()]
      .filter((learned) => this.#isFresh(learned, DAY_MS))
      .map(({ value }) => value as Paid);
  }

  fact(name: string): number | undefined {
    const known = this.#facts.get(name);
    return this.#isFresh(known, DAY_MS) ? known?.value : undefined;
  }

  learn(name: string, value: number): number {
    keep(this.#facts, MAX_FACTS, [name, { value, at: this.#now() }]);
    return value;
  }

  /** Returns whether the last search for this is recent. */
  isInVain(name: string): boolean {
    return this.#isFresh(this.#facts.get(name), IN_VAIN_MS);
  }

  #isFresh(learned: Learned<unknown> | undefined, maxAgeMs: number) {
    const ageMs = learned ? this.#now() - learned.at : Number.POSITIVE_INFINITY;
    return ageMs >= 0 && ageMs < maxAgeMs;
  }

  #samplesOf(kind: string) {
    const known = this.#samples.get(kind) ?? new Map<number, Learned<Sample>>();
    this.#samples.set(kind, known);
    return known;
  }
}

/** Adds an entry, as the newest one. Drops the oldest one if there are too many. */
function keep<Key, Value>(map: Map<Key, Value>, max: number, [key, value]: [Key, Value]) {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.size > max ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
}

interface Seeing {
  upstream: Upstream;
  credential: { token: string | undefined };
  /** The workspaces that the caller is bound to. Undefined if it may use all of them. */
  workspaces: readonly string[] | undefined;
  place: string | null;
  now(): number;
}

const memories = new WeakMap<Upstream, LRUCache<string, Memory>>();

/**
 * Returns the cache for an Astria key, which belongs to one account. Callers who are bound to workspaces have one for each set
 * of workspaces and requested workspace.
 */
export function memoryOf({ upstream, credential, workspaces, place, now }: Seeing): Memory {
  const ofAll = memories.get(upstream) ?? new LRUCache<string, Memory>({ max: MAX_MEMORIES });
  memories.set(upstream, ofAll);
  const sight = workspaces ? [workspaces, place] : null;
  const name = JSON.stringify([hash('sha256', credential.token ?? ''), sight]);
  const memory = ofAll.get(name) ?? new Memory(now);
  ofAll.set(name, memory);
  return memory;
}
