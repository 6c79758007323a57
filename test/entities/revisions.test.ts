import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

test('a prompt is put into a pack and a workspace, and null takes it out', async () => {
  const { run, account, emulator } = await startGateway();
  account.addWorkspace({ id: 679 });
  account.addTune({ id: 11, model_type: 'faceid' });
  account.addPack({ id: 4300 });
  account.addPrompt({ id: 50, text: '<faceid:11:1> woman', base_pack_id: 260, orig_prompt_id: 49 });
  const { data, errors } = await run(`mutation {
    updatePrompt(input: { id: 50, packId: 4300, workspaceId: 679, basePackId: null, originalPromptId: 48 }) {
      prompt { packId workspaceId basePackId originalPromptId }
      warnings { code }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    updatePrompt: {
      prompt: { packId: 4300, workspaceId: 679, basePackId: null, originalPromptId: 48 },
      warnings: [],
    },
  });
  expect(emulator.requests[0]?.body).toEqual({
    prompt: { pack_id: 4300, base_pack_id: null, workspace_id: 679, orig_prompt_id: 48 },
  });
});

test('a prompt that was not moved comes with a warning', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({ id: 50 });
  const { data } = await run(
    'mutation { updatePrompt(input: { id: 50, workspaceId: 5 }) { warnings { code } } }',
  );
  expect(data).toEqual({ updatePrompt: { warnings: [{ code: 'WRONG_WORKSPACE' }] } });
});

test('a prompt is made once more, with changes', async () => {
  const { run, account, emulator } = await startGateway();
  account.addPrompt({ id: 50, text: 'a pier', num_images: 2 });
  const { data, errors } = await run(`mutation {
    duplicatePrompt(input: {
      id: 50, imageIndex: 1
      overrides: { videoModel: "kling30_pro", videoPrompt: "the tide comes in", numImages: 1, seed: 7 }
    }) {
      prompt { text numImages seed videoModel status originalPrompt { text } }
      warnings { code }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    duplicatePrompt: {
      prompt: {
        text: 'a pier',
        numImages: 1,
        seed: 7,
        videoModel: 'kling30_pro',
        status: 'QUEUED',
        originalPrompt: { text: 'a pier' },
      },
      warnings: [],
    },
  });
  expect(emulator.requests[0]).toMatchObject({
    path: '/prompts/50/duplicate',
    body: {
      prompt: {
        video_model: 'kling30_pro',
        video_prompt: 'the tide comes in',
        num_images: 1,
        seed: 7,
      },
      image_index: 1,
    },
  });
});

test('changes out of range are refused at their place', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(
    'mutation { duplicatePrompt(input: { id: 50, imageIndex: -1, overrides: { cfgScale: 16 } }) { prompt { id } } }',
  );
  expect(errors?.[0]?.extensions).toMatchObject({
    fieldErrors: [
      { path: ['input', 'imageIndex'], message: 'must be 0 or more' },
      { path: ['input', 'overrides', 'cfgScale'], message: 'must be between 0 and 15' },
    ],
  });
  expect(requests()).toEqual([]);
});

test('a like is given and taken back', async () => {
  const { run, account, requests } = await startGateway();
  account.addPrompt({ id: 50 });
  const { data } = await run(`mutation {
    likePrompt(input: { id: 50 }) { prompt { liked likesCount } query { prompts(filter: { liked: true }) { nodes { astriaId } } } }
    unlikePrompt(input: { id: 50 }) { prompt { liked likesCount } }
  }`);
  expect(data).toEqual({
    likePrompt: {
      prompt: { liked: true, likesCount: 1 },
      query: { prompts: { nodes: [{ astriaId: 50 }] } },
    },
    unlikePrompt: { prompt: { liked: false, likesCount: 0 } },
  });
  expect(requests().filter((request) => request.includes('like'))).toEqual([
    'POST /prompts/50/likes',
    'GET /prompts?liked=true&limit=21',
    'DELETE /prompts/50/likes',
  ]);
});

test('a theme makes ten prompts of each tune, in a while', async () => {
  const { run, account, emulator, clock } = await startGateway();
  account.addTune({ id: 11, title: 'Ines', model_type: 'faceid', token: null });
  const { data, errors } = await run(`mutation {
    createTheme(input: { theme: "a summer by the sea", tuneIds: ["VHVuZToxMQ"], numImages: 2, w: 1024, h: 768 }) {
      tunes { title prompts { nodes { id } } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ createTheme: { tunes: [{ title: 'Ines', prompts: { nodes: [] } }] } });
  expect(emulator.requests[0]?.body).toEqual({
    theme: {
      theme: 'a summer by the sea',
      tune_ids: [11],
      prompt_attributes: { num_images: 2, w: 1024, h: 768 },
    },
  });
  clock.advance(60_000);
  const later = await run<{ tune: { prompts: { nodes: unknown[] } } }>(
    '{ tune(id: 11) { prompts { nodes { numImages } } } }',
  );
  expect(later.data?.tune.prompts.nodes).toEqual(Array(10).fill({ numImages: 2 }));
});

test.each([
  ['theme: " ", tuneIds: [1]', 'theme', "can't be blank"],
  ['theme: "x", tuneIds: []', 'tuneIds', "can't be blank"],
  ['theme: "x", tuneIds: [1], numImages: 0', 'numImages', 'must be between 1 and 8'],
  ['theme: "x", tuneIds: [1], w: 7', 'w', 'must be a multiple of 8'],
])('a theme with %s is refused before any call', async (fields, field, message) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation { createTheme(input: { ${fields} }) { tunes { id } } }`);
  expect(errors?.[0]?.extensions).toMatchObject({
    fieldErrors: [{ path: ['input', field], message }],
  });
  expect(requests()).toEqual([]);
});

test('what Astria says of a changed parameter is told at its place', async () => {
  const { run, account, emulator } = await startGateway();
  account.addPrompt({ id: 50 });
  emulator.fail({ status: 422, body: { text: ['too long'], image_index: ['not there'] } });
  const { errors } = await run(
    'mutation { duplicatePrompt(input: { id: 50, imageIndex: 9, overrides: { text: "x" } }) { prompt { id } } }',
  );
  expect(errors?.[0]?.extensions?.fieldErrors).toEqual([
    { path: ['input', 'overrides', 'text'], message: 'too long' },
    { path: ['input', 'imageIndex'], message: 'not there' },
  ]);
});
