import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Credential } from './credential.ts';
import { isTurnedAway } from './errors.ts';
import type { Errand } from './transport/errand.ts';

/** The most keys that are kept. The least recently used one is dropped, and counts by its address again. */
const MAX_KEYS = 20_000;

/**
 * The keys of callers that Astria has accepted. A caller with another key, or with none, is a stranger and counts by its
 * address: anybody can invent ten thousand keys, but nobody has that many addresses.
 */
export class AcceptedKeys {
  /** Keys are kept as hashes, so that a memory dump reveals none. */
  readonly #known = new LRUCache<string, true>({ max: MAX_KEYS });

  /** Returns the address that a stranger counts by, or undefined if the caller is no stranger. */
  strangerAt({ token, address }: Credential): string | undefined {
    if (address === undefined) return undefined;
    return token && this.#known.get(digestOf(`Bearer ${token}`)) ? undefined : address;
  }

  /** Learns from the status of Astria's answer whether the key is accepted. */
  note({ headers: { authorization }, stranger }: Errand, status: number) {
    if (!authorization) return;
    if (status === 401) this.#known.delete(digestOf(authorization));
    else if (stranger !== undefined && status < 500 && !isTurnedAway(status)) {
      this.#known.set(digestOf(authorization), true);
    }
  }
}

const digestOf = (authorization: string) => hash('sha256', authorization, 'base64');
