/** Writes whose answer is lost: what is found again, and what is nobody's. */
import { expect, test } from 'vitest';
import { NOW } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { FLUX, FOUND, LOST, PHOTO, startPaid, UNKNOWN } from '../support/paid.ts';

const BEFORE = '2026-11-01T11:59:59.999Z';
/** The shape in which Astria holds what `prompt({})` sends. */
const ALIKE = { tune_id: FLUX, text: 'a pier', created_at: NOW };

test('a tune whose answer was lost is found by its title, in all workspaces', async () => {
  const { tune, account, emulator, requests } = await startPaid();
  account.addTune({ title: 'Ines and Ada', created_at: NOW });
  emulator.fail(LOST);
  const { data, errors } = await tune({ name: 'woman', characteristics: { age: 3 } });
  expect(errors).toBeUndefined();
  const made = { astriaId: expect.any(Number), title: 'Ines' };
  expect(data).toEqual({ createTune: { tune: made, warnings: FOUND } });
  expect(requests()).toEqual(['POST /tunes', 'GET /tunes?title=Ines&limit=120']);
  expect(emulator.requests[1]?.headers['x-workspace-id']).toBe('all');
});

test.each([
  ['a reset', { broken: 'reset' }],
  ['a 502', { status: 502 }],
  ['half a body', { broken: 'halfway' }],
  ['half a JSON', { broken: 'cut-json' }],
  ['no body', { broken: 'empty' }],
] as const)('after %s a prompt is found by its text', async (_, fault) => {
  const { prompt, emulator, requests } = await startPaid();
  emulator.fail({ method: 'POST', afterWrite: true, ...fault });
  const { data } = await prompt({});
  const made = { astriaId: expect.any(Number), text: 'a pier' };
  expect(data).toEqual({ createPrompt: { prompt: made, warnings: FOUND } });
  expect(requests()).toEqual([`POST /tunes/${FLUX}/prompts`, 'GET /prompts?text=a+pier&limit=120']);
});

test('a prompt that was sent to a LoRA is found, though its base model ran it', async () => {
  const { prompt, account, emulator } = await startPaid();
  account.addTune({ id: 77, model_type: 'lora' });
  emulator.fail(LOST);
  const { data } = await prompt({
    tuneId: 77,
    text: 'ohwx woman',
    seed: 4294967296,
    cfgScale: 3.5,
  });
  const made = { astriaId: expect.any(Number), text: '<lora:77:1.0>ohwx woman' };
  expect(data).toEqual({ createPrompt: { prompt: made, warnings: FOUND } });
});

test('a video without a text is found among those of its tune', async () => {
  const { prompt, emulator, requests } = await startPaid();
  emulator.fail(LOST);
  const video = { text: null, videoModel: 'seedance2_fast_720p', videoPrompt: 'she turns' };
  const { data } = await prompt({ ...video, numImages: 1, videoFirstFrame: { url: PHOTO } });
  expect(data?.createPrompt.warnings).toEqual(FOUND);
  expect(requests()[1]).toBe(`GET /tunes/${FLUX}/prompts?limit=120`);
});

test.each([
  ['generateWithGemini', '{ text: "a pier" }', 'prompt { astriaId } warnings { code }'],
  ['generateWithSeedream', '{ text: "a pier" }', 'prompt { astriaId } warnings { code }'],
  [
    'duplicatePrompt',
    '{ id: 50, overrides: { seed: 7 } }',
    'prompt { astriaId } warnings { code }',
  ],
  [
    'runPack',
    `{ id: 8, title: "Ines", name: "woman", images: [{ url: "${PHOTO}" }] }`,
    'tune { astriaId } warnings { code }',
  ],
])('%s finds what it made', async (mutation, input, fields) => {
  const { run, account, emulator } = await startPaid();
  account.addPack({ id: 8 });
  account.addPrompt({ id: 50, text: 'a street', input_image: PHOTO });
  emulator.fail(LOST);
  const { data, errors } = await run(`mutation { ${mutation}(input: ${input}) { ${fields} } }`);
  expect(errors).toBeUndefined();
  expect(data?.[mutation]).toMatchObject({ warnings: FOUND });
});

test.each([
  ['runPack', '{ id: 8, tuneIds: [77] }', 'message'],
  ['createTheme', '{ theme: "sea", tuneIds: [77] }', 'tunes { id }'],
])('%s leaves nothing to be found by: it stays unknown', async (mutation, input, fields) => {
  const { run, account, emulator, requests } = await startPaid();
  account.addPack({ id: 8 });
  account.addTune({ id: 77, model_type: 'lora' });
  emulator.fail(LOST);
  const { errors } = await run(`mutation { ${mutation}(input: ${input}) { ${fields} } }`);
  expect(errors).toMatchObject([
    {
      message:
        'Astria did not answer in time. It may have been done, and paid for: look for it before you send it again.',
      extensions: UNKNOWN,
    },
  ]);
  expect(requests()).toHaveLength(1);
});

