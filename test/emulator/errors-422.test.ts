import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PHOTO, start } from './support.ts';

const [unrooted, onFlux, badName, videoCount, noFineTune, noDownload, packTitle, title, balance] =
  JSON.parse(readFileSync(new URL('../samples/errors-422.json', import.meta.url), 'utf8'));

const LORA = 1_661_944;
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
  [onModel({ num_images: 5 }, 3_691_308), { num_images: ['must be less than or equal to 4'] }],
  [onModel({ resolution: '2K' }, 3_691_308), { resolution: ['not supported on Seedream'] }],
  [onModel({ text: '<1> sofa' }, 3_691_308), { text: ['must not include `<1>` on Seedream'] }],
])('%j is refused', async ({ model, prompt }, expected) => {
  const { post } = await start();
  const { status, body } = await post(`/tunes/${model}/prompts`, { prompt });
  expect({ status, body }).toEqual({ status: 422, body: expected });
});

test('a LoRA takes `<1>` for its subject', async () => {
  const { post } = await startWithLora();
  const { status, body } = await post(`/tunes/${LORA}/prompts`, { prompt: { text: '<1> at sea' } });
  expect({ status, text: body.text }).toEqual({
    status: 201,
    text: `<lora:${LORA}:1.0><1> at sea`,
  });
});

test('a first frame stands in for a text', async () => {
  const { post } = await start();
  const film = { video_model: 'seedance2_fast_720p', video_prompt: 'slow push in' };
  const prompt = { ...film, video_first_frame_url: PHOTO };
  expect((await post(`/tunes/${GEMINI}/prompts`, { prompt })).status).toBe(201);
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: film });
  expect(body).toEqual({ text: ["can't be blank"] });
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
