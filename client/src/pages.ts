/** How the pages of a connection become one list: by `nodes`, by `edges`, or both, whichever were asked for. */
import type { FieldFunctionOptions, FieldPolicy } from '@apollo/client/cache';

interface Pages {
  nodes?: readonly unknown[];
  edges?: readonly unknown[];
  pageInfo?: { endCursor?: string | null };
  /** How many rows there are up to the end of each page that was read. */
  counts?: Readonly<Record<string, number>>;
}

type Options = Pick<FieldFunctionOptions, 'args'>;

/** A list is another one where the arguments `keyArgs` are; `first` and `after` say which page of it is meant. */
export const pagesPolicy = (keyArgs: readonly string[]): FieldPolicy<Pages> => ({
  keyArgs: keyArgs.length > 0 && [...keyArgs],
  merge: mergePages,
});

/** What follows `after` takes the place of whatever followed it before; the first page begins the list anew. */
function mergePages(existing: Pages | undefined, incoming: Pages, { args }: Options): Pages {
  const after: string | undefined = args?.after ?? undefined;
  const known = existing?.nodes?.length ?? existing?.edges?.length ?? 0;
  const start = after === undefined ? 0 : (existing?.counts?.[after] ?? known);
  const arrived = incoming.nodes?.length ?? incoming.edges?.length ?? 0;
  const nodes = join(existing?.nodes, incoming.nodes, start, arrived);
  const edges = join(existing?.edges, incoming.edges, start, arrived);
  const end = incoming.pageInfo?.endCursor;
  return {
    ...existing,
    ...incoming,
    ...(nodes && { nodes }),
    ...(edges && { edges }),
    counts: {
      ...(after !== undefined && existing?.counts),
      ...(end && { [end]: start + arrived }),
    },
  };
}

/** Of a list that this page was not asked for, no more is kept than the other has now. */
const join = (
  before: readonly unknown[] | undefined,
  page: readonly unknown[] | undefined,
  start: number,
  arrived: number,
) => (page ? [...(before ?? []).slice(0, start), ...page] : before?.slice(0, start + arrived));