test.each([
  ['made before', { created_at: BEFORE }],
  ['of another text', { text: 'a pier at dawn' }],
  ['of another tune', { tune_id: 3618064 }],
  ['of another seed', { seed: 6 }],
  ['of another scale', { cfg_scale: '4.0' }],
  ['with a picture', { input_image: PHOTO }],
  ['of a pack', { base_pack_id: 3 }],
  ['a copy', { orig_prompt_id: 3 }],
  ['in another workspace', { workspace_id: 9 }],
])('a prompt that is %s is not taken for the lost one', async (_, difference) => {
  const { prompt, account, emulator } = await startPaid();
  const id = account.addWorkspace({ title: 'Nine' }).id;
  const place = 'workspace_id' in difference ? { workspace_id: id } : {};
  account.addPrompt({ ...ALIKE, seed: 5, cfg_scale: '3.0', ...difference, ...place });
  emulator.fail({ method: 'POST', status: 504 });
  const { data, errors } = await prompt({ seed: 5, cfgScale: 3 });
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    {
      message:
        'Astria did not answer in time. It may have been done, and paid for: look for it before you send it again. Send an `idempotencyKey` with every such request: then a retry is safe.',
      extensions: UNKNOWN,
    },
  ]);
});

test('the same, equal in all of that, would have been', async () => {
  const { prompt, account, emulator } = await startPaid();
  account.addPrompt({ ...ALIKE, id: 51, seed: 5, cfg_scale: '3.0' });
  emulator.fail({ method: 'POST', status: 504 });
  const { data } = await prompt({ seed: 5, cfgScale: 3 });
  expect(data?.createPrompt).toEqual({ prompt: { astriaId: 51, text: 'a pier' }, warnings: FOUND });
});

test('if two objects match, neither is taken', async () => {
  const { prompt, account, emulator } = await startPaid();
  account.addPrompt(ALIKE);
  emulator.fail(LOST);
  expect((await prompt({})).errors).toMatchObject([{ extensions: UNKNOWN }]);
});

test('an object of another request is not taken; the one that is left is', async () => {
  const { prompt, emulator } = await startPaid();
  await prompt({});
  emulator.fail({ method: 'POST', status: 504 });
  expect((await prompt({})).errors).toMatchObject([{ extensions: UNKNOWN }]);
});

test('among equal prompts the lost one is the only one that nobody has', async () => {
  const { prompt, emulator } = await startPaid();
  const ids = new Set<number>();
  for (const fault of [undefined, undefined, LOST]) {
    if (fault) emulator.fail(fault);
    ids.add((await prompt({})).data?.createPrompt.prompt.astriaId as number);
  }
  expect(ids.size).toBe(3);
});

test('of two equal prompts whose answers are lost at the same time, none is assigned', async () => {
  const { prompt, emulator, writes } = await startPaid();
  emulator.fail({ ...LOST, times: 2, latencyMs: 100 });
  const answers = await Promise.all([prompt({}), prompt({})]);
  expect(answers.map(({ errors }) => errors?.[0]?.extensions)).toEqual([UNKNOWN, UNKNOWN]);
  expect(writes()).toHaveLength(2);
});

test('none is assigned even if only one of the two was made', async () => {
  const { prompt, emulator } = await startPaid();
  emulator.fail({ ...LOST, latencyMs: 100 });
  emulator.fail({ method: 'POST', status: 504, latencyMs: 100 });
  const answers = await Promise.all([prompt({}), prompt({})]);
  expect(answers.map(({ errors }) => errors?.[0]?.extensions)).toEqual([UNKNOWN, UNKNOWN]);
});

test('the search is repeated while the caller may wait', async () => {
  const seekTimes = { gapsMs: [0, 20, 20, 20, 20], withinMs: 2000, leastMs: 0 };
  const { prompt, emulator, account } = await startPaid({ seekTimes });
  emulator.fail({ method: 'POST', status: 504 });
  emulator.fail({ method: 'GET', status: 503 });
  const answer = prompt({});
  while (emulator.requests.length < 3) await new Promise(setImmediate);
  account.addPrompt({ ...ALIKE, id: 51 });
  expect((await answer).data?.createPrompt.prompt.astriaId).toBe(51);
});

test.each([
  ['503', 60_000],
  ['504', 50],
])(
  'after a %s the caller is not kept waiting for longer than it may be',
  async (status, withinMs) => {
    const seekTimes = { gapsMs: [0, 60_000], withinMs, leastMs: 50 };
    const { prompt, emulator } = await startPaid({ seekTimes });
    emulator.fail({ method: 'POST', status: Number(status) });
    expect((await prompt({})).errors).toMatchObject([{ extensions: { outcome: 'UNKNOWN' } }]);
  },
);

test('a write that was certainly not sent is not searched for', async () => {
  const { prompt } = await startPaid({ baseUrl: 'http://127.0.0.1:9' });
  const { errors } = await prompt({});
  expect(errors).toMatchObject([{ extensions: { outcome: 'NOT_DONE' } }]);
});

test.each([
  ['finds what it made there', true, FOUND],
  ['does not find what was made elsewhere', false, undefined],
])('who may use one workspace only %s', async (_, afterWrite, warnings) => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'bound', workspaces: ['679'] });
  const { run, account, emulator } = await startPaid({ environment: { GATEWAY_KEYS } });
  account.addWorkspace({ id: 679 });
  // Of somebody else, in the same moment and with the same title.
  account.addTune({ title: 'Ines', created_at: NOW, workspace_id: 683 });
  emulator.fail({ ...LOST, afterWrite });
  const { data, errors } = await run(
    `mutation { createTune(input: { title: "Ines", imageUrls: ["${PHOTO}"] }) { warnings { code } } }`,
    {},
    { ...bearer('bound'), 'x-workspace-id': '679' },
  );
  expect(data).toEqual(warnings ? { createTune: { warnings } } : null);
  expect(errors?.[0]?.extensions).toEqual(warnings ? undefined : UNKNOWN);
});
