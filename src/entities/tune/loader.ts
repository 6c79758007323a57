import { perScope, type Scope } from '../../context.ts';
import type { Page } from '../../upstream/client.ts';
import { listLoader, RowLoader } from '../../upstream/loaders.ts';
import { fetchGalleryTunes, fetchTune, fetchTunes, type Tune, type TuneFilter } from './rest.ts';

/** Ids that stand as the base of something: nearly always foundation models, which no account lists. */
const baseTuneIds = perScope((_: Scope) => new Set<number>());

export const tuneById = perScope(
  (scope: Scope): RowLoader<Tune> =>
    new RowLoader<Tune>({
      window: (page) => tunePages(scope).load(page),
      one: async (id) => noteBase(scope, await fetchTune(scope.astria, id)),
      isUnlisted: (id) => baseTuneIds(scope).has(id),
    }),
);

export const tunePages = perScope((scope: Scope) =>
  listLoader(async (query: TuneFilter & Page) => {
    return see(scope, await fetchTunes(scope.astria, query));
  }),
);

export const galleryTunePages = perScope((scope: Scope) =>
  listLoader(async (query: TuneFilter & Page) => {
    return see(scope, await fetchGalleryTunes(scope.astria, query));
  }),
);

function see(scope: Scope, rows: Tune[]) {
  for (const row of rows) noteBase(scope, row);
  return tuneById(scope).see(rows);
}

function noteBase(scope: Scope, row: Tune) {
  if (row.base_tune_id) baseTuneIds(scope).add(row.base_tune_id);
  return row;
}
