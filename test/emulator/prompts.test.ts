import { expect, test } from 'vitest';
import type { PromptBody } from '../../src/emulator/store.ts';
import { idsOf, type Json, PHOTO, start } from './support.ts';

const FLUX = 1_504_944;
const SDXL = 666_678;
const GEMINI = 3_618_064;

async function startWithTunes() {
  const started = await start({ publicUrl: 'https://api.astria.ai' });
  started.account.addTune({ id: 1, title: 'John', name: 'man', model_type: 'lora' });
  started.account.addTune({ id: 2, title: 'Face', name: 'woman', model_type: 'faceid' });
  started.account.addTune({ id: 3, title: 'Style', name: 'style' });
  return started;
}

test.each([
  [1, { text: 'ohwx man' }, FLUX, ['<lora:1:1.0>ohwx man', 'Flux.1 dev']],
  [2, { text: 'woman at sea' }, FLUX, ['<faceid:2:1.0> woman at sea', 'Flux.1 dev']],
  [3, { text: 'ohwx style' }, 3, ['ohwx style', 'Style']],
  [1, { text: '<lora:1:0.6> ohwx man' }, FLUX, ['<lora:1:0.6> ohwx man', 'Flux.1 dev']],
])('sent to tune %i, %j runs on %i', async (tuneId, prompt, modelId, [text, title]) => {
  const { post } = await startWithTunes();
  const { status, body } = await post(`/tunes/${tuneId}/prompts`, { prompt });
  expect(status).toBe(201);
  expect(body).toMatchObject({ tune_id: modelId, text, tune: { id: modelId, title } });
  expect(body.url).toBe(`https://api.astria.ai/tunes/${modelId}/prompts/${body.id}.json`);
});

test('the tunes of a prompt are those its text names', async () => {
  const { post } = await startWithTunes();
  const prompt = { text: 'ohwx man and <faceid:2:0.8> woman and <lora:99:1> nobody' };
  const { body } = await post('/tunes/1/prompts', { prompt });
  expect(body.tunes).toEqual([
    { id: 1, title: 'John', name: 'man' },
    { id: 2, title: 'Face', name: 'woman' },
  ]);
});

test('the flat path always works, the nested one with the model it ran on', async () => {
  const { post, get, patch, remove } = await startWithTunes();
  const { id } = (await post('/tunes/1/prompts', { prompt: { text: 'ohwx man' } })).body;
  expect((await get(`/prompts/${id}`)).status).toBe(200);
  expect((await get(`/tunes/${FLUX}/prompts/${id}`)).status).toBe(200);
  expect((await get(`/tunes/1/prompts/${id}`)).status).toBe(404);
  const changes = { prompt: { orig_prompt_id: 5 } };
  expect((await patch(`/tunes/1/prompts/${id}`, changes)).status).toBe(404);
  expect((await patch(`/tunes/${FLUX}/prompts/${id}`, changes)).body.orig_prompt_id).toBe(5);
  expect((await remove(`/tunes/1/prompts/${id}`)).status).toBe(404);
  expect((await remove(`/tunes/${FLUX}/prompts/${id}`)).status).toBe(200);
  expect((await get(`/prompts/${id}`)).status).toBe(404);
});

test('the prompts of a tune are those that ran on it and those that name it', async () => {
  const { get, account } = await startWithTunes();
  account.addPrompt({ id: 11, tune_id: FLUX, text: '<lora:1:1.0>ohwx man' });
  account.addPrompt({ id: 12, tune_id: 3, text: 'ohwx style' });
  account.addPrompt({ id: 13, tune_id: 3, text: 'with <lora:1:0.5>' });
  account.addPrompt({ id: 14, tune_id: FLUX, text: 'room 1, <lora:12:1> and <1>' });
  expect(idsOf((await get<Json[]>('/tunes/1/prompts')).body)).toEqual([13, 11]);
  expect(idsOf((await get<Json[]>('/tunes/3/prompts')).body)).toEqual([13, 12]);
  expect(idsOf((await get<Json[]>(`/tunes/${FLUX}/prompts`)).body)).toEqual([14, 11]);
});

test('whether `tune_id` finds what only names it is a choice', async () => {
  const { get, account, emulator } = await startWithTunes();
  account.addPrompt({ id: 11, tune_id: FLUX, text: '<lora:1:1.0>ohwx man' });
  expect(idsOf((await get<Json[]>('/prompts?tune_id=1')).body)).toEqual([11]);
  emulator.unknowns.tuneFilterFindsReferences = false;
  expect((await get('/prompts?tune_id=1')).body).toEqual([]);
});

test.each([
  ['text=BEACH', 1],
  ['base_pack_id=260', 2],
  ['orig_prompt_id=77', 3],
  ['order_id=88', 4],
  ['liked=true', 5],
  ['today=true', 6],
  ['is_video=true', 7],
  ['pack_id=9', 8],
  ['is_api=true&text=script', 10],
])('%s finds the one it means', async (query, id) => {
  const { get, account } = await start();
  account.addPack({ id: 9 });
  const yesterday = { created_at: '2026-10-31T23:59:59.000Z' };
  const rows = [
    { text: 'on a beach' },
    { base_pack_id: 260 },
    { orig_prompt_id: 77 },
    { order_id: 88 },
    { liked: true },
    { created_at: '2026-11-01T00:00:00.000Z' },
    { video_model: 'kling30_pro' },
    { pack_id: 9 },
    { text: 'script', is_api: false },
    { text: 'script', is_api: true },
  ];
  for (const [index, row] of rows.entries())
    account.addPrompt({ id: index + 1, ...yesterday, ...row });
  expect(idsOf((await get<Json[]>(`/prompts?${query}`)).body)).toEqual([id]);
});

