/** What is asked, and what every server must answer. */
import { PAGES, pageEnd } from './upstream/bodies.ts';
import { type BodySet, KEY } from './upstream/set.ts';

export const QUERIES = ['Q1', 'Q2', 'Q3'] as const;
export type QueryName = (typeof QUERIES)[number];

export const TRAFFICS = ['same', 'trace', 'users'] as const;
export type Traffic = (typeof TRAFFICS)[number];

/** Of two dialects: our lists are connections, those of the peers are plain. */
export interface Query {
  ours: string;
  theirs: string;
  /** In the peers' dialect, byte for byte. */
  expected(key: string): string;
}

/** Our names, and Astria's: renamed only, so that every server can give them. */
const TUNE = {
  astriaId: 'id',
  title: 'title',
  name: 'name',
  token: 'token',
  branch: 'branch',
  modelType: 'model_type',
  steps: 'steps',
  createdAt: 'created_at',
  trainedAt: 'trained_at',
  expiresAt: 'expires_at',
} as const;

/** More than the `id`, `title` and `name` that travel inside a prompt: the tune itself must be read. */
const TUNE_OF_PROMPT = {
  astriaId: 'id',
  title: 'title',
  token: 'token',
  branch: 'branch',
  createdAt: 'created_at',
} as const;

const PROMPT = {
  astriaId: 'id',
  text: 'text',
  numImages: 'num_images',
  w: 'w',
  h: 'h',
  createdAt: 'created_at',
  trainedAt: 'trained_at',
} as const;

type Names = Record<string, string>;

const pick = (row: object, names: Names) =>
  Object.fromEntries(
    Object.entries(names).map(([ours, theirs]) => [
      ours,
      (row as Record<string, unknown>)[theirs] ?? null,
    ]),
  );
const leaves = (names: Names) => Object.keys(names).join(' ');

const promptSelection = `${leaves(PROMPT)} tune { ${leaves(TUNE_OF_PROMPT)} }`;

const answerOf = (data: object) => {
  const text = JSON.stringify({ data });
  return (key: string) => text.replaceAll(KEY, key);
};

/** It has no rows, and is the same of all. */
export const Q3: Query = {
  ours: '{ __typename }',
  theirs: '{ __typename }',
  expected: answerOf({ __typename: 'Query' }),
};

export function queriesOf(set: BodySet): Record<QueryName, Query> {
  const { page, prompts, usedTunes } = set;
  const tuneById = new Map(usedTunes.map((tune) => [tune.id, tune]));
  return {
    Q1: {
      ours: `{ prompts(first: ${page}) { nodes { ${promptSelection} } } }`,
      theirs: `{ prompts(limit: ${page}) { ${promptSelection} } }`,
      expected: answerOf({
        prompts: prompts.slice(0, page).map((prompt) => ({
          ...pick(prompt, PROMPT),
          tune: pick(tuneById.get(prompt.tune_id) ?? {}, TUNE_OF_PROMPT),
        })),
      }),
    },
    Q2: {
      ours: `{ tunes(first: ${page}) { nodes { ${leaves(TUNE)} } } }`,
      theirs: `{ tunes(limit: ${page}) { ${leaves(TUNE)} } }`,
      expected: answerOf({ tunes: tunesOnPage(set, 0) }),
    },
    Q3,
  };
}

function tunesOnPage({ tunes, page }: BodySet, index: number) {
  return tunes.slice(index * page, (index + 1) * page).map((tune) => pick(tune, TUNE));
}

const pages = Array.from({ length: PAGES }, (_, index) => index);

/** Asked page by page for the cursors of `tenPages`. */
export const cursorQuery = ({ page }: BodySet, after: string | null) =>
  `{ tunes(first: ${page}, after: ${JSON.stringify(after)}) { pageInfo { endCursor } } }`;

/** Q2 ten times over, under aliases. The first cursor is null. */
export function tenPages(set: BodySet, cursors: readonly (string | null)[]): Query {
  const fields = cursors.map(
    (after, index) =>
      `p${index}: tunes(first: ${set.page}, after: ${JSON.stringify(after)}) { nodes { ${leaves(TUNE)} } }`,
  );
  const theirs = pages.map((index) => {
    const before = index === 0 ? '' : `, before: ${pageEnd(set, index - 1)}`;
    return `p${index}: tunes(limit: ${set.page}${before}) { ${leaves(TUNE)} }`;
  });
  const data = Object.fromEntries(pages.map((index) => [`p${index}`, tunesOnPage(set, index)]));
  return {
    ours: `{ ${fields.join(' ')} }`,
    theirs: `{ ${theirs.join(' ')} }`,
    expected: answerOf(data),
  };
}

export type Dialect = 'ours' | 'theirs';

/** An answer as all would put it: lists without `nodes` around them, and without the line end that Apollo adds. */
export function normalised(answer: string, dialect: Dialect): string {
  if (dialect === 'theirs') return answer.trimEnd();
  return answer.replaceAll('{"nodes":[', '[').replaceAll('}]}', '}]');
}

/** Every key once: those of one run of wrk are `count` in a row, of one length. */
let nextKey = 100_000_000_000 + Math.floor(Math.random() * 8e11);
export function reserveKeys(count = 10_000_000): number {
  nextKey += count;
  return nextKey - count;
}
export const keyOf = (number: number) => `sd_u${number}`;
