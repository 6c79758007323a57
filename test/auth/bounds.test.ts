/** Callers that may use some workspaces only: no way leads them into another. */
import { expect, test } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { IN_679, startBound } from '../support/bound.ts';
import { bearer } from '../support/gateway-keys.ts';

const WORKSPACE_683 = globalId('Workspace', 683);

const FORBIDDEN: [string, string, Record<string, string>, string][] = [
  ['the header', '{ tunes { nodes { id } } }', { 'x-workspace-id': '683' }, 'workspace 683'],
  [
    'the header `all`',
    '{ prompts { nodes { id } } }',
    { 'x-workspace-id': 'all' },
    'all workspaces',
  ],
  ['no header', '{ tunes { nodes { id } } }', {}, 'the personal scope'],
  ['no header, and one row', '{ tune(id: 10) { id } }', {}, 'the personal scope'],
  ['an argument', '{ workspace(id: 683) { title } }', IN_679, 'workspace 683'],
  ['a node', `{ node(id: "${WORKSPACE_683}") { id } }`, IN_679, 'workspace 683'],
  ['one of many nodes', `{ nodes(ids: ["${WORKSPACE_683}"]) { id } }`, IN_679, 'workspace 683'],
  ...[
    'createPrompt(input: { tuneId: 11, text: "x", workspaceId: 683 }) { prompt { id } }',
    `createTune(input: { title: "x", imageUrls: ["https://a.example/1"], workspaceId: "${WORKSPACE_683}" }) { tune { id } }`,
    'createPack(input: { title: "x", workspaceId: 683 }) { pack { id } }',
    'runPack(input: { id: 31, tuneIds: [11], workspaceId: 683 }) { message }',
    'createTheme(input: { theme: "x", tuneIds: [11], workspaceId: 683 }) { tunes { id } }',
    'updatePrompt(input: { id: 21, workspaceId: 683 }) { prompt { id } }',
    'duplicatePrompt(input: { id: 21, overrides: { workspaceId: 683 } }) { prompt { id } }',
    'deletePrompt(input: { id: 22, workspaceId: 683 }) { deletedId }',
    'likePrompt(input: { id: 22, workspaceId: 683 }) { prompt { id } }',
    'updateTune(input: { id: 12, title: "x", workspaceId: 683 }) { tune { id } }',
    'deleteTune(input: { id: 12, workspaceId: 683 }) { deletedId }',
    'inspectImage(input: { image: { url: "https://a.example/1" }, workspaceId: 683 }) { inspection { age } }',
    'inspectVideo(input: { video: { url: "https://a.example/1" }, workspaceId: 683 }) { description }',
    'updateWorkspace(input: { id: 683, title: "x" }) { workspace { id } }',
  ].map((field): [string, string, Record<string, string>, string] => [
    field,
    `mutation { ${field} }`,
    IN_679,
    'workspace 683',
  ]),
  [
    'a move to the personal scope',
    'mutation { updatePrompt(input: { id: 21, workspaceId: null }) { prompt { id } } }',
    IN_679,
    'the personal scope',
  ],
];

test.each(FORBIDDEN)('%s is FORBIDDEN before any call, and says what', async (...row) => {
  const [, query, headers, named] = row;
  const { ask, requests } = await startBound();
  const { errors } = await ask(query, headers);
  expect(errors).toMatchObject([
    {
      message: `You may not use ${named}, only workspace 679: choose one by \`workspaceId\` or the header \`X-Workspace-Id\`.`,
      extensions: { code: 'FORBIDDEN' },
    },
  ]);
  expect(requests()).toEqual([]);
});

