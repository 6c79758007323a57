import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Credential } from './credential.ts';
import { isTurnedAway } from './errors.ts';
import type { Errand } from './transport/errand.ts';

/** Beyond these the one that was used the longest ago counts by its address once more. */
const MAX_KEYS = 20_000;

/**
 * The keys of callers that Astria has accepted. Whoever brings another one, or none, is a stranger: anybody can make up ten
 * thousand keys, and nobody as many addresses.
 */
export class AcceptedKeys {
  /** By hash: who reads the memory finds none. */
  readonly #known = new LRUCache<string, true>({ max: MAX_KEYS });

  /** The address that a stranger counts by; undefined of anybody else. */
  strangerAt({ token, address }: Credential): string | undefined {
    if (address === undefined) return undefined;
    return token && this.#known.get(digestOf(`Bearer ${token}`)) ? undefined : address;
  }

  /** Astria has answered it, by its key. */
  note({ headers: { authorization }, stranger }: Errand, status: number) {
    if (!authorization) return;
    if (status === 401) this.#known.delete(digestOf(authorization));
    else if (stranger !== undefined && status < 500 && !isTurnedAway(status)) {
      this.#known.set(digestOf(authorization), true);
    }
  }
}

const digestOf = (authorization: string) => hash('sha256', authorization, 'base64');
