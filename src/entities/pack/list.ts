import { builder } from '../../graphql/builder.ts';
import { offsetConnection, type PageArgs, pageArgs } from '../../graphql/connection.ts';
import { PackFilterInput } from './filter.ts';
import type { PackRow } from './loader.ts';
import type { OffsetPage, PackFilter } from './rest.ts';

/** The arguments of every list of packs. */
export const packListArgs = {
  ...pageArgs,
  ...builder.args((t) => ({
    filter: t.field({ type: PackFilterInput, description: 'Only the rows that match.' }),
  })),
};

type ListArgs = PageArgs & { filter?: typeof PackFilterInput.$inferInput | null };

/** Returns a page of packs from the given loader. */
export const listPacks = (
  pages: { load(query: PackFilter & OffsetPage): Promise<readonly PackRow[]> },
  { filter, ...args }: ListArgs,
) => offsetConnection(args, (page) => pages.load({ ...filter, ...page }));
