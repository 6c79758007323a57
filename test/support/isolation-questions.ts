/** What is asked in the attempt to leak, and where in an answer the rows stand. */
import type { Random } from '../../src/emulator/random.ts';
import { HOMES, type Home, type Place, promptIdsIn, tuneIdsIn, WORDS } from './isolation-owners.ts';

export interface Row {
  astriaId: number;
  title?: string;
  text?: string;
  tune?: Row | null;
  prompts?: List | null;
}
type List = { nodes: Row[] };

/** Rows of one kind, all from one place. */
export interface Found {
  kind: 'tunes' | 'prompts' | 'packs' | 'workspaces' | 'viewer';
  /** Null where there should be some. */
  rows: readonly (Row | null)[] | null | undefined;
  /** Where else than in the request's own place it was looked for. */
  place?: Place;
  /** Which of that place were asked for, all of them; without it, some or other. */
  wanted?: (row: { id: number; tuneId?: number; word?: string }) => boolean;
  first?: number;
}

export interface Question {
  document: string;
  operationName?: string;
  variables: Record<string, unknown>;
  isWrite?: boolean;
  /** Rows of other places than the request's own may stand in the answer. */
  reachesOut?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's.
  found(data: any): Found[];
}

const any = () => true;
/** More than anybody has. */
const PLENTY = 40;

const TUNES = `query Tunes($first: Int!) { tunes(first: $first) {
  nodes { astriaId title name token characteristics origImages reference } } }`;
/** Two operations, so that only the name of the operation tells the requests apart. */
const TUNES_OR_PACKS = `${TUNES}
query Packs($first: Int!) { packs(first: $first) { nodes { astriaId title subtitle slug } } }`;

const tunes = (first: number, document = TUNES): Question => ({
  document,
  operationName: 'Tunes',
  variables: { first },
  found: (data) => [{ kind: 'tunes', rows: data.tunes?.nodes, wanted: any, first }],
});

const packs = (first: number): Question => ({
  document: TUNES_OR_PACKS,
  operationName: 'Packs',
  variables: { first },
  found: (data) => [{ kind: 'packs', rows: data.packs?.nodes, wanted: any, first }],
});

const PROMPTS = `query Prompts($first: Int!, $filter: PromptFilter) {
  prompts(first: $first, filter: $filter) {
    nodes { astriaId text negativePrompt images { url } tune { astriaId title } } } }`;

/** By their tunes it takes two calls, so that a change finds it half done. */
const prompts = (first: number, text: string): Question => ({
  document: PROMPTS,
  variables: { first, filter: { text, isVideo: false } },
  found: (data) => {
    const rows: Row[] | undefined = data.prompts?.nodes;
    const wanted: Found['wanted'] = ({ word }) => text === 'prompt' || word === text;
    return [
      { kind: 'prompts', rows, wanted, first },
      { kind: 'tunes', rows: rows?.map(({ tune }) => tune ?? null) },
    ];
  },
});

const TUNE = `query Tune($id: ID!) { tune(id: $id) {
  astriaId title prompts(first: ${PLENTY}) { nodes { astriaId text } } } }`;

const tune = (id: number): Question => ({
  document: TUNE,
  variables: { id: String(id) },
  found: (data) => {
    const row: Row | null = data.tune;
    const found: Found = { kind: 'tunes', rows: row ? [row] : [], wanted: (it) => it.id === id };
    const wanted: Found['wanted'] = ({ tuneId }) => tuneId === id;
    return row ? [found, { kind: 'prompts', rows: row.prompts?.nodes, wanted }] : [found];
  },
});

const PROMPT = 'query Prompt($id: ID!) { prompt(id: $id) { astriaId text negativePrompt } }';

const prompt = (id: number): Question => ({
  document: PROMPT,
  variables: { id: String(id) },
  found: ({ prompt: row }) => [
    { kind: 'prompts', rows: row ? [row] : [], wanted: (it) => it.id === id },
  ],
});

const LISTS = `tunes(first: ${PLENTY}) { nodes { astriaId title } }
  prompts(first: ${PLENTY}) { nodes { astriaId text } }`;
