import type { Page } from '../upstream/client.ts';
import { builder, type RowType } from './builder.ts';
import { FOR_ALL } from './caching.ts';
import { upstream } from './cost/cost.ts';
import { badRequest } from './errors.ts';

/** The arguments of every connection. */
export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

export interface Connection<Row> {
  nodes: readonly Row[];
  /** Returns the cursor of a node of this page. */
  cursorOf(index: number): string;
  /** Called only if the operation selects it, because it may cost a call. */
  hasNextPage(): boolean | Promise<boolean>;
  hasPreviousPage: boolean;
}

interface Edge<Row> {
  node: Row;
  cursor: string;
}

export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 20;

const PageInfoType = builder.objectRef<Connection<unknown>>('PageInfo').implement({
  description: 'The position of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description:
        'Whether there is at least one more row. Exact; may cost one more call to Astria.',
      extensions: { ...upstream({ calls: 'each' }), ...FOR_ALL },
      resolve: (page) => page.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      extensions: FOR_ALL,
      description: 'Whether rows come before this page: true for every page but the first.',
      resolve: (page) => page.hasPreviousPage,
    }),
    startCursor: t.string({
      extensions: FOR_ALL,
      description: 'The cursor of the first row; null on an empty page.',
      resolve: (page) => (page.nodes.length > 0 ? page.cursorOf(0) : null),
    }),
    endCursor: t.string({
      extensions: FOR_ALL,
      description: 'The cursor of the last row, for `after`; null on an empty page.',
      resolve: (page) => (page.nodes.length > 0 ? page.cursorOf(page.nodes.length - 1) : null),
    }),
  }),
});

/** Defines `TuneConnection` and `TuneEdge` for a `Tune`. */
export function connectionType<Row>(type: RowType<Row>, name: string) {
  const EdgeType = builder.objectRef<Edge<Row>>(`${name}Edge`).implement({
    description: `A ${name} and its place in the list.`,
    fields: (t) => ({
      node: t.field({
        type,
        nullable: false,
        extensions: FOR_ALL,
        description: `The ${name}.`,
        resolve: (edge) => edge.node as never,
      }),
      cursor: t.exposeString('cursor', {
        nullable: false,
        extensions: FOR_ALL,
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
        extensions: { ...upstream({ rows: 'page' }), ...FOR_ALL },
        resolve: (page) => page.nodes as never,
      }),
      edges: t.field({
        type: [EdgeType],
        nullable: { list: false, items: false },
        description: 'The rows, each with its cursor.',
        extensions: { ...upstream({ rows: 'page' }), ...FOR_ALL },
        resolve: (page) =>
          page.nodes.map((node, index) => ({ node, cursor: page.cursorOf(index) })),
      }),
      pageInfo: t.field({
        type: PageInfoType,
        nullable: false,
        extensions: FOR_ALL,
        description: 'Whether there are more rows, and where they begin.',
        resolve: (page) => page,
      }),
    }),
  });
}

/** `first` and `after`, the same for all connections. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    defaultValue: DEFAULT_PAGE,
    description: `How many rows at most: 0 to ${MAX_PAGE}.`,
  }),
  after: t.string({
    description:
      'The `endCursor` of the page before, or the cursor of any row; left out for the newest.',
  }),
}));

/**
 * Returns a page of a list that Astria pages by keyset (`before_id`). New rows appear at the other end, so none is repeated or
 * skipped. Astria may return fewer rows than the limit before the end of the list: only an empty page is the end.
 */
export async function keysetConnection<Row extends { id: number }>(
  args: PageArgs,
  fetch: (page: Page) => Promise<readonly Row[]>,
): Promise<Connection<Row>> {
  const first = checkedFirst(args);
  const before_id = args.after ? beforeOf(args.after) : undefined;
  const answer = await fetch({ limit: first + 1, ...(before_id && { before_id }) });
  const rows = descending(answer, before_id);
  const nodes = rows.slice(0, first);
  return {
    nodes,
    cursorOf: (index) => cursor(`before:${nodes[index]?.id}`),
    hasPreviousPage: before_id !== undefined,
    hasNextPage: async () => {
      if (rows.length > first || rows.length === 0) return rows.length > 0;
      const last = rows.at(-1)?.id;
      return descending(await fetch({ limit: 1, before_id: last }), last).length > 0;
    },
  };
}

