import { expect, test } from 'vitest';
import { idsOf, type Json, PHOTO, start } from './support.ts';

const tune = { title: 'Maya', image_urls: [PHOTO] };

test.each([
  ['title=maya', [2, 1]],
  ['name[]=man', [3]],
  ['name[]=man&name[]=dress', [4, 3]],
  ['model_type=lora', [2]],
  ['branch=sdxl1', [4, 3, 1]],
  ['title=maya&branch=flux1', [2]],
  ['title=nobody', []],
])('%s finds %j', async (query, ids) => {
  const { get, account } = await start();
  account.addTune({ id: 1, title: 'Maya Okafor' });
  account.addTune({ id: 2, title: 'Casting: MAYA', model_type: 'lora' });
  account.addTune({ id: 3, title: 'John', name: 'man' });
  account.addTune({ id: 4, title: 'Slip dress', name: 'dress' });
  expect(idsOf((await get<Json[]>(`/tunes?${query}`)).body)).toEqual(ids);
});

test('a tune is changed in what was sent, and nothing else', async () => {
  const { patch, get, account, clock } = await start();
  const before = account.addTune({ id: 1, title: 'Maya', auto_extend: false });
  clock.advance(5000);
  const { status, body } = await patch('/tunes/1', { tune: { auto_extend: true } });
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, auto_extend: true, updated_at: '2026-11-01T12:00:05.000Z' });
  expect((await get('/tunes/1')).body).toEqual(body);
  expect(await patch('/tunes/1', { tune: { title: '' } })).toMatchObject({
    status: 422,
    body: { title: ["can't be blank"] },
  });
});

test('a deleted tune is gone, and its prompts stay', async () => {
  const { remove, get, account } = await start();
  account.addTune({ id: 1 });
  account.addPrompt({ id: 2, tune_id: 1 });
  expect(await remove('/tunes/1')).toMatchObject({
    status: 200,
    body: { message: 'Tune was successfully deleted' },
  });
  expect((await get('/tunes/1')).status).toBe(404);
  expect((await get('/prompts/2')).body).toMatchObject({ tune_id: 1, tune: null });
  expect((await remove('/tunes/1')).status).toBe(404);
});

test('a deletion may also be answered with nothing', async () => {
  const { remove, account, emulator } = await start();
  account.addTune({ id: 1 });
  account.addPrompt({ id: 2 });
  emulator.unknowns.deleteStatus = 204;
  expect(await remove('/tunes/1')).toMatchObject({ status: 204, body: '' });
  expect(await remove('/prompts/2')).toMatchObject({ status: 204, body: '' });
});

test('a title is one tune, once the account wants it', async () => {
  const { post, get, account } = await start();
  const first = await post('/tunes', { tune });
  expect((await post('/tunes', { tune })).body.id).not.toBe(first.body.id);
  account.idempotent = true;
  const { status, body } = await post('/tunes', { tune: { ...tune, name: 'dog' } });
  expect([status, body.name]).toEqual([200, null]);
  expect((await get<Json[]>('/tunes')).body).toHaveLength(2);
});

test('the gallery holds the foundation models, which nobody trained, for everybody', async () => {
  const { get, as } = await start();
  const { body } = await get<Json[]>('/gallery/tunes?limit=120');
  const models = [3618064, 3691308, 4665564, 1504944, 666678, 690204];
  expect(idsOf(body)).toEqual(expect.arrayContaining(models));
  expect(idsOf(body)).toEqual(idsOf(body).toSorted((a, b) => Number(b) - Number(a)));
  for (const id of models) {
    const model = (await as('sd_other').get(`/tunes/${id}`)).body;
    expect(model.title).toEqual(expect.any(String));
    for (const field of ['trained_at', 'started_training_at', 'eta', 'orig_images', 'expires_at']) {
      expect(model).not.toHaveProperty(field);
    }
  }
  expect((await get('/tunes')).body).toEqual([]);
});

test('what is public can be used and not changed', async () => {
  const { patch, remove, get } = await start();
  expect((await patch('/tunes/3618064', { tune: { title: 'mine' } })).status).toBe(404);
  expect((await remove('/tunes/3618064')).status).toBe(404);
  expect((await get('/tunes/3618064')).body.title).toBe('Nano Banana Pro');
});

test('a base that is not there is refused', async () => {
  const { post } = await start();
  const answer = await post('/tunes', { tune: { ...tune, base_tune_id: 99 } });
  expect(answer).toMatchObject({ status: 422, body: { base_tune: ['must exist'] } });
});

test.each([
  [{}, 'sd15', 'sks'],
  [{ base_tune_id: 690204 }, 'sd15', 'sks'],
  [{ base_tune_id: 1504944 }, 'flux1', 'ohwx'],
  [{ base_tune_id: 666678 }, 'sdxl1', 'ohwx'],
  [{ base_tune_id: 3618064 }, 'gemini-2', null],
  [{ base_tune_id: 1504944, model_type: 'faceid' }, 'flux1', null],
  [{ branch: 'fast' }, 'fast', 'ohwx'],
  [{ base_tune_id: 690204, token: 'zwx' }, 'sd15', 'zwx'],
])('a tune made with %j is of the branch %s, its token is %s', async (more, branch, token) => {
  const { post } = await start();
  const { status, body } = await post('/tunes', { tune: { ...tune, ...more } });
  expect(status).toBe(201);
  expect([body.branch, body.token]).toEqual([branch, token]);
});

test('the gallery has the models of partners under a branch of their own', async () => {
  const { get } = await start();
  const { body } = await get<Json[]>('/gallery/tunes?limit=120&branch=partner-1');
  expect(idsOf(body)).toEqual([4665564, 3691308]);
});

test('the answer to a tune with prompts holds the prompts, and no other tune does', async () => {
  const { post, get } = await start();
  const prompts_attributes = [{ text: 'sks on a pier' }, { text: 'sks at sea' }];
  const { body } = await post('/tunes', { tune: { ...tune, prompts_attributes } });
  const prompts = body.prompts as Json[];
  expect(prompts.map(({ text }) => text)).toEqual(['sks on a pier', 'sks at sea']);
  expect((await get<Json[]>(`/tunes/${body.id}/prompts`)).body).toEqual(prompts.toReversed());
  expect((await get(`/tunes/${body.id}`)).body).not.toHaveProperty('prompts');
  expect((await post('/tunes', { tune })).body).not.toHaveProperty('prompts');
});

test('a LoRA on one’s own checkpoint runs there', async () => {
  const { post, account } = await start();
  account.addTune({ id: 1, title: 'Base' });
  const lora = { ...tune, model_type: 'lora', base_tune_id: 1, branch: 'sdxl1' };
  const { id } = (await post('/tunes', { tune: lora })).body;
  const { body } = await post(`/tunes/${id}/prompts`, { prompt: { text: 'ohwx' } });
  expect(body).toMatchObject({ tune_id: 1, text: `<lora:${id}:1.0>ohwx` });
});
