import { expect, test } from 'vitest';
import type { PromptBody, TuneBody } from '../../src/emulator/store.ts';
import { PHOTO, start } from './support.ts';

const GEMINI = 3_618_064;
const SECOND = 1000;
const DAY = 86_400 * SECOND;

test('a prompt is queued, is worked on, and has its images', async () => {
  const { post, get, clock } = await start();
  const created = await post<PromptBody>(`/tunes/${GEMINI}/prompts`, {
    prompt: { text: 'a sofa', num_images: 2 },
  });
  expect(created).toMatchObject({
    status: 201,
    body: {
      created_at: '2026-11-01T12:00:00.000Z',
      started_training_at: null,
      trained_at: null,
      images: [],
      resolution: '2K',
    },
  });
  expect(created.body).not.toHaveProperty('cost_mc');
  const path = `/prompts/${created.body.id}`;
  clock.advance(4 * SECOND);
  const running = (await get<PromptBody>(path)).body;
  expect(running).toMatchObject({
    started_training_at: '2026-11-01T12:00:02.000Z',
    trained_at: null,
    images: [],
    progress_timing_seconds: 6,
    progress_elapsed_seconds: 2,
  });
  expect(running).not.toHaveProperty('cost_mc');
  clock.advance(4 * SECOND);
  const done = (await get<PromptBody>(path)).body;
  expect(done).toMatchObject({
    trained_at: '2026-11-01T12:00:08.000Z',
    updated_at: '2026-11-01T12:00:08.000Z',
    user_error: null,
    content_types: ['image/png', 'image/png'],
    cost_mc: 25_000,
  });
  expect(done.images).toHaveLength(2);
  expect(done).not.toHaveProperty('progress_elapsed_seconds');
});

test('nothing happens while the clock stands still', async () => {
  const { post, get } = await start();
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa' } });
  expect((await get(`/prompts/${body.id}`)).body).toEqual(body);
});

test('a text that asks for it fails, and costs nothing', async () => {
  const { post, get, clock, account } = await start();
  const before = account.balanceMc;
  const prompt = { text: 'a sofa [fail]', num_images: 2 };
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt });
  expect(body.user_error).toBeNull();
  expect(account.balanceMc).toBe(before - 25_000);
  clock.advance(8 * SECOND);
  expect((await get(`/prompts/${body.id}`)).body).toMatchObject({
    trained_at: '2026-11-01T12:00:08.000Z',
    user_error: 'The provider refused this prompt.',
    images: [],
    cost_mc: 0,
  });
  expect(account.balanceMc).toBe(before);
});

test.each([
  ['seedance2_fast_720p', 5, 140_000],
  ['kling25', 10, 80_000],
  ['of_next_month', 5, 140_000],
])('a video by %s of %i seconds costs %i, times a factor', async (video_model, seconds, mc) => {
  const { post, get, clock, account } = await start({ unknowns: { priceFactor: 1.5 } });
  const before = account.balanceMc;
  const film = { video_model, video_prompt: 'pan', video_duration: seconds };
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a pier', ...film } });
  expect(account.balanceMc).toBe(before - 1.5 * mc);
  clock.advance(8 * SECOND);
  expect((await get(`/prompts/${body.id}`)).body.cost_mc).toBe(1.5 * mc);
});

test('a video shows its first frame before it is there', async () => {
  const { post, get, clock } = await start();
  const film = { video_model: 'seedance2_fast_720p', video_prompt: 'pan' };
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a pier', ...film } });
  expect(body).toMatchObject({ images: [], video_duration: 5 });
  const filesAfter = async (ms: number) => {
    clock.advance(ms);
    const { trained_at, filenames } = (await get<PromptBody>(`/prompts/${body.id}`)).body;
    return { isDone: trained_at !== null, filenames };
  };
  expect(await filesAfter(4 * SECOND)).toEqual({ isDone: false, filenames: [] });
  expect(await filesAfter(2 * SECOND)).toEqual({ isDone: false, filenames: ['frame.png'] });
  expect(await filesAfter(2 * SECOND)).toEqual({
    isDone: true,
    filenames: ['frame.png', 'clip.mp4'],
  });
});

test('images come one at a time, the last when all is done', async () => {
  const { post, get, clock } = await start();
  const prompt = { text: 'a sofa', num_images: 3 };
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt });
  const after = async (ms: number) => {
    clock.advance(ms);
    const { trained_at, filenames, images, content_types } = (
      await get<PromptBody>(`/prompts/${body.id}`)
    ).body;
    expect([images?.length, content_types?.length]).toEqual([filenames?.length, filenames?.length]);
    return { isDone: trained_at !== null, filenames };
  };
  expect(await after(3 * SECOND)).toEqual({ isDone: false, filenames: [] });
  expect(await after(SECOND)).toEqual({ isDone: false, filenames: ['1.png'] });
  expect(await after(2 * SECOND)).toEqual({ isDone: false, filenames: ['1.png', '2.png'] });
  expect(await after(1999)).toEqual({ isDone: false, filenames: ['1.png', '2.png'] });
  expect(await after(1)).toEqual({ isDone: true, filenames: ['1.png', '2.png', '3.png'] });
});