const SEVERAL = `query Several { ${LISTS}
  west: workspace(id: 679) { title ${LISTS} } east: workspace(id: 683) { title ${LISTS} } }`;

/** Several places in one operation. */
const several = (): Question => ({
  document: SEVERAL,
  variables: {},
  reachesOut: true,
  found: (data) =>
    ([[data], [data.west, '679'], [data.east, '683']] as const).flatMap(([at, place]) => [
      { kind: 'tunes', rows: at?.tunes?.nodes, place, wanted: any },
      { kind: 'prompts', rows: at?.prompts?.nodes, place, wanted: any },
    ]),
});

const WHO = 'query Who { viewer { astriaId email } workspaces { astriaId title brief } }';

const who = (): Question => ({
  document: WHO,
  variables: {},
  reachesOut: true,
  found: ({ viewer, workspaces: rows }) => [
    { kind: 'viewer', rows: viewer && [viewer] },
    { kind: 'workspaces', rows, place: 'all', wanted: any },
  ],
});

export function anyQuestion(random: Random): Question {
  const home = random.pick(HOMES);
  return random.pick([
    () => tunes(PLENTY),
    () => tunes(random.pick([1, 3, PLENTY]), TUNES_OR_PACKS),
    () => packs(random.pick([1, PLENTY])),
    () => prompts(PLENTY, 'prompt'),
    () => prompts(random.pick([2, PLENTY]), random.pick([...WORDS, 'new', 'prompt'])),
    () => tune(random.pick(tuneIdsIn(home))),
    () => prompt(random.pick(promptIdsIn(home))),
    several,
    who,
  ])();
}

/** The same document each, so that only the rest of the request tells them apart. */
export const siblings = (random: Random): Question[] =>
  random.pick([
    () => [tunes(PLENTY, TUNES_OR_PACKS), packs(PLENTY)],
    () => [tunes(3, TUNES_OR_PACKS), packs(3)],
    () => [tunes(1), tunes(3), tunes(PLENTY)],
    () => WORDS.map((word) => prompts(PLENTY, word)),
    () => HOMES.flatMap(tuneIdsIn).map(tune),
    () => HOMES.flatMap(promptIdsIn).map(prompt),
  ])();

/** One in which a change of the tune, or of its prompts, is likely to be seen. */
export const tellingQuestion = (random: Random, tuneId: number): Question =>
  random.pick([
    () => tunes(PLENTY),
    () => prompts(PLENTY, 'prompt'),
    () => tune(tuneId),
    several,
  ])();

/** All there is of a kind that changes. */
export const allTunes = () => tunes(PLENTY);
export const allPrompts = () => prompts(PLENTY, 'prompt');

const RENAME = `mutation Rename($input: UpdateTuneInput!) { updateTune(input: $input) {
  tune { astriaId title } query { tunes(first: ${PLENTY}) { nodes { astriaId title } } } } }`;

/** Where a row to be changed is, if it is not where the request is made. */
type Named = { workspaceId?: Home };

export const rename = (input: { id: number; title: string } & Named): Question => ({
  document: RENAME,
  variables: { input: { ...input, id: String(input.id) } },
  isWrite: true,
  reachesOut: true,
  found: ({ updateTune }) => [
    { kind: 'tunes', rows: [updateTune.tune], place: 'all' },
    { kind: 'tunes', rows: updateTune.query?.tunes?.nodes, wanted: any },
  ],
});

export const make = (input: { tuneId: number; text: string } & Named): Question => ({
  document: `mutation Make($input: CreatePromptInput!) {
    createPrompt(input: $input) { prompt { astriaId text } } }`,
  variables: { input: { ...input, tuneId: String(input.tuneId) } },
  isWrite: true,
  reachesOut: true,
  found: ({ createPrompt }) => [{ kind: 'prompts', rows: [createPrompt.prompt], place: 'all' }],
});

export const drop = (input: { id: number } & Named): Question => ({
  document: `mutation Drop($input: DeletePromptInput!) {
    deletePrompt(input: $input) { deletedId } }`,
  variables: { input: { ...input, id: String(input.id) } },
  isWrite: true,
  reachesOut: true,
  found: () => [],
});
