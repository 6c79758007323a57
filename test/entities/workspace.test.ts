import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

/** Two workspaces and the personal scope, each with a tune, a prompt that runs on it, and a pack. */
async function startStudio() {
  const gateway = await startGateway();
  const { account } = gateway;
  for (const id of [679, 683]) account.addWorkspace({ id, title: `Studio ${id}` });
  for (const [index, workspace_id] of [null, 679, 683].entries()) {
    account.addTune({
      id: 10 + index,
      title: `tune of ${workspace_id}`,
      token: `t${index}`,
      workspace_id,
    });
    account.addPrompt({
      id: 20 + index,
      tune_id: 10 + index,
      text: `prompt of ${workspace_id}`,
      workspace_id,
    });
    account.addPack({ id: 30 + index, title: `pack of ${workspace_id}`, workspace_id });
  }
  /** Each request with the workspace it was made in. */
  const placed = () =>
    gateway.emulator.requests.map(({ method, path, headers }) => {
      const place = headers['x-workspace-id'] ?? 'personal';
      return `${place}: ${method} ${decodeURIComponent(path)}`;
    });
  return { ...gateway, placed };
}

test('several workspaces in one operation, each call with its own header', async () => {
  const { run, placed } = await startStudio();
  const answer = await run(`{
    mine: tunes { nodes { title prompts { nodes { text } } } }
    a: workspace(id: 679) { title tunes { nodes { title prompts { nodes { text tune { token } } } } } packs { nodes { title } } }
    b: workspace(id: 683) { prompts { nodes { text tune { token } } } }
  }`);
  expect(answer).toEqual({
    data: {
      mine: {
        nodes: [{ title: 'tune of null', prompts: { nodes: [{ text: 'prompt of null' }] } }],
      },
      a: {
        title: 'Studio 679',
        tunes: {
          nodes: [
            {
              title: 'tune of 679',
              prompts: { nodes: [{ text: 'prompt of 679', tune: { token: 't1' } }] },
            },
          ],
        },
        packs: { nodes: [{ title: 'pack of 679' }] },
      },
      b: { prompts: { nodes: [{ text: 'prompt of 683', tune: { token: 't2' } }] } },
    },
  });
  expect(placed().sort()).toEqual([
    '679: GET /packs?limit=21&offset=0',
    '679: GET /tunes/11/prompts?limit=21',
    '679: GET /tunes?limit=21',
    '683: GET /prompts?limit=21',
    '683: GET /tunes/12',
    'personal: GET /tunes/10/prompts?limit=21',
    'personal: GET /tunes?limit=21',
    'personal: GET /workspaces.json',
  ]);
});

test('no loader is shared between workspaces', async () => {
  const { run, emulator } = await startStudio();
  emulator.unknowns.readsAcrossWorkspaces = false;
  const { data, errors } = await run(`{
    workspace(id: 679) { prompts { nodes { tune { token } } } }
    tune(id: 11) { token }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    workspace: { prompts: { nodes: [{ tune: { token: 't1' } }] } },
    tune: null,
  });
});

test('a workspace that is not the caller’s is null, and nothing of the personal scope is shown', async () => {
  const { run, placed } = await startStudio();
  expect(await run('{ workspace(id: 5) { tunes { nodes { title } } } }')).toEqual({
    data: { workspace: null },
  });
  expect(placed()).toEqual(['personal: GET /workspaces/5.json']);
});

test('all workspaces, and one by its global id', async () => {
  const { run } = await startStudio();
  const { data } = await run(`{
    workspaces { id astriaId title slug faviconUrl brief landingPageHtml url }
    node(id: "V29ya3NwYWNlOjY3OQ") { ... on Workspace { title } }
  }`);
  expect(data).toMatchObject({
    workspaces: [
      { title: 'Studio 683' },
      {
        id: 'V29ya3NwYWNlOjY3OQ',
        astriaId: 679,
        title: 'Studio 679',
        slug: 'studio-679',
        faviconUrl: null,
        brief: null,
        landingPageHtml: null,
        url: 'https://api.astria.ai/workspaces/679.json',
      },
    ],
    node: { title: 'Studio 679' },
  });
});

test('the workspaces of many prompts are one call', async () => {
  const { run, placed } = await startStudio();
  const { data } = await run(
    '{ prompts { nodes { workspace { title } } } }',
    {},
    { 'x-workspace-id': 'all' },
  );
  expect(data).toEqual({
    prompts: {
      nodes: [
        { workspace: { title: 'Studio 683' } },
        { workspace: { title: 'Studio 679' } },
        { workspace: null },
      ],
    },
  });
  expect(placed()).toEqual(['all: GET /prompts?limit=21', 'all: GET /workspaces.json']);
});

test('who pays in a workspace', async () => {
  const { run, placed } = await startStudio();
  const { data } = await run(
    '{ workspace(id: 679) { payer { name isSelf balance { usd } } } viewer { payer { isSelf } } }',
  );
  expect(data).toEqual({
    workspace: { payer: { name: 'Studio North', isSelf: false, balance: { usd: 50 } } },
    viewer: { payer: { isSelf: true } },
  });
  expect(placed()).toContain('679: GET /users');
});

test('a workspace is made and changed', async () => {
  const { run, emulator } = await startGateway();
  const created = await run<{ createWorkspace: { workspace: { id: string } } }>(
    'mutation { createWorkspace(input: { title: "Shoes" }) { workspace { id title } query { workspaces { title } } } }',
  );
  expect(created.data).toMatchObject({
    createWorkspace: { workspace: { title: 'Shoes' }, query: { workspaces: [{ title: 'Shoes' }] } },
  });
  const { data } = await run(
    'mutation ($id: ID!) { updateWorkspace(input: { id: $id, brief: "boots only", landingPageHtml: null }) { workspace { title brief } } }',
    { id: created.data?.createWorkspace.workspace.id },
  );
  expect(data).toEqual({ updateWorkspace: { workspace: { title: 'Shoes', brief: 'boots only' } } });
  expect(emulator.requests.at(-1)?.body).toEqual({
    workspace: { brief: 'boots only', landing_page_html: null },
  });
});

test.each([
  'createWorkspace(input: { title: " " }) { workspace { id } }',
  'updateWorkspace(input: { id: 679, title: null }) { workspace { id } }',
  'updateWorkspace(input: { id: 679 }) { workspace { id } }',
])('%s is refused before any call', async (field) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation { ${field} }`);
  expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED', source: 'GATEWAY' } }]);
  expect(requests()).toEqual([]);
});

