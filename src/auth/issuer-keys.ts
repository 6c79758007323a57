/**
 * The public keys of the tokens' issuer. They are fetched when needed, and stay valid for a day if the issuer cannot be
 * reached.
 */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { backoffMs } from '../upstream/transport/backoff.ts';

/** After this time they are fetched again, so that keys that the issuer has withdrawn are dropped. */
const FRESH_MS = 10 * 60_000;
/** The longest time for which they stay valid if they cannot be fetched. */
const LONGEST_MS = 24 * 60 * 60_000;
const FETCH_MS = 3000;
/** The delay between a failed fetch and the next, if there are keys to go on with. */
const BACKOFF = { firstMs: 1000, longestMs: 60_000 };
/**
 * The shortest time between two fetches for an unknown key, and between two when no valid keys are left. A token with an unknown
 * key may be junk, or the key may be new.
 */
export const UNKNOWN_MS = 2000;

export interface IssuerKeysOptions {
  /** Returns epoch milliseconds. */
  now(): number;
  /** Called at the first fetch that fails, and not at the failures that follow it. */
  onTrouble(error: unknown): void;
  /** Called at the first fetch that succeeds after failures, with their number. */
  onRecovery(failures: number): void;
}

/** There are no keys to check a token with, or not the one that it needs, and the issuer cannot be reached. */
export class IssuerAway extends Error {}

export function createIssuerKeys(url: URL, options: IssuerKeysOptions): JWTVerifyGetKey {
  const { now, onTrouble, onRecovery } = options;
  // This file decides when to fetch. jose alone would drop its keys and fetch again for each token.
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: FETCH_MS,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: Number.POSITIVE_INFINITY,
  });
  let fetchedMs = Number.NEGATIVE_INFINITY;
  let begunMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let backoff = 0;
  let fetching: Promise<void> | undefined;

  async function fetchAnew() {
    begunMs = now();
    try {
      await keys.reload();
      fetchedMs = now();
      if (failures > 0) onRecovery(failures);
      failures = 0;
      backoff = 0;
    } catch (error) {
      if (failures === 0) onTrouble(error);
      backoff = backoffMs(failures++, BACKOFF);
    } finally {
      fetching = undefined;
    }
  }

  /**
   * Returns the fetch in progress. If there is none, it begins one, unless the last one began less than `gapMs` ago. It never
   * rejects: a failure is counted.
   */
  function fetchAfter(gapMs: number) {
    if (!fetching && now() - begunMs >= gapMs) fetching = fetchAnew();
    return fetching;
  }

  const ageMs = () => now() - fetchedMs;

  /** Ensures that there are valid keys. */
  async function renew() {
    if (ageMs() < FRESH_MS) return;
    if (ageMs() >= LONGEST_MS) {
      await fetchAfter(UNKNOWN_MS);
      if (ageMs() >= LONGEST_MS) throw new IssuerAway('There are no keys of the issuer.');
      return;
    }
    const fetched = fetchAfter(backoff);
    // While the issuer is known to be away, nobody waits for it.
    if (failures === 0) await fetched;
  }

  return async (header, token) => {
    await renew();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await fetchAfter(UNKNOWN_MS);
      if (failures > 0) throw new IssuerAway('The key of a token is not known.', { cause: error });
      return keys(header, token);
    }
  };
}
