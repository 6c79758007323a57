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

/** The same for everybody, and kept for as long as it says itself. Who begins the call has made it. */
export async function catalogueOf(context: Context): Promise<Catalogue> {
  const cached = cachedFor(context);
  const catalogue = await cached.catalogue;
  context.freshness.atMost((cached.until - context.now()) / 1000);
  return catalogue;
}

function cachedFor({ upstream, now, calls }: Context): Cached {
  const known = cache.get(upstream);
  if (known && now() < known.until) return known;
  // Before others can join: they are not to fail by its limit.
  calls.mustHaveRoom();
  const nobody = upstream.as({ token: undefined, workspaceId: undefined }, { calls });
  const entry: Cached = { catalogue: refresh(), until: Number.POSITIVE_INFINITY };
  cache.set(upstream, entry);
  return entry;

  async function refresh(): Promise<Catalogue> {
    try {
      const catalogue = await fetchCatalogue(nobody);
      entry.until = now() + (catalogue.cache_ttl ?? 0) * 1000;
      return catalogue;
    } catch (error) {
      if (!known) {
        cache.delete(upstream);
        throw error;
      }
      entry.until = now() + STALE_MS;
      return known.catalogue;
    }
  }
}
