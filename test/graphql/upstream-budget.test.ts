/** What an operation may cost at Astria is known before the first call. */
import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { Operations } from '../../src/graphql/operations.ts';
import { schema } from '../../src/graphql/schema.ts';
import { exampleOperations } from '../../src/http/example-operations.ts';
import { MAX_CALLS } from '../../src/prices/look.ts';
import { runAny } from '../jobs/sse.ts';
import { startJobs } from '../jobs/support.ts';
import { startGateway } from '../support/gateway.ts';

const operations = new Operations(schema);
const estimate = (text: string, variables?: Record<string, unknown>) => {
  const { errors, operation } = operations.find(text);
  expect(errors).toEqual([]);
  return operation()?.estimate.calls(variables);
};

test.each(exampleOperations())('$name costs no more than is estimated', async (example) => {
  const gateway = await startJobs({ seed: true, token: 'sd_demo' });
  const { requests } = gateway;
  const variables = JSON.parse(example.variables);
  expect((await runAny(gateway, example.query, variables)).errors).toBeUndefined();
  // Whose a key is is asked once for all operations, and counts for none of them.
  const isViewer = example.query.includes('viewer');
  const asked = requests().filter((request) => request !== 'GET /users' || isViewer);
  // Nor do prices, that are asked for a write which must not cost too much.
  const forPrices = example.query.includes('$maxCost') ? MAX_CALLS : 0;
  expect(estimate(example.query, variables)).toBeGreaterThanOrEqual(asked.length - forPrices);
});

const page = (first: number, inner: string) => `{ tunes(first: ${first}) { nodes { ${inner} } } }`;
const IDS = Array.from({ length: 100 }, (_, index) =>
  Buffer.from(`Tune:${index + 1}`).toString('base64url'),
);
const PACKS = IDS.map((_, index) => Buffer.from(`Pack:${index + 1}`).toString('base64url'));

