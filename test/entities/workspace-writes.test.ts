/** Where things are made and changed, and where they turn out to be. */
import { expect, test } from 'vitest';
import { startStudio } from '../support/studio.ts';

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
    createTune(input: { title: "Maya", imageUrls: ["https://a.example/1"], modelType: "faceid", name: "woman", workspaceId: 679 }) {
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

test.each(['x', undefined])(
  'a prompt whose workspace reads %j leads to where it was sent',
  async (value) => {
    const { run, placed, emulator } = await startStudio();
    emulator.fail({ method: 'POST', patch: { workspace_id: value } });
    const { data } = await run(`mutation {
    createPrompt(input: { tuneId: 11, text: "x", workspaceId: 679 }) { prompt { tune { token } } warnings { code } }
  }`);
    expect(data).toEqual({ createPrompt: { prompt: { tune: { token: 't1' } }, warnings: [] } });
    expect(placed()).toEqual(['679: POST /tunes/11/prompts', '679: GET /tunes/11']);
  },
);
