import { builder, type RowType } from './builder.ts';
import { badRequest } from './errors.ts';

/** The arguments of every connection, as they come in. */
export interface PageArgs {
  first: number;
  after?: string | null;
}

export interface Connection<Row> {
  nodes: readonly Row[];
  /** The place of a node of this page, from which the next page can go on. */
  cursorOf(index: number): string;
  /** Asked only when the operation asks: it may cost a call. */
  hasNextPage(): boolean | Promise<boolean>;
  hasPreviousPage: boolean;
}

interface Edge<Row> {
  node: Row;
  cursor: string;
}

const MAX_PAGE = 100;

const PageInfoType = builder.objectRef<Connection<unknown>>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description:
        'Whether there is at least one more row. Exact; may cost one more call to Astria.',
      resolve: (page) => page.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: 'Whether rows come before this page: true for every page but the first.',
      resolve: (page) => page.hasPreviousPage,
    }),
    startCursor: t.string({
      description: 'The cursor of the first row; null on an empty page.',
      resolve: (page) => (page.nodes.length > 0 ? page.cursorOf(0) : null),
    }),
    endCursor: t.string({
      description: 'The cursor of the last row, for `after`; null on an empty page.',
      resolve: (page) => (page.nodes.length > 0 ? page.cursorOf(page.nodes.length - 1) : null),
    }),
  }),
});

/** `TuneConnection` and `TuneEdge`, for a `Tune`. */
export function connectionType<Row>(type: RowType<Row>, name: string) {
  const EdgeType = builder.objectRef<Edge<Row>>(`${name}Edge`).implement({
    description: `A ${name} and its place in the list.`,
    fields: (t) => ({
      node: t.field({
        type,
        nullable: false,
        description: `The ${name}.`,
        resolve: (edge) => edge.node as never,
      }),
      cursor: t.exposeString('cursor', {
        nullable: false,
        description: 'Give it as `after` to go on behind this row.',
      }),
    }),
  });
  return builder.objectRef<Connection<Row>>(`${name}Connection`).implement({
    description: `A page of ${name}s, newest first.`,
    fields: (t) => ({
      nodes: t.field({
        type: [type],
        nullable: { list: false, items: false },
        description: 'The rows.',
        resolve: (page) => page.nodes as never,
      }),
      edges: t.field({
        type: [EdgeType],
        nullable: { list: false, items: false },
        description: 'The rows, each with its cursor.',
        resolve: (page) =>
          page.nodes.map((node, index) => ({ node, cursor: page.cursorOf(index) })),
      }),
      pageInfo: t.field({
        type: PageInfoType,
        nullable: false,
        description: 'Whether there is more, and from where.',
        resolve: (page) => page,
      }),
    }),
  });
}

/** `first` and `after`, the same everywhere. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    required: true,
    defaultValue: 20,
    description: `How many rows at most: 0 to ${MAX_PAGE}.`,
  }),
  after: t.string({
    description:
      'The `endCursor` of the page before, or the cursor of any row; left out for the newest.',
  }),
}));

/**
 * A page of a list that Astria pages by keyset (`before_id`). New rows come in at the other end, so none is ever
 * repeated or skipped. Astria may answer short of the limit before the list is at its end: only an empty answer
 * is the end.
 */
export async function keysetConnection<Row extends { id: number }>(
  args: PageArgs,
  fetch: (page: { limit: number; before_id?: number }) => Promise<readonly Row[]>,
): Promise<Connection<Row>> {
  checkFirst(args.first);
  const before_id = args.after ? beforeOf(args.after) : undefined;
  const answer = await fetch({ limit: args.first + 1, ...(before_id && { before_id }) });
  const rows = descending(answer, before_id);
  const nodes = rows.slice(0, args.first);
  return {
    nodes,
    cursorOf: (index) => cursor(`before:${nodes[index]?.id}`),
    hasPreviousPage: before_id !== undefined,
    hasNextPage: async () => {
      if (rows.length > args.first || rows.length === 0) return rows.length > 0;
      const last = rows.at(-1)?.id;
      return descending(await fetch({ limit: 1, before_id: last }), last).length > 0;
    },
  };
}