test('a workspace made anew would be none that the caller may use', async () => {
  const { ask, requests } = await startBound();
  const { errors } = await ask(
    'mutation { createWorkspace(input: { title: "x" }) { workspace { id } } }',
    IN_679,
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(requests()).toEqual([]);
});

test('the configured workspace, where no header names another, is bound as any', async () => {
  const other = await startBound(['679'], { WORKSPACE_ID: '683' });
  expect(await other.ask('{ tunes { nodes { title } } }')).toMatchObject({
    errors: [{ message: expect.stringContaining('workspace 683') }],
  });
  expect(other.requests()).toEqual([]);
  const same = await startBound(['679'], { WORKSPACE_ID: '679' });
  expect(await same.ask('{ tunes { nodes { title } } }')).toEqual({
    data: { tunes: { nodes: [{ title: 'tune of 679' }] } },
  });
});

test('what the caller may use is as it is for others', async () => {
  const { ask, placed } = await startBound();
  const { data, errors } = await ask(
    `{
      tunes { nodes { title prompts { nodes { text } } } }
      tune(id: 11) { title }
      prompt(id: 21) { text tune { token } workspace { title } }
      pack(id: 31) { title }
      workspaces { title }
      workspace(id: 679) { prompts { nodes { text } } }
    }`,
    IN_679,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    tunes: { nodes: [{ title: 'tune of 679', prompts: { nodes: [{ text: 'prompt of 679' }] } }] },
    tune: { title: 'tune of 679' },
    prompt: { text: 'prompt of 679', tune: { token: 't1' }, workspace: { title: 'Studio 679' } },
    pack: { title: 'pack of 679' },
    workspaces: [{ title: 'Studio 679' }],
    workspace: { prompts: { nodes: [{ text: 'prompt of 679' }] } },
  });
  expect(new Set(placed().map((call) => call.split(':')[0]))).toEqual(new Set(['679']));
});

