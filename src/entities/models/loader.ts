import type { Context } from '../../context.ts';
import type { Upstream } from '../../upstream/client.ts';
import { type Catalogue, fetchCatalogue } from './rest.ts';

interface Cached {
  catalogue: Promise<Catalogue>;
  /** Epoch milliseconds; Infinity while it is being asked for. */
  until: number;
}

const cache = new WeakMap<Upstream, Cached>();

/** The same for everybody, and kept for as long as it says itself. */
export function catalogueOf({ upstream, now }: Context): Promise<Catalogue> {
  const known = cache.get(upstream);
  if (known && now() < known.until) return known.catalogue;
  const nobody = upstream.as({ token: undefined, workspaceId: undefined });
  const entry: Cached = { catalogue: fetchCatalogue(nobody), until: Number.POSITIVE_INFINITY };
  cache.set(upstream, entry);
  entry.catalogue.then(
    ({ cache_ttl }) => {
      entry.until = now() + (cache_ttl ?? 0) * 1000;
    },
    () => cache.delete(upstream),
  );
  return entry.catalogue;
}