/** Without rows that are out of order: one that is not below the row before it would lead round in circles. */
function descending<Row extends { id: number }>(rows: readonly Row[], below = Infinity): Row[] {
  let last = below;
  return rows.filter((row) => {
    const isNext = row.id < last;
    if (isNext) last = row.id;
    return isNext;
  });
}

type OffsetFetch<Row> = (page: { limit: number; offset: number }) => Promise<readonly Row[]>;

/**
 * A page of a list that Astria pages by offset only. Its rows stand by id, newest first, as in every list, so the
 * last id seen tells where to go on when rows have come or gone since.
 */
export async function offsetConnection<Row extends { id: number }>(
  args: PageArgs,
  fetch: OffsetFetch<Row>,
): Promise<Connection<Row>> {
  checkFirst(args.first);
  const after = args.after ? placeOf(args.after) : undefined;
  // With a cursor, one row of overlap shows whether the list has moved.
  const limit = args.first + (after ? 2 : 1);
  const rows: { row: Row; end: number }[] = [];
  let { page, offset } = await seek(fetch, limit, after);
  const take = () => {
    for (const [index, row] of page.entries()) {
      const last = rows.at(-1)?.row.id ?? after?.id ?? Number.POSITIVE_INFINITY;
      if (row.id < last) rows.push({ row, end: offset + index + 1 });
    }
    offset += page.length;
  };
  take();
  // Full pages of rows already seen: newer ones have moved the list on.
  while (rows.length <= args.first && page.length === limit) {
    page = await fetch({ limit, offset });
    take();
  }
  const nodes = rows.slice(0, args.first).map(({ row }) => row);
  return {
    nodes,
    cursorOf: (index) => cursor(`offset:${rows[index]?.end}:${nodes[index]?.id}`),
    hasPreviousPage: after !== undefined,
    hasNextPage: async () => {
      if (rows.length > args.first || page.length === 0) return rows.length > args.first;
      return (await fetch({ limit: 1, offset })).length > 0;
    },
  };
}

/** The page that holds the row of the cursor, or one before it: rows that are gone have moved the rest up. */
async function seek<Row extends { id: number }>(
  fetch: OffsetFetch<Row>,
  limit: number,
  after: Place | undefined,
) {
  let offset = after ? Math.max(0, after.offset - 1) : 0;
  let page = await fetch({ limit, offset });
  while (after && offset > 0 && (page[0]?.id ?? 0) < after.id) {
    offset = Math.max(0, offset - limit);
    page = await fetch({ limit, offset });
  }
  return { page, offset };
}

interface Place {
  /** How many rows stood up to and with the one of the cursor. */
  offset: number;
  id: number;
}

function checkFirst(first: number) {
  if (first >= 0 && first <= MAX_PAGE) return;
  const limit = { name: 'first', max: MAX_PAGE, found: first };
  throw badRequest(`\`first\` is ${first}; it can be 0 to ${MAX_PAGE}.`, limit);
}

const cursor = (place: string) => Buffer.from(place).toString('base64url');

const decoded = (text: string, pattern: RegExp): number[] => {
  const match = Buffer.from(text, 'base64url').toString().match(pattern);
  if (match) return match.slice(1).map(Number);
  throw badRequest(
    `\`after\` is ${JSON.stringify(text)}, which is no cursor of this list: give \`pageInfo.endCursor\` as it came.`,
  );
};

const beforeOf = (after: string) => decoded(after, /^before:([1-9]\d{0,15})$/)[0] as number;

function placeOf(after: string): Place {
  const [offset, id] = decoded(after, /^offset:(\d{1,9}):([1-9]\d{0,15})$/) as [number, number];
  return { offset, id };
}
