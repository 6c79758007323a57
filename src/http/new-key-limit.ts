import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { rateLimited } from '../graphql/errors.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Spend, Spent } from './rate-limits.ts';

/** Refusals are delayed, so that a client that tries one key after the other cannot keep the process busy. */
const REFUSAL_MS = 3000;
/** The most delayed refusals. Each holds a request in memory. */
const MAX_WAITING = 1000;

/** A new key counts once for as many operations. An honest client sends several before Astria has answered the first. */
const OPERATIONS_OF_KEY = 20;
/** The most keys whose operations are counted. The least recently used one is dropped, and counts again. */
const MAX_KEYS = 10_000;

interface NewKey {
  address: string;
  token: string;
}

/** Counts operations with a key that Astria has not accepted yet. Throws if its address has sent too many such keys. */
export type SpendAsNew = (key: NewKey, operations: number) => Promise<void>;

/**
 * Limits how many keys that Astria has not accepted yet one address may send. Each process counts for itself, because counting
 * must cost less than what it prevents.
 */
export function createNewKeyLimit(rate: RateLimit, refusalMs = REFUSAL_MS): SpendAsNew {
  const paid = new LRUCache<string, { left: number }>({ max: MAX_KEYS, ttl: rate.seconds * 1000 });
  let counting: Promise<Spend> | undefined;
  let waiting = 0;

  /** Returns whether the key has operations left of those for which it was counted. */
  function takes(name: string, operations: number): boolean {
    const known = paid.get(name);
    if (!known || known.left < operations) return false;
    known.left -= operations;
    return true;
  }

  return async ({ address, token }, operations) => {
    const name = hash('sha256', `${address} ${token}`);
    // Loaded with the first key, since it takes 25 ms.
    counting ??= import('./rate-limits.ts').then(({ countAlone }) => countAlone(rate, tooMany));
    const spend = await counting;
    if (takes(name, operations)) return;
    // Set first, so that requests that come together count once.
    paid.set(name, { left: OPERATIONS_OF_KEY - operations });
    try {
      await spend(address, 1);
    } catch (refusal) {
      paid.delete(name);
      if (waiting >= MAX_WAITING) throw refusal;
      waiting++;
      // Spread out, so that requests that came together are not answered together.
      await sleep(refusalMs * (0.5 + Math.random()));
      waiting--;
      throw refusal;
    }
  };
}

const tooMany = ({ max, seconds }: RateLimit, { found, waitMs }: Spent) =>
  rateLimited(
    `From one address ${max} keys that Astria has not accepted yet may be sent in ${seconds} s: ask again in ${Math.ceil(waitMs / 1000)} s, and first with a key that works. If many callers share an address, the operator can set TRUSTED_PROXY or NEW_KEY_RATE_LIMIT.`,
    { name: 'newKeyRequests', max, found },
    waitMs,
  );