/** Drops rows that are out of order. A row that is not below the one before it would make paging go in circles. */
function descending<Row extends { id: number }>(rows: readonly Row[], below = Infinity): Row[] {
  let last = below;
  return rows.filter(({ id }) => {
    const isNext = id < last;
    if (isNext) last = id;
    return isNext;
  });
}

type OffsetFetch<Row> = (page: { limit: number; offset: number }) => Promise<readonly Row[]>;

/** Returns a page of a list that Astria pages by offset only. */
export async function offsetConnection<Row extends { id: number }>(
  args: PageArgs,
  fetch: OffsetFetch<Row>,
): Promise<Connection<Row>> {
  const first = checkedFirst(args);
  const after = args.after ? positionOf(args.after) : undefined;
  const { page, offset } = await pageBehind(after, first + 1, fetch);
  const rows = [...new Map(page.map((row) => [row.id, row])).values()];
  const nodes = rows.slice(0, first);
  return {
    nodes,
    cursorOf: (index) => cursor(`offset:${offset + index + 1}:${nodes[index]?.id}`),
    hasPreviousPage: after !== undefined,
    hasNextPage: async () => {
      if (rows.length > first || page.length === 0) return rows.length > first;
      const next = await fetch({ limit: 1, offset: offset + page.length });
      return next.some((row) => rows.every(({ id }) => id !== row.id));
    },
  };
}

/** Returns the rows behind the cursor, and the offset of the first one. */
async function pageBehind<Row extends { id: number }>(
  after: Position | undefined,
  limit: number,
  fetch: OffsetFetch<Row>,
) {
  if (!after) return { page: await fetch({ limit, offset: 0 }), offset: 0 };
  // Reads one row before the page, to see whether the cursor's row is still at its offset.
  const [last, ...page] = await fetch({ limit: limit + 1, offset: after.offset - 1 });
  const isThere = last?.id === after.id;
  if (isThere && page.length > 0) return { page, offset: after.offset };
  const offset = isThere ? after.offset : await offsetBehind(after.id, fetch);
  return { page: await fetch({ limit, offset }), offset };
}

/** The most pages in which a row that has moved is looked for: 2,000 rows. */
const MAX_SEARCHED_PAGES = 20;

/**
 * Finds where the list continues behind a row, if rows before it were added or removed. If the row itself is gone, the list
 * continues with the first older one, which has a lower id.
 */
async function offsetBehind<Row extends { id: number }>(id: number, fetch: OffsetFetch<Row>) {
  let offset = 0;
  let older: number | undefined;
  for (let searched = 0; searched < MAX_SEARCHED_PAGES; searched++) {
    const page = await fetch({ limit: MAX_PAGE, offset });
    const found = page.findIndex((row) => row.id === id);
    if (found >= 0) return offset + found + 1;
    const next = page.findIndex((row) => row.id < id);
    if (next >= 0) older ??= offset + next;
    offset += page.length;
    if (page.length === 0) return older ?? offset;
  }
  if (older !== undefined) return older;
  throw badRequest('`after` names a row that is no longer found: begin again without it.');
}

interface Position {
  /** How many rows stood up to and with the one of the cursor. */
  offset: number;
  id: number;
}

function checkedFirst(args: PageArgs): number {
  const first = args.first ?? DEFAULT_PAGE;
  if (first >= 0 && first <= MAX_PAGE) return first;
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

function positionOf(after: string): Position {
  const [offset, id] = decoded(after, /^offset:([1-9]\d{0,8}):([1-9]\d{0,15})$/) as [
    number,
    number,
  ];
  return { offset, id };
}