test.each([
  ['{ __typename __schema { types { name } } gallery { __typename } }', {}, 0],
  ['{ tune(id: 1) { id } }', {}, 1],
  ['mutation { inspectVideo(input: { video: { signedId: "a" } }) { description } }', {}, 27],
  ['{ tunes { nodes { id } } }', {}, 1],
  ['{ tunes { pageInfo { endCursor } } }', {}, 1],
  ['{ tunes { pageInfo { hasNextPage } } }', {}, 2],
  [page(20, 'prompts { nodes { id } }'), {}, 21],
  [page(20, 'prompts { nodes { id } pageInfo { hasNextPage } }'), {}, 41],
  [page(20, 'a: prompts { nodes { id } } b: prompts(first: 2) { nodes { id } }'), {}, 41],
  ['{ tunes { edges { node { prompts { nodes { id } } } } } }', {}, 21],
  [page(100, 'prompts(first: 100) { nodes { id } }'), {}, 101],
  [page(2, 'prompts { nodes { prompts: tune { id } } }'), {}, 12],
  [page(0, 'prompts { nodes { id } }'), {}, 1],
  [page(-5, 'prompts { nodes { id } }'), {}, 1],
  [page(1000, 'prompts { nodes { id } }'), {}, 101],
  ['query ($n: Int) { tunes(first: $n) { nodes { prompts { nodes { id } } } } }', {}, 21],
  ['query ($n: Int) { tunes(first: $n) { nodes { prompts { nodes { id } } } } }', { n: null }, 21],
  ['query ($n: Int = 7) { tunes(first: $n) { nodes { prompts { nodes { id } } } } }', {}, 8],
  ['query ($n: Int = 7) { tunes(first: $n) { nodes { prompts { nodes { id } } } } }', { n: 9 }, 10],
  [
    '{ ...A } fragment A on Query { tunes(first: 3) { nodes { ...B } } } fragment B on Tune { prompts { nodes { id } } }',
    {},
    4,
  ],
  // Own properties only: every object has these.
  [
    'query ($toString: Int = 100) { tunes(first: $toString) { nodes { prompts { nodes { id } } } } }',
    {},
    101,
  ],
  [
    'query ($valueOf: Int) { tunes(first: $valueOf) { nodes { prompts { nodes { id } } } } }',
    {},
    21,
  ],
  [
    'query ($__proto__: Int = 3) { tunes(first: $__proto__) { nodes { prompts { nodes { id } } } } }',
    {},
    4,
  ],
  // What `@skip` and `@include` leave out costs nothing.
  [page(100, 'prompts @include(if: false) { nodes { id } }'), {}, 1],
  [page(100, 'prompts @include(if: true) { nodes { id } }'), {}, 101],
  [page(100, 'prompts @skip(if: true) { nodes { id } }'), {}, 1],
  [page(100, '... @skip(if: true) { prompts { nodes { id } } }'), {}, 1],
  [page(100, '... @include(if: true) { prompts @skip(if: true) { nodes { id } } }'), {}, 1],
  [
    `query ($with: Boolean!) ${page(100, 'prompts @include(if: $with) { nodes { id } }')}`,
    { with: false },
    1,
  ],
  [
    `query ($with: Boolean!) ${page(100, 'prompts @include(if: $with) { nodes { id } }')}`,
    { with: true },
    101,
  ],
  [
    `query ($with: Boolean = false) ${page(100, 'prompts @include(if: $with) { nodes { id } }')}`,
    {},
    1,
  ],
  [
    `query ($without: Boolean!) ${page(100, '...P @skip(if: $without)')} fragment P on Tune { prompts { nodes { id } } }`,
    { without: true },
    1,
  ],
  [
    `query ($without: Boolean!) ${page(100, '...P @skip(if: $without)')} fragment P on Tune { prompts { nodes { id } } }`,
    { without: false },
    101,
  ],
  // The one call that answers both is made for whichever is asked for.
  [
    'query ($cover: Boolean!) { packs(first: 30) { nodes { coverUrl @include(if: $cover) useMulti } } }',
    { cover: false },
    31,
  ],
  [
    'query ($cover: Boolean!) { packs(first: 30) { nodes { coverUrl @include(if: $cover) useMulti } } }',
    { cover: true },
    31,
  ],
  ['{ packs(first: 30) { nodes { title coverUrl @include(if: false) } } }', {}, 1],
  // A few ids are read singly; many by windows, and 8 more.
  [page(3, 'baseTune { id }'), {}, 4],
  [page(5, 'baseTune { id }'), {}, 7],
  [page(100, 'baseTune { id }'), {}, 10],
  ['{ prompts(first: 100) { nodes { references { tune { id } } } } }', {}, 12],
  // What only a pack itself tells is one call for each, whatever is asked of it.
  ['{ packs(first: 30) { nodes { coverUrl useMulti referenceClassNames } } }', {}, 31],
  ['{ packs(first: 30) { nodes { title costs { className } } } }', {}, 1],
  // Each workspace is a place of its own, with windows of its own.
  ['{ workspaces { tunes(first: 3) { nodes { baseTune { id } } } } }', {}, 41],
  ['{ workspace(id: 1) { payer { name } tunes { nodes { id } } } }', {}, 3],
  ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: IDS }, 9],
  ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: PACKS }, 100],
  ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: IDS[0] }, 1],
  [
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Tune { prompts { nodes { id } } } } }',
    { ids: IDS },
    109,
  ],
  [
    'mutation { likePrompt(input: { id: 1 }) { prompt { id } query { tunes { nodes { id } } } } }',
    {},
    3,
  ],
])('%s with %j is %i calls', (text, variables, calls) => {
  expect(estimate(text, variables)).toBe(calls);
});

test('a hundred lists of a hundred are refused before the first call', async () => {
  const { run, requests } = await startGateway();
  expect(await run(page(100, 'all: prompts(first: 100) { nodes { id } }'))).toEqual({
    errors: [
      {
        message:
          'This may take 101 calls to Astria, but at most 80 are allowed; 100 of them for `tunes.nodes.all`: lower `first` above it, or ask for less at once.',
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'upstreamCalls', max: 80, found: 101 },
        },
      },
    ],
  });
  expect(requests()).toEqual([]);
});

test('variables decide, and the largest that may be is allowed', async () => {
  const { run, requests } = await startGateway({ environment: { MAX_UPSTREAM_CALLS: '21' } });
  const text = 'query ($n: Int) { tunes(first: $n) { nodes { prompts { nodes { id } } } } }';
  expect(await run(text, { n: 20 })).toEqual({ data: { tunes: { nodes: [] } } });
  expect(requests()).toHaveLength(1);
  const { errors } = await run(text, { n: 21 });
  expect(errors?.[0]?.extensions?.limit).toEqual({ name: 'upstreamCalls', max: 21, found: 22 });
  expect(requests()).toHaveLength(1);
});

