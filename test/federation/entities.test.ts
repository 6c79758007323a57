/** Objects that a router names by their keys. */
import { expect, test } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { IN_679, startBound } from '../support/bound.ts';
import { bearer } from '../support/gateway-keys.ts';
import { startStudio } from '../support/studio.ts';
import { askingAt, SUBGRAPH, startSubgraph } from './support.ts';

const FIRST = 45_000_000;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Of each type with a global id. */
const TITLES =
  '... on Tune { title } ... on Prompt { text } ... on Pack { title } ... on Workspace { title }';

async function startEntities() {
  const studio = await startStudio({ environment: SUBGRAPH });
  return { ...studio, ...askingAt(studio.url.replace('graphql', 'subgraph')) };
}

test.each(['id', 'astriaId'] as const)('an object of each type is found by its %s', async (key) => {
  const { entities, requests } = await startEntities();
  const named = (name: Capitalize<string>, id: number) => ({
    __typename: name,
    [key]: key === 'id' ? globalId(name, id) : id,
  });
  const representations = [
    named('Tune', 10),
    named('Prompt', 20),
    named('Pack', 30),
    named('Workspace', 679),
    named('Tune', 404),
  ];
  expect(await entities(representations, `__typename ${TITLES}`)).toEqual({
    data: {
      _entities: [
        { __typename: 'Tune', title: 'tune of null' },
        { __typename: 'Prompt', text: 'prompt of null' },
        { __typename: 'Pack', title: 'pack of null' },
        { __typename: 'Workspace', title: 'Studio 679' },
        null,
      ],
    },
  });
  expect(requests().sort()).toEqual([
    'GET /p/30',
    'GET /prompts/20',
    'GET /tunes/10',
    'GET /tunes/404',
    'GET /workspaces/679.json',
  ]);
});

test('an astriaId may be a text, as a subgraph with 64-bit numbers sends it', async () => {
  const { entities } = await startEntities();
  expect(await entities([{ __typename: 'Tune', astriaId: '10' }], TITLES)).toEqual({
    data: { _entities: [{ title: 'tune of null' }] },
  });
});

test('many objects, and what they lead to, take as many calls as a list of them', async () => {
  const { entities, account, requests } = await startSubgraph();
  for (const id of range(50)) {
    account.addTune({ id: 5_000_000 + id, title: `tune ${id}`, steps: id });
    account.addPrompt({ id: FIRST + id, tune_id: 5_000_000 + id });
    account.addPack({ id: 100 + id, title: `pack ${id}` });
  }
  const prompts = range(50).map((id) => ({ __typename: 'Prompt', astriaId: FIRST + id }));
  const found = await entities(prompts, '... on Prompt { tune { title steps } }');
  expect(found).toEqual({
    data: { _entities: range(50).map((id) => ({ tune: { title: `tune ${id}`, steps: id } })) },
  });
  expect(requests()).toHaveLength(2);
  const packs = range(50).map((id) => ({ __typename: 'Pack', astriaId: 100 + id }));
  expect(await entities(packs, '... on Pack { title }')).toEqual({
    data: { _entities: range(50).map((id) => ({ title: `pack ${id}` })) },
  });
  expect(requests()).toHaveLength(3);
});

test('objects of a workspace are read together where the request names it, or all', async () => {
  const { entities, account, requests } = await startSubgraph();
  account.addWorkspace({ id: 679 });
  for (const id of range(40)) account.addPrompt({ id: FIRST + id, workspace_id: 679 });
  const prompts = range(40).map((id) => ({ __typename: 'Prompt', astriaId: FIRST + id }));
  for (const [place, calls] of [
    ['679', 1],
    ['all', 1],
    // Astria lists what is in no workspace, and finds the others one by one.
    ['', 41],
  ] as const) {
    const before = requests().length;
    const headers: Record<string, string> = place ? { 'x-workspace-id': place } : {};
    expect(await entities(prompts, '... on Prompt { astriaId }', headers)).toEqual({
      data: { _entities: range(40).map((id) => ({ astriaId: FIRST + id })) },
    });
    expect(requests().length - before).toBe(calls);
  }
});

test('a bound caller gets null for what is elsewhere, of each type', async () => {
  const { placed, url } = await startBound(['679'], SUBGRAPH);
  const { entities } = askingAt(url.replace('graphql', 'subgraph'));
  const headers = { ...bearer('bound'), ...IN_679 };
  const named = (ids: readonly number[]) =>
    ['Tune', 'Prompt', 'Pack', 'Workspace'].map((__typename, index) => ({
      __typename,
      astriaId: ids[index],
    }));
  expect(await entities(named([11, 21, 31, 679]), TITLES, headers)).toEqual({
    data: {
      _entities: [
        { title: 'tune of 679' },
        { text: 'prompt of 679' },
        { title: 'pack of 679' },
        { title: 'Studio 679' },
      ],
    },
  });
  async function callsForNothing(ids: readonly number[]) {
    const before = placed().length;
    expect(await entities(named(ids), TITLES, headers)).toEqual({
      data: { _entities: [null, null, null, null] },
    });
    return placed()
      .slice(before)
      .map((call) => call.replaceAll(/(?<=[=/])\d+/g, 'n'))
      .sort();
  }
  // What is elsewhere cannot be told from what is not there.
  const calls = await callsForNothing([12, 22, 32, 683]);
  expect(calls.length).toBeGreaterThan(3);
  expect(calls.every((call) => call.startsWith('679: '))).toBe(true);
  expect(await callsForNothing([404, 405, 406, 407])).toEqual(calls);
  // Without the header it is the personal scope, which this caller may not use.
  expect(await entities(named([11, 21, 31, 679]), TITLES, bearer('bound'))).toMatchObject({
    data: { _entities: [null, null, null, { title: 'Studio 679' }] },
    errors: range(3).map((index) => ({
      path: ['_entities', index],
      extensions: { code: 'FORBIDDEN' },
    })),
  });
});

