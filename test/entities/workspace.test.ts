/** Workspaces, and what is seen of them from inside. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { startStudio } from '../support/studio.ts';

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