test('`user_id` is one’s own or nobody’s', async () => {
  const { get, account } = await start();
  account.addPrompt({ id: 1 });
  expect((await get<Json[]>(`/prompts?user_id=${account.userId}`)).body).toHaveLength(1);
  expect((await get('/prompts?user_id=3')).body).toEqual([]);
});

test('a filter that is off filters nothing', async () => {
  const { get, account } = await start();
  account.addPrompt({ id: 1 });
  const off = '/prompts?liked=false&is_video=0&today=&text=';
  expect(idsOf((await get<Json[]>(off)).body)).toEqual([1]);
});

test('a like is kept and taken back, under both spellings', async () => {
  const { get, post, remove, account } = await start();
  account.addPrompt({ id: 1 });
  for (const word of ['likes', 'like']) {
    expect(await post(`/prompts/1/${word}`)).toMatchObject({ status: 201, body: '' });
    await post(`/prompts/1/${word}`);
    expect((await get('/prompts/1')).body).toMatchObject({ liked: true, prompt_likes_count: 1 });
    expect((await remove(`/prompts/1/${word}`)).body).toBe('');
    expect((await get('/prompts/1')).body).toMatchObject({ liked: false, prompt_likes_count: 0 });
  }
});

test('a duplicate is made of the same, save what is asked to be different', async () => {
  const { post, account } = await startWithTunes();
  account.addPrompt({
    id: 11,
    tune_id: FLUX,
    text: '<lora:1:1.0>ohwx man',
    num_images: 4,
    seed: 7,
    cfg_scale: '3.0',
    callback: 'https://hooks.example/x',
    input_image: 'https://api.astria.ai/images/uploads/a.png',
  });
  const { status, body } = await post('/prompts/11/duplicate', { prompt: { seed: 4_294_967_295 } });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    tune_id: FLUX,
    text: '<lora:1:1.0>ohwx man',
    num_images: 4,
    seed: 4_294_967_295,
    cfg_scale: '3.0',
    orig_prompt_id: 11,
    callback: null,
    images: [],
    input_image: 'https://api.astria.ai/images/uploads/a.png',
  });
  expect(body.id).not.toBe(11);
});

test('an image of a prompt becomes the first frame of its duplicate', async () => {
  const { post, account } = await start();
  account.addPrompt({ id: 11, tune_id: GEMINI, num_images: 2 });
  const film = { video_model: 'kling30_pro', video_prompt: 'pan', num_images: 1 };
  const made = await post('/prompts/11/duplicate', { image_index: 1, prompt: film });
  expect(made).toMatchObject({ status: 201, body: { video_model: 'kling30_pro' } });
  const none = await post('/prompts/11/duplicate', { image_index: 2, prompt: film });
  expect(none).toMatchObject({ status: 422, body: { image_index: [expect.any(String)] } });
});

test('a decimal is a text, as Rails sends it', async () => {
  const { post } = await start();
  const prompt = { text: 'a sofa', cfg_scale: 3, denoising_strength: 0.5, steps: '30' };
  const { body } = await post<PromptBody>(`/tunes/${SDXL}/prompts`, { prompt });
  expect([body.cfg_scale, body.denoising_strength, body.steps]).toEqual(['3.0', 0.5, 30]);
});

test('pictures of a prompt are stored, in their order', async () => {
  const { post } = await start({ publicUrl: 'https://api.astria.ai' });
  const own = 'https://api.astria.ai/images/uploads/own.png';
  const prompt = { text: 'a sofa', image_reference_urls: [own, PHOTO], input_image_url: PHOTO };
  const { body } = await post<PromptBody>(`/tunes/${GEMINI}/prompts`, { prompt });
  expect(body.image_references).toEqual([own, body.input_image]);
});

test('the same request is answered with the prompt that is there, once the account wants it', async () => {
  const { post, get, account, emulator } = await start();
  const send = (prompt: object) => post(`/tunes/${GEMINI}/prompts`, { prompt });
  const sofa = { text: 'a sofa', resolution: '1K' };
  const ids = [(await send(sofa)).body.id, (await send(sofa)).body.id];
  expect(ids[0]).not.toBe(ids[1]);
  account.idempotent = true;
  const { status, body } = await send(sofa);
  expect([status, body.id]).toEqual([200, ids[1]]);
  // Neither the resolution nor a picture is compared, so another request falls into the same prompt.
  const other = await send({ text: 'a sofa', resolution: '4K', input_image_url: PHOTO });
  expect([other.body.id, other.body.resolution]).toEqual([ids[1], '1K']);
  expect((await send({ ...sofa, seed: 1 })).body.id).not.toBe(ids[1]);
  emulator.unknowns.replayStatus = 201;
  expect((await send(sofa)).status).toBe(201);
  expect((await get<Json[]>('/prompts')).body).toHaveLength(3);
});
