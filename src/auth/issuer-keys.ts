/** The public keys of the tokens' issuer: fetched as they are needed, and good for a day where the issuer is out of reach. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { backoffMs } from '../upstream/transport/backoff.ts';

/** After this they are fetched anew: what the issuer has withdrawn counts no longer. */
const FRESH_MS = 10 * 60_000;
/** So long they count where they cannot be. */
const LONGEST_MS = 24 * 60 * 60_000;
const FETCH_MS = 3000;
/** Between a fetch that has failed and the next, where there are keys to go on with. */
const BACKOFF = { firstMs: 1000, longestMs: 60_000 };
/** Between two fetches for a key that is not known. The token may be junk, or its key new. */
export const UNKNOWN_MS = 2000;

export interface IssuerKeysOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** Told when the keys cannot be had any more, */
  onTrouble(error: unknown): void;
  /** and when they can be again, after so many failures. */
  onRecovery(failures: number): void;
}

/** There are no keys to check a token with, or not the one that it needs, and the issuer is out of reach. */
export class IssuerAway extends Error {}

export function createIssuerKeys(url: URL, options: IssuerKeysOptions): JWTVerifyGetKey {
  const { now, onTrouble, onRecovery } = options;
  // When to fetch is decided here: by itself it would drop the keys that it has, and fetch again for each token.
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

  /** Never two at a time, and none where the last one began less than so long ago. */
  function fetchAfter(gapMs: number) {
    if (!fetching && now() - begunMs >= gapMs) fetching = fetchAnew();
    return fetching;
  }

  const ageMs = () => now() - fetchedMs;

  /** Sees to it that there are keys that count. */
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
