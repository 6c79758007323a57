/** What is sent is kept, known or not. */
import { expect, test } from 'vitest';
import type { PromptBody } from '../../src/emulator/store.ts';
import { type Json, PHOTO, start } from './support.ts';

const GEMINI = 3_618_064;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

async function startListening() {
  const reported: string[] = [];
  const started = await start({
    publicUrl: 'https://api.astria.ai',
    report: (line) => void reported.push(line),
    unknowns: { tellsEveryParameter: true },
  });
  return { ...started, reported };
}

test('every parameter of a prompt is kept, and goes into its copies', async () => {
  const { post, account, emulator } = await startListening();
  account.addTune({ id: 1, name: 'man', model_type: 'lora' });
  const kept = { lora_scale: 0.6, backend_version: '1', theme: 'sea', use_lpw: true, mood: 'calm' };
  const prompt = { text: 'ohwx man', ar: 'portrait', callback: 'https://a.example/x', ...kept };
  const { body } = await post<PromptBody & Json>('/tunes/1/prompts', { prompt });
  expect(body).toMatchObject({ ...kept, ar: 'portrait' });
  const copy = await post(`/prompts/${body.id}/duplicate`, { prompt: { theme: 'hills' } });
  expect(copy.body).toMatchObject({ ...kept, ar: 'portrait', theme: 'hills', callback: null });
  emulator.unknowns.tellsEveryParameter = false;
  expect(account.prompt(Number(body.id))).not.toHaveProperty('lora_scale');
});

test('a file is kept as the address it is stored at, and copied from there', async () => {
  const { post } = await startListening();
  const form = new FormData();
  form.append('prompt[video_model]', 'kling30_pro');
  form.append('prompt[video_prompt]', 'pan');
  form.append('prompt[video_first_frame]', new File([PNG], 'first.png', { type: 'image/png' }));
  const { body } = await post<PromptBody & Json>(`/tunes/${GEMINI}/prompts`, form);
  const address = expect.stringMatching(/^https:\/\/api\.astria\.ai\/images\/uploads\//);
  expect(body).toMatchObject({ video_first_frame_url: address });
  expect(body).not.toHaveProperty('video_first_frame');
  const { status, body: copy } = await post(`/prompts/${body.id}/duplicate`);
  expect([status, copy.video_first_frame_url]).toEqual([201, body.video_first_frame_url]);
});

test.each(['', 'data:image/png;base64,'])(
  'a picture in base64 after %j is stored',
  async (start) => {
    const { post } = await startListening();
    const prompt = { text: 'a sofa', input_image_base64: `${start}${PNG.toString('base64')}` };
    const { body } = await post<PromptBody>(`/tunes/${GEMINI}/prompts`, { prompt });
    expect(body.input_image).toMatch(/^https:\/\/api\.astria\.ai\/images\/uploads\//);
    const { status, body: copy } = await post<PromptBody>(`/prompts/${body.id}/duplicate`);
    expect([status, copy.input_image]).toEqual([201, body.input_image]);
  },
);

test('every parameter of a tune is kept', async () => {
  const { post, get, patch } = await startListening();
  const tune = { title: 'Maya', image_urls: [PHOTO], preset: 'flux-lora-fast', mood: 'calm' };
  const { body } = await post('/tunes', { tune });
  await patch(`/tunes/${body.id}`, { tune: { colour: 'red' } });
  expect((await get(`/tunes/${body.id}`)).body).toMatchObject({ ...tune, colour: 'red' });
});

test.each([
  ['prompt[moood]', `/tunes/${GEMINI}/prompts`, { prompt: { text: 'a', moood: 'x' } }],
  ['tune[tittle]', '/tunes', { tune: { tittle: 'x' } }],
  [
    'prompt[txt]',
    '/tunes',
    { tune: { title: 'x', image_urls: [PHOTO], prompts_attributes: [{ text: 'a', txt: 'b' }] } },
  ],
  [
    'tune[prompt_attributes]',
    '/tunes',
    { tune: { title: 'x', image_urls: [PHOTO], prompt_attributes: { seed: 5 } } },
  ],
  ['pack run[prompts_attributes]', '/p/260/tunes', { tune: { prompts_attributes: [] } }],
  ['pack[subtitel]', '/packs', { pack: { title: 'x', subtitel: 'x' } }],
  ['workspace[breif]', '/workspaces', { workspace: { title: 'x', breif: 'x' } }],
  ['theme[themes]', '/themes', { theme: { themes: 'x' } }],
  ['inspection[url]', '/images/inspect', { url: PHOTO }],
])('%s is not known, and whoever runs the emulator is told once', async (name, path, body) => {
  const { post, reported } = await startListening();
  await post(path, body);
  await post(path, body);
  expect(reported).toEqual([
    `The emulator does not know "${name}", and acts as if it were not there.`,
  ]);
});

test('so are filters that are not known', async () => {
  const { get, reported } = await startListening();
  for (const path of [
    '/tunes?name[]=man&brnach=sd15',
    '/prompts?expand[]=comments',
    '/packs?page=2',
  ])
    await get(path);
  expect(reported.map((line) => line.split('"')[1])).toEqual([
    'GET /tunes?brnach',
    'GET /prompts?expand',
    'GET /packs?page',
  ]);
});

test('a model and a flag that are not known are named too, and taken', async () => {
  const { post, reported } = await startListening();
  const text = 'a pier --video --video_model wan31_720p --tiled_upscale --tiled_upscale';
  const prompt = { text, video_prompt: 'pan' };
  expect((await post(`/tunes/${GEMINI}/prompts`, { prompt })).status).toBe(201);
  expect(reported).toEqual([
    'The emulator does not know "wan31_720p", and takes it for a new model of video.',
    'The emulator does not know "--tiled_upscale", and leaves it in the text.',
  ]);
});

test('what is known is not reported, and neither is what a copy or a pack brings along', async () => {
  const { post, account, reported } = await startListening();
  account.addTune({ id: 1, name: 'man', model_type: 'lora' });
  account.addPack({ id: 7 });
  account.addPrompt({ id: 5, pack_id: 7, text: '<lora:1:1.0>ohwx man' });
  await post('/prompts/5/duplicate');
  await post('/p/7/tunes', { tune: { tune_ids: [1], prompt_attributes: { seed: 5 } } });
  expect(reported).toEqual([]);
});

test('a blank keeps its place in a list of texts, and is said to be passed over among photos', async () => {
  const { post, reported } = await startListening();
  const captions = ['', 'a man reading'];
  const tune = { title: 'Maya', image_urls: ['', PHOTO, PHOTO], image_captions: captions };
  const { status, body } = await post('/tunes', { tune });
  expect([status, body.image_captions]).toEqual([201, captions]);
  expect(body.orig_images).toHaveLength(2);
  expect(reported).toEqual([
    'The emulator passes over "a blank in image_urls": what follows it moves up by one.',
  ]);
});

test('of a list of files and blanks each keeps its place', async () => {
  const { post } = await startListening();
  const form = new FormData();
  form.append('tune[title]', 'Maya');
  for (const photo of [new File([PNG], 'a.png', { type: 'image/png' }), ''])
    form.append('tune[images][]', photo);
  const { body } = await post('/tunes', form);
  expect(body.image_urls).toEqual([expect.stringMatching(/^https:/), '']);
});