test.each([
  [
    { __typename: 'Image', id: 'x' },
    '`representations.0.__typename` is "Image", which is no entity of this subgraph: it must be one of Pack, Prompt, Tune, Workspace.',
  ],
  [
    { id: 'x' },
    '`representations.0.__typename` is missing: it must be one of Pack, Prompt, Tune, Workspace.',
  ],
  [{ __typename: ['Tune'], astriaId: 10 }, '`representations.0.__typename` is ["Tune"]'],
  [5, '`representations.0.__typename` is missing: it must be one of Pack'],
  [[], '`representations.0.__typename` is missing: it must be one of Pack'],
  [
    { __typename: 'Tune' },
    '`representations.0` names no Tune: give one of its keys, `id` or `astriaId`.',
  ],
  [{ __typename: 'Tune', id: null, astriaId: null }, '`representations.0` names no Tune'],
  [
    { __typename: 'Tune', id: '10' },
    '`representations.0.id` is "10", which is not the global id of a Tune: give its `id`, or its `astriaId` under that name.',
  ],
  [{ __typename: 'Tune', id: globalId('Prompt', 10) }, 'which is not the global id of a Tune'],
  [{ __typename: 'Tune', id: 10 }, '`representations.0.id` is 10'],
  ...['x', 0, -1, 1.5, 2 ** 53, [10], { a: 1 }, true].map((astriaId): [object, string] => [
    { __typename: 'Tune', astriaId },
    'which is not a number of Astria',
  ]),
])('%j is refused at its place, and the others answer', async (representation, words) => {
  const { entities, requests } = await startEntities();
  const { data, errors } = await entities(
    [representation, { __typename: 'Tune', astriaId: 10 }],
    TITLES,
  );
  expect(data).toEqual({ _entities: [null, { title: 'tune of null' }] });
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining(words),
      path: ['_entities', 0],
      extensions: { code: 'BAD_REQUEST' },
    },
  ]);
  expect(requests()).toEqual(['GET /tunes/10']);
});

test('an object that cannot be read is null with an error at its place', async () => {
  const { entities, emulator } = await startEntities();
  emulator.fail({ path: '/tunes/11', status: 500 });
  const tunes = [10, 11].map((astriaId) => ({ __typename: 'Tune', astriaId }));
  expect(await entities(tunes, TITLES)).toMatchObject({
    data: { _entities: [{ title: 'tune of null' }, null] },
    errors: [{ path: ['_entities', 1], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
  });
});

test('a hundred objects are the most', async () => {
  const { entities, requests } = await startSubgraph();
  const tunes = range(101).map((id) => ({ __typename: 'Tune', astriaId: id + 1 }));
  const { data, errors } = await entities(tunes, TITLES);
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    {
      message: '`representations` names 101 objects; name at most 100 at once.',
      path: ['_entities'],
      extensions: {
        code: 'BAD_REQUEST',
        limit: { name: 'representations', max: 100, found: 101 },
      },
    },
  ]);
  expect(requests()).toEqual([]);
});

test('their calls count in the estimate, for each type by itself', async () => {
  const { entities } = await startSubgraph({ environment: { MAX_UPSTREAM_CALLS: '20' } });
  const named = (__typename: string, count: number) =>
    range(count).map((id) => ({ __typename, astriaId: id + 1 }));
  const estimated = async (representations: object[], selection = '__typename') =>
    (await entities(representations, selection, { 'x-upstream-report': '1' })).extensions?.upstream;
  expect(await estimated(named('Tune', 3))).toMatchObject({ estimate: 3 });
  expect(await estimated(named('Tune', 100))).toMatchObject({ estimate: 9 });
  expect(await estimated([...named('Tune', 2), ...named('Pack', 2)])).toMatchObject({
    estimate: 4,
  });
  const { errors } = await entities(named('Tune', 20), '... on Tune { prompts { nodes { id } } }');
  expect(errors).toMatchObject([
    {
      extensions: {
        code: 'OPERATION_TOO_COMPLEX',
        limit: { name: 'upstreamCalls', max: 20, found: 29 },
      },
    },
  ]);
});

test('keys that stand in the document count and answer as those in variables', async () => {
  const { ask } = await startEntities();
  const query = `query ($id: SafeInt!, $tune: _Any!) {
    one: _entities(representations: [{ __typename: "Tune", astriaId: $id }]) { ${TITLES} }
    other: _entities(representations: [$tune]) { ${TITLES} }
    none: _entities(representations: []) { ${TITLES} }
  }`;
  const tune = { __typename: 'Tune', astriaId: 11 };
  expect(await ask(query, { id: 10, tune })).toEqual({
    data: { one: [{ title: 'tune of null' }], other: [{ title: 'tune of 679' }], none: [] },
  });
});
