import { builder } from '../../graphql/builder.ts';
import { keysetConnection, type PageArgs, pageArgs } from '../../graphql/connection.ts';
import type { Page } from '../../upstream/client.ts';
import { PromptFilterInput, toPromptFilter } from './filter.ts';
import type { PromptRow } from './loader.ts';
import type { PromptFilter } from './rest.ts';

/** The arguments of every list of prompts. */
export const promptListArgs = {
  ...pageArgs,
  ...builder.args((t) => ({
    filter: t.field({ type: PromptFilterInput, description: 'Only the rows that match.' }),
  })),
};

type ListArgs = PageArgs & { filter?: typeof PromptFilterInput.$inferInput | null };

/** Returns a page of prompts from the given loader. */
export function listPrompts(
  pages: {
    load(query: PromptFilter & Page): Promise<readonly PromptRow[]>;
  },
  { filter, ...args }: ListArgs,
) {
  const wanted = toPromptFilter(filter);
  return keysetConnection(args, (page) => pages.load({ ...wanted, ...page }));
}