test('what is left out is not asked of Astria, and what it is estimated at is what it takes', async () => {
  const { run, account, requests, emulator } = await startGateway();
  account.addTune({ id: 5 });
  const prompts = 'prompts(first: 1) @include(if: false) { nodes { id } }';
  expect((await run(page(100, `id ${prompts}`))).errors).toBeUndefined();
  expect(requests()).toEqual(['GET /tunes?limit=101']);
  emulator.clearRequests();
  account.addPrompt({ id: 7, tune_id: 5 });
  const token = '{ prompt(id: 7) { tune { astriaId token @include(if: false) } } }';
  // Asked twice: the second time by a plan.
  for (let times = 0; times < 2; times++) {
    expect(await run(token)).toEqual({ data: { prompt: { tune: { astriaId: 5 } } } });
  }
  expect(new Set(requests())).toEqual(new Set(['GET /prompts/7']));
  const either = `query ($with: Boolean!) ${token.replace('false', '$with')}`;
  for (const isWith of [false, true, false]) await run(either, { with: isWith });
  expect(requests().filter((asked) => asked.startsWith('GET /tunes'))).toEqual(['GET /tunes/5']);
});

test('a write is not paid for where what follows it would cost too much, whatever the variable is called', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation ($toString: Int = 100) {
    createPrompt(input: { tuneId: 1504944, text: "x" }) {
      query { tunes(first: $toString) { nodes { prompts { nodes { id } } } } }
    }
  }`);
  expect(errors?.[0]?.extensions?.limit).toEqual({ name: 'upstreamCalls', max: 80, found: 102 });
  expect(requests()).toEqual([]);
});

test.each(['promptsAttributes: [{ text: "x", seed: $toString }]', 'characteristics: [$toString]'])(
  'a variable with a name that every object has is no value within %s',
  async (field) => {
    const { run, requests } = await startGateway();
    const { errors } = await run(`mutation ($toString: SafeInt) {
    createTune(input: { title: "x", name: "man", imageUrls: [], ${field} }) { tune { id } }
  }`);
    expect(errors?.[0]?.message).toBe(
      'The variable `$toString` has a name that every JavaScript object has, and is used within a list or an object: give it another name.',
    );
    expect(requests()).toEqual([]);
  },
);

test('a mutation whose payload would cost too much is refused before anything is paid', async () => {
  const { run, requests } = await startGateway();
  const { data, errors } = await run(`mutation {
    createPrompt(input: { tuneId: 1504944, text: "x" }) {
      query { tunes(first: 100) { nodes { prompts { nodes { id } } } } }
    }
  }`);
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions).toEqual({
    code: 'OPERATION_TOO_COMPLEX',
    limit: { name: 'upstreamCalls', max: 80, found: 102 },
  });
  expect(requests()).toEqual([]);
});

/** What a row, an answer or the ledger has: none of these needs a call. */
const AT_HAND = [
  'BudgetPeriod.left',
  'BudgetPeriod.limit',
  'BudgetPeriod.reserved',
  'BudgetPeriod.spent',
  'DirectUpload.headers',
  'ModelCatalogue.defaultImageModel',
  'ModelCatalogue.defaultVideoModel',
  'Pack.costs',
  'Payer.balance',
  'Prompt.cost',
  'Prompt.images',
  'Prompt.progress',
  'Query.gallery',
  'Tune.cost',
  'Viewer.balance',
  'Viewer.budget',
  'Viewer.payer',
];
/** What a mutation, a list or a stream answers is there with it. */
const IS_OF_AN_ANSWER = /(?:Payload|Event|Edge|Connection|Order|Estimate)\./;

test('every field that may need a call states what it costs', () => {
  const silent = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        name: `${type.name}.${field.name}`,
        field,
      })),
    )
    .filter(({ field }) => field.resolve && field.extensions.pothosExposedField === undefined)
    .filter(({ field }) => !isLeafType(getNamedType(field.type)) || isAsync(field.resolve))
    .filter(({ name, field }) => !field.extensions.upstream && !IS_OF_AN_ANSWER.test(name))
    .map(({ name }) => name);
  expect(
    silent,
    'say `extensions: upstream({ … })` beside those that are new here, or add them to AT_HAND',
  ).toEqual(AT_HAND);
});

/** A value that is waited for is waited for from Astria. */
const isAsync = (resolve: unknown) => Object(resolve).constructor.name === 'AsyncFunction';

test('the cap holds when an operation turns out to cost more than was estimated', async () => {
  const { run, account, requests } = await startGateway({
    environment: { MAX_UPSTREAM_CALLS: '20' },
  });
  // Tunes of nobody's: no window holds them.
  for (let id = 1; id <= 30; id++) account.addPrompt({ tune_id: 7_000_000 + id * 1000 });
  const text = '{ prompts(first: 30) { nodes { tune { token } } } }';
  expect(estimate(text)).toBe(10);
  const { errors } = await run(text);
  expect(requests()).toHaveLength(20);
  expect(errors).toHaveLength(30);
  expect(errors?.at(-1)?.extensions).toEqual({
    code: 'OPERATION_TOO_COMPLEX',
    limit: { name: 'upstreamCalls', max: 20, found: 21 },
  });
});
