import { builder } from '../../graphql/builder.ts';
import { keysetConnection, type PageArgs, pageArgs } from '../../graphql/connection.ts';
import type { Page } from '../../upstream/client.ts';
import { TuneFilterInput, toTuneFilter } from './filter.ts';
import type { TuneRow } from './loader.ts';
import type { TuneFilter } from './rest.ts';

/** The arguments of every list of tunes. */
export const tuneListArgs = {
  ...pageArgs,
  ...builder.args((t) => ({
    filter: t.field({ type: TuneFilterInput, description: 'Only the rows that match.' }),
  })),
};

type ListArgs = PageArgs & { filter?: typeof TuneFilterInput.$inferInput | null };

/** Returns a page of tunes from the given loader. */
export function listTunes(
  pages: {
    load(query: TuneFilter & Page): Promise<readonly TuneRow[]>;
  },
  { filter, ...args }: ListArgs,
) {
  const wanted = toTuneFilter(filter);
  return keysetConnection(args, (page) => pages.load({ ...wanted, ...page }));
}