test('a LoRA is trained, and the prompts it came with wait for it', async () => {
  const { post, get, clock } = await start();
  const { body: created } = await post<TuneBody>('/tunes', {
    tune: {
      title: 'Maya',
      name: 'woman',
      model_type: 'lora',
      base_tune_id: 1504944,
      image_urls: [PHOTO],
      prompts_attributes: [{ text: 'ohwx woman' }],
    },
  });
  const tuneAfter = async (ms: number) => {
    clock.advance(ms);
    return (await get<TuneBody>(`/tunes/${created.id}`)).body;
  };
  expect(created).toMatchObject({ started_training_at: null, trained_at: null, ckpt_url: null });
  expect(await tuneAfter(5 * SECOND)).toMatchObject({
    started_training_at: '2026-11-01T12:00:05.000Z',
    trained_at: null,
    eta: '2026-11-01T12:01:08.750Z',
  });
  const [waiting] = (await get<PromptBody[]>('/prompts')).body;
  expect(waiting?.started_training_at).toBeNull();
  expect(await tuneAfter(50 * SECOND)).toMatchObject({
    trained_at: '2026-11-01T12:00:55.000Z',
    expires_at: '2026-12-01T12:00:55.000Z',
    ckpt_url: expect.stringContaining('safetensors'),
  });
  clock.advance(8 * SECOND);
  const [done] = (await get<PromptBody[]>('/prompts')).body;
  expect(done).toMatchObject({ trained_at: '2026-11-01T12:01:03.000Z', tune_id: 1504944 });
});

test('a faceid is trained a moment before it is created', async () => {
  const { post } = await start();
  const { body } = await post<TuneBody>('/tunes', {
    tune: { title: 'Maya', name: 'woman', model_type: 'faceid', image_urls: [PHOTO] },
  });
  expect(body).toMatchObject({
    token: null,
    created_at: '2026-11-01T12:00:00.000Z',
    trained_at: '2026-11-01T11:59:59.405Z',
    ckpt_url: null,
  });
});

test('a tune expires after thirty days, unless it extends itself', async () => {
  const { post, get, clock, account } = await start();
  const { id } = account.addTune({ title: 'old' });
  const kept = account.addTune({ title: 'kept', auto_extend: true });
  clock.advance(31 * DAY);
  const prompt = { text: 'ohwx woman' };
  expect(await post(`/tunes/${id}/prompts`, { prompt })).toMatchObject({
    status: 422,
    body: { base: ['Fine-tune has expired'] },
  });
  expect((await post(`/tunes/${kept.id}/prompts`, { prompt })).status).toBe(201);
  const { expires_at } = (await get<TuneBody>(`/tunes/${kept.id}`)).body;
  expect(Date.parse(expires_at ?? '')).toBeGreaterThan(clock.now());
});

test('`branch=fast` is free', async () => {
  const { post, get, clock, account } = await start();
  const before = account.balanceMc;
  const { body } = await post<TuneBody>('/tunes', {
    tune: { title: 'mock', branch: 'fast', image_urls: [PHOTO] },
  });
  const { body: prompt } = await post(`/tunes/${body.id}/prompts`, { prompt: { text: 'x' } });
  expect(account.balanceMc).toBe(before);
  clock.advance(35 * SECOND);
  expect((await get(`/tunes/${body.id}`)).body).toMatchObject({
    trained_at: '2026-11-01T12:00:35.000Z',
    cost_mc: 0,
  });
  clock.advance(8 * SECOND);
  expect((await get(`/prompts/${prompt.id}`)).body.cost_mc).toBe(0);
});

test('a fast emulator is fast', async () => {
  const { post, get, clock } = await start({ speed: 100 });
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa' } });
  clock.advance(80);
  expect((await get<PromptBody>(`/prompts/${body.id}`)).body.images).toHaveLength(1);
});

test('by the system clock it goes on by itself', async () => {
  const { post, get } = await start({ clock: { now: () => Date.now() }, speed: 1000 });
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa' } });
  await expect
    .poll(async () => (await get<PromptBody>(`/prompts/${body.id}`)).body.images?.length)
    .toBe(1);
});

test('a text that asks for it fails at first, and succeeds after all', async () => {
  const { post, get, clock } = await start();
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa [retry]' } });
  const seenAfter = async (ms: number) => {
    clock.advance(ms);
    const { user_error, trained_at, updated_at, images } = (
      await get<PromptBody>(`/prompts/${body.id}`)
    ).body;
    return [user_error, trained_at, updated_at?.slice(17, 19), images?.length];
  };
  expect(await seenAfter(3 * SECOND)).toEqual([null, null, '02', 0]);
  expect(await seenAfter(1 * SECOND)).toEqual([
    'The provider failed, and is asked again.',
    null,
    '04',
    0,
  ]);
  expect(await seenAfter(2 * SECOND)).toEqual([null, null, '06', 0]);
  expect(await seenAfter(2 * SECOND)).toEqual([null, '2026-11-01T12:00:08.000Z', '08', 1]);
});
