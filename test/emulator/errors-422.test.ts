import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PHOTO, start } from './support.ts';

const [unrooted, onFlux, badName, videoCount, noFineTune, noDownload, packTitle, title, balance] =
  JSON.parse(readFileSync(new URL('../samples/errors-422.json', import.meta.url), 'utf8'));

const LORA = 1_661_944;
const FLUX = 1_504_944;
const GEMINI = 3_618_064;
const tune = { title: 'John', name: 'man', model_type: 'lora', image_urls: [PHOTO] };

async function startWithLora() {
  const started = await start();
  started.account.addTune({ id: LORA, name: 'man', model_type: 'lora' });
  started.account.addPack({ id: 7 });
  return started;
}

test.each([
  ['a body without its root key', '/tunes', tune, unrooted],
  ['a tune without photos', '/tunes', { tune: { title: 'John' } }, unrooted],
  [
    'what Flux does not do, all at once',
    `/tunes/${LORA}/prompts`,
    { prompt: { text: 'a man', cfg_scale: 7, negative_prompt: 'nsfw' } },
    onFlux,
  ],
  ['a class that is no English word', '/tunes', { tune: { ...tune, name: 'mãe!' } }, badName],
  [
    'several videos at once',
    `/tunes/${GEMINI}/prompts`,
    {
      prompt: {
        text: 'a',
        video_model: 'seedance2_fast_720p',
        video_prompt: 'pan',
        num_images: 2,
      },
    },
    videoCount,
  ],
  [
    'a template without a fine-tune',
    `/tunes/${GEMINI}/prompts`,
    { prompt: { text: 'a man', pack_id: 7 } },
    noFineTune,
  ],
  ['a pack without a title', '/packs', { pack: { subtitle: 'x' } }, packTitle],
  ['a workspace without a title', '/workspaces.json', { workspace: { brief: 'x' } }, title],
])('%s is refused as Astria refuses it', async (_, path, body, expected) => {
  const { post, emulator } = await startWithLora();
  const answer = await post(path, body);
  expect(answer).toMatchObject({ status: 422, body: expected });
  expect(answer.body).toEqual(expected);
  expect(emulator.requests).toHaveLength(1);
});

test('a picture that cannot be downloaded is named', async () => {
  const { post } = await start();
  const lost = 'https://images.invalid/é.jpg';
  const { status, body } = await post('/tunes', { tune: { ...tune, image_urls: [lost] } });
  const message = noDownload.message.replace('images.example', 'images.invalid');
  expect({ status, body }).toEqual({ status: 422, body: { message } });
});

test('who cannot pay gets nothing', async () => {
  const { post, get, account } = await start();
  account.balanceMc = 12_499;
  const { status, body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa' } });
  expect({ status, body }).toEqual({ status: 422, body: balance });
  expect((await get('/prompts')).body).toEqual([]);
  expect(account.balanceMc).toBe(12_499);
});

const onModel = (prompt: object, model = GEMINI) => ({
  model,
  prompt: { text: 'a sofa', ...prompt },
});

test.each([
  [onModel({ text: '' }), { text: ["can't be blank"] }],
  [onModel({ num_images: 9 }), { num_images: ['must be less than or equal to 8'] }],
  [onModel({ num_images: 'two' }), { num_images: ['is not a number'] }],
  [onModel({ seed: 2 ** 32 + 1 }), { seed: ['must be less than or equal to 4294967296'] }],
  [onModel({ w: 1001 }), { w: ['must be a multiple of 8'] }],
  [onModel({ aspect_ratio: '7:5' }), { aspect_ratio: ['is not included in the list'] }],
  [onModel({ scheduler: 'none' }), { scheduler: ['is not included in the list'] }],
  [onModel({ hires_fix: true }), { hires_fix: ['requires super_resolution'] }],
  [onModel({ video_prompt: 'pan' }), { video_model: ["can't be blank"] }],
  [onModel({ callback: 'ftp://a' }), { callback: ['is invalid'] }],
  [onModel({ callback: 'https://shop.example/{id}' }), { callback: ['is invalid'] }],
  [onModel({ lora_scale: 'strong' }), { lora_scale: ['is not a number'] }],
  [onModel({ input_image_base64: 'aGVsbG8=' }), { input_image_base64: ['must be an image'] }],
  [onModel({ num_images: 5 }, 3_691_308), { num_images: ['must be less than or equal to 4'] }],
  ...[FLUX, 666_678, 3_691_308].map((model) => [
    onModel({ resolution: '2K' }, model),
    { resolution: ['only supported for Nano Banana Pro and GPT Image 2'] },
  ]),
  [onModel({ text: '<1> sofa' }, 3_691_308), { text: ['must not include `<1>` on Seedream'] }],
] as [ReturnType<typeof onModel>, object][])(
  '%j is refused',
  async ({ model, prompt }, expected) => {
    const { post } = await start();
    const { status, body } = await post(`/tunes/${model}/prompts`, { prompt });
    expect({ status, body }).toEqual({ status: 422, body: expected });
  },
);

test('a LoRA takes `<1>` for its subject', async () => {
  const { post } = await startWithLora();
  const { status, body } = await post(`/tunes/${LORA}/prompts`, { prompt: { text: '<1> at sea' } });
  expect({ status, text: body.text }).toEqual({
    status: 201,
    text: `<lora:${LORA}:1.0><1> at sea`,
  });
});

test('a tune that fails at one of its prompts leaves nothing behind', async () => {
  const { post, get, account } = await start();
  const prompts_attributes = [{ text: 'ohwx man' }, { text: 'a stranger' }];
  const before = account.balanceMc;
  const { status } = await post('/tunes', { tune: { ...tune, prompts_attributes } });
  expect(status).toBe(422);
  expect((await get('/tunes')).body).toEqual([]);
  expect((await get('/prompts')).body).toEqual([]);
  expect(account.balanceMc).toBe(before);
});

test.each([
  [{ model_type: 'faceid', token: 'ohwx' }, { token: ['not allowed for FaceID'] }],
  [{ callback: 'https://shop.example/{{token}}' }, { callback: ['is invalid'] }],
])('a tune with %j is refused', async (more, expected) => {
  const { post } = await start();
  const { status, body } = await post('/tunes', { tune: { ...tune, ...more } });
  expect({ status, body }).toEqual({ status: 422, body: expected });
});

test('a run of a pack is refused for its callback as well', async () => {
  const { post, account } = await startWithLora();
  account.addPrompt({ pack_id: 7, text: `<lora:${LORA}:1> ohwx man` });
  const run = { tune_ids: [LORA], prompts_callback: 'https://shop.example/{id}' };
  const { status, body } = await post('/p/7/tunes', { tune: run });
  expect({ status, body }).toEqual({ status: 422, body: { prompts_callback: ['is invalid'] } });
});