test('what is in no workspace needs no header', async () => {
  const { ask } = await startBound();
  const { data, errors } = await ask(`{
    __typename
    models { __typename }
    gallery { tunes(first: 1) { nodes { __typename } } packs(first: 1) { nodes { __typename } } }
    workspaces { title }
    workspace(id: 679) { tunes { nodes { title } } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    workspaces: [{ title: 'Studio 679' }],
    workspace: { tunes: { nodes: [{ title: 'tune of 679' }] } },
  });
});

const KINDS = { Tune: [10, 12], Prompt: [20, 22], Pack: [30, 32] } as const;

test.each(['tells', 'does not tell'])(
  'by its id no row of another place comes: Astria %s',
  async (how) => {
    const { ask, account, emulator } = await startBound();
    emulator.unknowns.tunesTellTheirWorkspace = how === 'tells';
    if (how !== 'tells') {
      for (const id of [20, 22]) account.updatePrompt(id, { workspace_id: undefined });
    }
    const ids = Object.entries(KINDS).flatMap(([kind, [a, b]]) =>
      [a, b].map((id) => globalId(kind as keyof typeof KINDS, id)),
    );
    const { data, errors } = await ask(
      `{
      a: tune(id: 10) { title } b: tune(id: 12) { title }
      c: prompt(id: 20) { text } d: prompt(id: 22) { text }
      e: pack(id: 30) { title } f: pack(id: "pack-of-683") { title }
      nodes(ids: ${JSON.stringify(ids)}) { id }
      tunesById(ids: [10, 12]) { title } promptsById(ids: [20, 22]) { text }
    }`,
      IN_679,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      ...Object.fromEntries([...'abcdef'].map((name) => [name, null])),
      nodes: ids.map(() => null),
      tunesById: [null, null],
      promptsById: [null, null],
    });
  },
);

test('what is public, and its own, is found by id', async () => {
  const { ask, emulator } = await startBound();
  const [pack] = await (async () => {
    const { data } = await ask('{ gallery { packs(first: 1) { nodes { astriaId } } } }');
    return (data as { gallery: { packs: { nodes: { astriaId: number }[] } } }).gallery.packs.nodes;
  })();
  expect(emulator.gallery.tune(1504944)).not.toBeNull();
  const { data } = await ask(
    `{ tune(id: 1504944) { title } pack(id: ${pack?.astriaId ?? 31}) { id } }`,
    IN_679,
  );
  expect(data).toEqual({ tune: { title: 'Flux.1 dev' }, pack: { id: expect.any(String) } });
});

test.each([
  'deletePrompt(input: { id: 22 }) { deletedId }',
  'likePrompt(input: { id: 22 }) { prompt { id } }',
  'updatePrompt(input: { id: 22, workspaceId: 679 }) { prompt { id } }',
  'duplicatePrompt(input: { id: 20 }) { prompt { id } }',
  'updateTune(input: { id: 12, title: "x" }) { tune { id } }',
  'deleteTune(input: { id: 10 }) { deletedId }',
  'createPrompt(input: { tuneId: 12, text: "x" }) { prompt { id } }',
  'createPrompt(input: { tuneId: 11, text: "x", orderId: 9 }) { prompt { id } }',
  'createPrompt(input: { tuneId: 11, text: "<lora:12:1> x" }) { prompt { id } }',
  'createPrompt(input: { tuneId: 11, text: "<lora:012:1> x" }) { prompt { id } }',
  'createPrompt(input: { tuneId: 11, text: "<LORA : 12 > x" }) { prompt { id } }',
  `createPrompt(input: { tuneId: 11, text: "<${'a'.repeat(40)}:12:1> x" }) { prompt { id } }`,
  'createPrompt(input: { tuneId: 11, text: "<lora:11:1> x", packId: 32 }) { prompt { id } }',
  'generateWithGemini(input: { text: "<faceid:10:1.0> woman" }) { prompt { id } }',
  'createTune(input: { title: "x", baseTuneId: 12, imageUrls: ["https://a.example/1"] }) { tune { id } }',
  'runPack(input: { id: 32, tuneIds: [11] }) { message }',
  'runPack(input: { id: 31, tuneIds: [10] }) { message }',
  'createTheme(input: { theme: "x", tuneIds: [12] }) { tunes { id } }',
  'inspectVideo(input: { video: { url: "https://a.example/1" }, tuneIds: [12] }) { description }',
])('nothing is done to, or with, a row of another place: %s', async (field) => {
  const { ask, requests } = await startBound();
  const { errors } = await ask(`mutation { ${field} }`, IN_679);
  expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  expect(requests().filter((call) => !call.startsWith('GET'))).toEqual([]);
});

test('with its own rows the caller does what it likes', async () => {
  const { ask } = await startBound();
  const { errors } = await ask(
    `mutation {
      updateTune(input: { id: 11, title: "x" }) { tune { title } }
      createPrompt(input: { tuneId: 11, text: "<faceid:11:1> x" }) { prompt { text } query { tunes { nodes { id } } } }
      generateWithGemini(input: { text: "x" }) { prompt { text } }
      likePrompt(input: { id: 21 }) { prompt { liked } }
      deletePrompt(input: { id: 21 }) { deletedId }
    }`,
    IN_679,
  );
  expect(errors).toBeUndefined();
});

test('a prompt that Astria puts elsewhere is told of, and leads nowhere', async () => {
  const { ask } = await startBound(['5']);
  const { data, errors } = await ask(
    'mutation { generateWithGemini(input: { text: "x" }) { prompt { workspaceId tune { token } } warnings { code } } }',
    { 'x-workspace-id': '5' },
  );
  expect(data).toEqual({
    generateWithGemini: {
      prompt: { workspaceId: null, tune: null },
      warnings: [{ code: 'WRONG_WORKSPACE' }],
    },
  });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('a bound caller reads with a free one, and still sees its own places only', async () => {
  const { ask, run, emulator } = await startBound();
  emulator.fail({ method: 'GET', latencyMs: 50, times: 20 });
  const QUERY = '{ prompt(id: 22) { text } }';
  const [bound, free] = await Promise.all([
    ask(QUERY, IN_679),
    run(QUERY, {}, { ...bearer('free'), ...IN_679 }),
  ]);
  expect(free).toEqual({ data: { prompt: { text: 'prompt of 683' } } });
  expect(bound).toEqual({ data: { prompt: null } });
});

test.each([
  [['679', '683'], '{ a: workspace(id: 679) { title } b: workspace(id: 683) { title } }'],
  [['personal', '679'], '{ tunes { nodes { title } } workspace(id: 679) { title } }'],
  [['all'], '{ tunes { nodes { title } } workspace(id: 683) { title } }'],
])('who may use %j may use each', async (workspaces, query) => {
  const { ask } = await startBound(workspaces);
  expect((await ask(query)).errors).toBeUndefined();
});
