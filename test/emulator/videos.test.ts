import { expect, test } from 'vitest';
import type { PromptBody } from '../../src/emulator/store.ts';
import { idsOf, type Json, PHOTO, start } from './support.ts';

const GEMINI = 3_618_064;
const VIDEO = 'https://photos.example/in.mp4';
const SOUND = 'https://photos.example/song.mp3';
const film = { video_model: 'seedance2_fast_720p', video_prompt: 'slow push in' };
const onKling = { ...film, video_model: 'kling30_pro' };

async function startFilming() {
  const started = await start();
  const send = (prompt: object) =>
    started.post<PromptBody & Json>(`/tunes/${GEMINI}/prompts`, { prompt });
  return { ...started, send };
}

test.each([
  film,
  { ...film, video_model: 'happyhorse_1080p' },
  { ...film, video_model: 'minimax_h3_2k' },
  // Newer than the documentation.
  { ...film, video_model: 'wan31_1080p' },
  { ...film, text: '' },
  { ...film, image_reference_urls: [PHOTO] },
  { ...film, aspect_ratio: 'adaptive', input_video_url: VIDEO, audio_reference_url: SOUND },
  { ...film, video_first_frame_url: PHOTO, video_last_frame_url: PHOTO },
  { ...onKling, video_first_frame_url: PHOTO },
  { ...onKling, source_image_url: PHOTO },
  { ...onKling, text: 'a pier', video_duration: 15 },
  {
    ...film,
    video_model: 'kling30_motion_control_pro',
    input_video_url: VIDEO,
    video_first_frame_url: PHOTO,
  },
])('%j is a video', async (prompt) => {
  const { send } = await startFilming();
  const { status, body } = await send(prompt);
  expect({ status, model: body.video_model }).toEqual({ status: 201, model: prompt.video_model });
});

const BLANK = ["can't be blank"];
const APART = ['cannot be combined with references, an input video or audio'];

test.each([
  [onKling, { text: BLANK }],
  [{ ...film, video_prompt: '' }, { video_prompt: BLANK }],
  [
    { text: 'a pier', source_image_url: PHOTO },
    { video_model: BLANK, video_prompt: BLANK },
  ],
  [{ ...film, text: 'a pier', video_model: 'kling30_motion_control_pro' }, { input_video: BLANK }],
  [{ ...film, video_duration: 3 }, { video_duration: ['is not included in the list'] }],
  [{ ...film, aspect_ratio: '7:5' }, { aspect_ratio: ['is not included in the list'] }],
  [
    { ...onKling, text: 'a pier', aspect_ratio: 'adaptive' },
    { aspect_ratio: ['is not included in the list'] },
  ],
  [
    { ...film, video_first_frame_url: PHOTO, video_last_frame_url: PHOTO, input_video_url: VIDEO },
    { video_first_frame: APART, video_last_frame: APART },
  ],
  [
    { text: 'a pier --video --video_model kling25', num_images: 2 },
    { num_images: ['must be 1 for --video'] },
  ],
])('%j is refused', async (prompt, expected) => {
  const { send } = await startFilming();
  const { status, body } = await send(prompt);
  expect({ status, body }).toEqual({ status: 422, body: expected });
});

test('flags in a text are parameters, and those that are given count more', async () => {
  const { send } = await startFilming();
  const text =
    'ohwx woman hiking --video --video_model seedance_v15_720p --duration 8 --video_prompt "She smiles, slowly" --tiled';
  const { body } = await send({ text, video_duration: 6 });
  expect(body).toMatchObject({
    text,
    video_model: 'seedance_v15_720p',
    video_prompt: 'She smiles, slowly',
    video_duration: 6,
  });
});

test('a tune that the prompt of a video names is a reference', async () => {
  const { send, get, account } = await startFilming();
  account.addTune({ id: 11, title: 'Maya', name: 'woman', model_type: 'faceid' });
  account.addTune({ id: 12, title: 'Boots', name: 'boots', model_type: 'faceid' });
  const video_prompt = '<faceid:12:1> boots on <faceid:11:1.0> woman, who waves';
  const { body } = await send({ ...film, text: '<faceid:11:1> woman', video_prompt });
  expect(body.tunes).toMatchObject([{ id: 11 }, { id: 12 }]);
  expect(idsOf((await get<Json[]>('/tunes/12/prompts')).body)).toEqual([body.id]);
});

test('a template of a video is filled in its own prompt too', async () => {
  const { post, get, account } = await startFilming();
  account.addTune({ id: 11, name: 'woman', model_type: 'faceid', base_tune_id: GEMINI });
  account.addPack({ id: 7 });
  const template = { tune_id: GEMINI, text: null, video_prompt: '<faceid:4:1> woman waves' };
  account.addPrompt({ ...film, ...template, pack_id: 7, num_images: 1 });
  expect(await post('/p/7/tunes', { tune: { tune_ids: [11] } })).toMatchObject({ status: 201 });
  const [made] = (await get<Json[]>('/prompts?base_pack_id=7')).body;
  expect(made).toMatchObject({ video_prompt: '<faceid:11:1> woman waves', tunes: [{ id: 11 }] });
});

test('the catalogue has what the documentation names', async () => {
  const { get } = await start();
  const { body } = await get('/cli/models');
  const { models, video_models } = body as Record<string, Record<string, Json>>;
  expect(Object.keys(models ?? {})).toEqual(['gemini', 'seedream', 'gpt-image-2']);
  expect(Object.keys(video_models ?? {})).toHaveLength(46);
  expect(video_models).toMatchObject({
    kling30_4k: { title: 'Kling 30 4k', supports_last_frame: true, needs_input_video: false },
    kling30_motion_control_pro: { motion_control: true, needs_input_video: true },
    veo31_fast_audio_4k: { generates_audio: true },
    happyhorse_720p: { supports_image_references: true },
    seedance2_4k: { supports_audio_reference: true },
  });
});
