import { findsRows } from '../../auth/bounds.ts';
import { type PlacedRow, perScope, placed, placedRows, type Scope } from '../../scope.ts';
import type { Page } from '../../upstream/client.ts';
import { isBroken } from '../../upstream/contract/decode.ts';
import { absent, ifTold, rowIn } from '../../upstream/keyset.ts';
import { listLoader, RowLoader } from '../../upstream/loaders.ts';
import { paidFor } from './paid-for.ts';
import { fetchGalleryTunes, fetchTune, fetchTunes, type Tune, type TuneFilter } from './rest.ts';

export type TuneRow = PlacedRow<'Tune', Tune>;

/** The ids of base tunes. They are nearly always foundation models, which are in no account's list. */
const baseTuneIds = perScope((_: Scope) => new Set<number>());

export const tuneById = perScope(
  (scope: Scope): RowLoader<TuneRow> =>
    new RowLoader<TuneRow>({
      window: (page) => tunePages(scope).load(page),
      one: async (id) => {
        const tune = await (scope.isBound ? tuneWithin(scope, id) : fetchTune(scope.astria, id));
        noteBase(scope, tune);
        return placed('Tune', tune, scope);
      },
      isUnlisted: (id) => baseTuneIds(scope).has(id),
    }),
);

findsRows('Tune', (scope: Scope, id: number) => tuneById(scope).load(id));

/** Loads a tune for a bound caller. A tune does not tell its workspace, so it must be public or be in the workspace's list. */
async function tuneWithin(scope: Scope, id: number): Promise<Tune> {
  const row =
    (await rowIn(id, (page) => tunePages(scope).load(page))) ??
    (await rowIn(id, (page) => galleryTunePages(scope).load(page)));
  if (row) return row;
  const tune = await ifTold(fetchTune(scope.astria, id));
  return tune && !isTrained(tune) ? tune : absent();
}

const OF_TRAINING = ['model_type', 'base_tune_id', 'orig_images', 'eta', 'expires_at'] as const;

/** Nobody trained a foundation model. A field that cannot be read does not count as missing. */
const isTrained = (tune: Tune) =>
  OF_TRAINING.some((field) => isBroken(tune, field) || [tune[field]].flat().some(Boolean));

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
  scope.memory().note('tunes', rows, paidFor);
  return tuneById(scope).see(placedRows('Tune', rows, scope));
}

function noteBase(scope: Scope, { base_tune_id: id }: Tune) {
  if (id) baseTuneIds(scope).add(id);
}