test('what is made in a workspace is sent there', async () => {
  const { run, placed, emulator } = await startStudio();
  const { data, errors } = await run(`mutation {
    createPrompt(input: { tuneId: 1504944, text: "x", workspaceId: 679 }) {
      prompt { workspaceId workspace { title } }
      warnings { code }
    }
    createPack(input: { title: "Coast", workspaceId: "V29ya3NwYWNlOjY3OQ" }) { pack { title } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    createPrompt: {
      prompt: { workspaceId: 679, workspace: { title: 'Studio 679' } },
      warnings: [],
    },
    createPack: { pack: { title: 'Coast' } },
  });
  expect(emulator.requests[0]?.body).toEqual({ prompt: { text: 'x', workspace_id: 679 } });
  expect(placed()).toEqual([
    '679: POST /tunes/1504944/prompts',
    'personal: GET /workspaces/679.json',
    '679: POST /packs',
  ]);
});

test('a prompt that Astria puts elsewhere than asked comes with a warning', async () => {
  const { run } = await startStudio();
  const warnings = [
    {
      code: 'WRONG_WORKSPACE',
      message:
        'Astria has it in your personal scope, not in workspace 5: this key may have lost access.',
    },
  ];
  const operation =
    'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { workspaceId } warnings { code message } } }';
  expect(await run(operation, {}, { 'x-workspace-id': '5' })).toEqual({
    data: { createPrompt: { prompt: { workspaceId: null }, warnings } },
  });
  expect((await run(operation)).data).toMatchObject({ createPrompt: { warnings: [] } });
});

test('a tune is trained in a workspace', async () => {
  const { run, placed } = await startStudio();
  const { data, errors } = await run(`mutation {
    createTune(input: { title: "Maya", imageUrls: ["https://a.example/1"], modelType: FACEID, name: "woman", workspaceId: 679 }) {
      tune { title prompts { nodes { id } } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ createTune: { tune: { title: 'Maya', prompts: { nodes: [] } } } });
  expect(placed()).toEqual([
    '679: POST /tunes',
    expect.stringMatching(/^679: GET \/tunes\/\d+\/prompts/),
  ]);
});

test.each([
  'createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } }',
  'createTune(input: { title: "x", imageUrls: ["https://a.example/1"] }) { tune { id } }',
  'createPack(input: { title: "x" }) { pack { id } }',
  'runPack(input: { id: 30, tuneIds: [10] }) { message }',
  'createTheme(input: { theme: "x", tuneIds: [10] }) { tunes { id } }',
])('in all workspaces nothing can be made: %s', async (field) => {
  const { run, placed } = await startStudio();
  const { errors } = await run(`mutation { ${field} }`, {}, { 'x-workspace-id': 'all' });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'VALIDATION_FAILED',
    fieldErrors: [{ path: ['input', 'workspaceId'] }],
  });
  expect(placed()).toEqual([]);
});

test('what is in a workspace is changed there', async () => {
  const { run, placed } = await startStudio();
  const { errors } = await run(`mutation {
    updateTune(input: { id: 11, title: "x", workspaceId: 679 }) { tune { title } }
    likePrompt(input: { id: 21, workspaceId: 679 }) { prompt { liked } }
    unlikePrompt(input: { id: 21, workspaceId: 679 }) { query { __typename } }
    deletePrompt(input: { id: 21, workspaceId: 679 }) { deletedId }
    deleteTune(input: { id: 11, workspaceId: 679 }) { deletedId }
  }`);
  expect(errors).toBeUndefined();
  expect(placed()).toEqual([
    '679: PATCH /tunes/11',
    '679: POST /prompts/21/likes',
    '679: GET /prompts/21',
    '679: DELETE /prompts/21/likes',
    '679: DELETE /prompts/21',
    '679: DELETE /tunes/11',
  ]);
});

test('what a prompt leads to is read where the prompt is, not where it was asked for', async () => {
  const { run, placed } = await startStudio();
  const { data, errors } = await run(`mutation {
    createPrompt(input: { tuneId: 10, text: "x", workspaceId: 5 }) { prompt { tune { token } } warnings { code } }
    updatePrompt(input: { id: 20, workspaceId: 679 }) { prompt { tune { token } } warnings { code } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    createPrompt: { prompt: { tune: { token: 't0' } }, warnings: [{ code: 'WRONG_WORKSPACE' }] },
    updatePrompt: { prompt: { tune: { token: 't0' } }, warnings: [] },
  });
  expect(placed()).toEqual([
    '5: POST /tunes/10/prompts',
    'personal: GET /tunes/10',
    'personal: PATCH /prompts/20',
    '679: GET /tunes/10',
  ]);
});
