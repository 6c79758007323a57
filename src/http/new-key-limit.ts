import { setTimeout as sleep } from 'node:timers/promises';
import { rateLimited } from '../graphql/errors.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Spend, Spent } from './rate-limits.ts';

/** Refusals are delayed, so that a client that tries one key after the other cannot keep the process busy. */
const REFUSAL_MS = 3000;
/** The most delayed refusals. Each holds a request in memory. */
const MAX_WAITING = 1000;

/**
 * Limits what one address may request with keys that Astria has not accepted yet. Throws beyond it. Each process counts for
 * itself, because counting must cost less than what it prevents.
 */
export function createNewKeyLimit(rate: RateLimit, refusalMs = REFUSAL_MS): Spend {
  let counting: Promise<Spend> | undefined;
  let waiting = 0;
  return async (address, operations) => {
    // Loaded with the first key, since it takes 25 ms.
    counting ??= import('./rate-limits.ts').then(({ countAlone }) => countAlone(rate, tooMany));
    const spend = await counting;
    try {
      await spend(address, operations);
    } catch (refusal) {
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
    `From one address ${max} operations may be asked for in ${seconds} s with keys that Astria has not accepted yet: ask again in ${Math.ceil(waitMs / 1000)} s, and first with a key that works. If many callers share an address, the operator can set TRUSTED_PROXY or NEW_KEY_RATE_LIMIT.`,
    { name: 'newKeyRequests', max, found },
    waitMs,
  );
