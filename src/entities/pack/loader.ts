import DataLoader from 'dataloader';
import { findsRows } from '../../auth/bounds.ts';
import { type PlacedRow, perScope, placed, placedRows, type Scope } from '../../scope.ts';
import { MAX_LIMIT } from '../../upstream/client.ts';
import { absent, FEW, ifTold, readSingly } from '../../upstream/keyset.ts';
import { listLoader } from '../../upstream/loaders.ts';
import {
  fetchGalleryPacks,
  fetchPack,
  fetchPacks,
  type OffsetPage,
  type Pack,
  type PackFilter,
} from './rest.ts';

export type PackRow = PlacedRow<'Pack', Pack>;

/** Loads a complete pack by id or slug. The rows of other loaders lack fields. */
export const packDetail = perScope((scope: Scope) => {
  const loader = new DataLoader<number | string, PackRow | null>(async (keys) => {
    const packs = await readSingly(keys, async (key) => {
      const pack = await (scope.isBound ? packWithin(scope, key) : fetchPack(scope.astria, key));
      return placed('Pack', pack, scope);
    });
    for (const pack of packs) {
      if (!pack || pack instanceof Error) continue;
      loader.prime(pack.id, pack);
      if (pack.slug) loader.prime(pack.slug, pack);
    }
    return packs;
  });
  return loader;
});

findsRows('Pack', (scope: Scope, id: number | string) => packDetail(scope).load(id));

const MAX_PAGES = 20;

/**
 * Loads a pack for a bound caller. A pack does not tell its workspace, so it must be public or be in the workspace's list. The
 * list is read for a missing pack too, so that the calls reveal nothing.
 */
async function packWithin(scope: Scope, key: number | string): Promise<Pack> {
  const pack = await ifTold(fetchPack(scope.astria, key));
  if (pack?.public_at) return pack;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { limit: MAX_LIMIT, offset: page * MAX_LIMIT };
    const rows = await packPages(scope).load(query);
    if (pack && rows.some(({ id }) => id === pack.id)) return pack;
    if (rows.length === 0) break;
  }
  return absent();
}

export const packPages = perScope((scope: Scope) =>
  listLoader(async (query: PackFilter & OffsetPage) =>
    placedRows('Pack', await fetchPacks(scope.astria, query), scope),
  ),
);

export const galleryPackPages = perScope((scope: Scope) =>
  listLoader(async (query: PackFilter & OffsetPage) =>
    placedRows('Pack', await fetchGalleryPacks(scope.astria, query), scope),
  ),
);

/** Loads packs by id, possibly as rows of the list, which lack fields. One page of the list serves many packs. */
export const packById = perScope(
  (scope: Scope) =>
    new DataLoader<number, PackRow | null>(async (ids) => {
      const rows = ids.length > FEW ? await packPages(scope).load({ limit: MAX_LIMIT }) : [];
      const listed = new Map(rows.map((row) => [row.id, row]));
      const single = (id: number) => packDetail(scope).load(id);
      return Promise.all(ids.map((id) => listed.get(id) ?? single(id).catch((error) => error)));
    }),
);
