import type { Context } from '../../context.ts';
import type { Upstream } from '../../upstream/client.ts';
import { type Catalogue, fetchCatalogue } from './rest.ts';

interface Cached {
  catalogue: Promise<Catalogue>;
  /** Epoch milliseconds. Infinity while a request is in flight. */
  until: number;
}

const cache = new WeakMap<Upstream, Cached>();

/** How long an outdated catalogue is used if no newer one can be read. */
const STALE_MS = 60_000;

/**
 * Returns the catalogue, which is the same for everybody and is cached for its own `cache_ttl`. The call counts for the
 * operation that makes it.
 */
export async function catalogueOf({ upstream, now, calls }: Context): Promise<Catalogue> {
  const known = cache.get(upstream);
  if (known && now() < known.until) return known.catalogue;
  // Checked before others can join, so that they do not fail because of this operation's limit.
  calls.mustHaveRoom();
  const nobody = upstream.as({ token: undefined, workspaceId: undefined }, { calls });
  const entry: Cached = { catalogue: refresh(), until: Number.POSITIVE_INFINITY };
  cache.set(upstream, entry);
  return entry.catalogue;

  async function refresh(): Promise<Catalogue> {
    try {
      const catalogue = await fetchCatalogue(nobody);
      entry.until = now() + (catalogue.cache_ttl ?? 0) * 1000;
      return catalogue;
    } catch (error) {
      if (known) cache.set(upstream, { ...known, until: now() + STALE_MS });
      else cache.delete(upstream);
      if (known) return known.catalogue;
      throw error;
    }
  }
}
