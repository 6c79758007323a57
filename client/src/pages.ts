/** Joins the pages of a connection into one list: its `nodes`, its `edges`, or both, as selected. */
import type { FieldFunctionOptions, FieldPolicy } from '@apollo/client/cache';

interface Pages {
  nodes?: readonly unknown[];
  edges?: readonly unknown[];
  pageInfo?: { endCursor?: string | null };
  /** The number of rows up to the end of each page that was read, keyed by the page's cursor. */
  counts?: Readonly<Record<string, number>>;
}

type Options = Pick<FieldFunctionOptions, 'args'>;

/** Lists with different `keyArgs` are cached separately. `first` and `after` select a page of the list. */
export const pagesPolicy = (keyArgs: readonly string[]): FieldPolicy<Pages> => ({
  keyArgs: keyArgs.length > 0 && [...keyArgs],
  merge: mergePages,
});

/** A page replaces everything after its `after` cursor. The first page replaces the whole list. */
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

/** A list that the new page does not select is cut to the length of the other one. */
const join = (
  before: readonly unknown[] | undefined,
  page: readonly unknown[] | undefined,
  start: number,
  arrived: number,
) => (page ? [...(before ?? []).slice(0, start), ...page] : before?.slice(0, start + arrived));
