import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PromptBody } from '../../src/emulator/store.ts';
import { type Json, PHOTO, start } from './support.ts';

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'));

test('a theme is answered with nothing, and ten prompts a tune appear later', async () => {
  const { post, get, account, clock } = await start();
  account.addTune({ id: 1, name: 'man', model_type: 'lora' });
  account.addTune({ id: 2, name: 'woman', model_type: 'faceid' });
  const theme = {
    theme: 'in Kyoto',
    tune_ids: [1, 2],
    prompt_attributes: { num_images: 2, w: 896, h: 1152 },
  };
  expect(await post('/themes', { theme })).toMatchObject({ status: 201, body: '' });
  expect((await get('/prompts')).body).toEqual([]);
  clock.advance(5000);
  const { body } = await get<PromptBody[]>('/prompts?limit=120');
  expect(body).toHaveLength(20);
  expect(new Set(body.map(({ text }) => text)).size).toBe(20);
  expect(body.at(-1)).toMatchObject({
    text: expect.stringMatching(/^<lora:1:1\.0>ohwx man in Kyoto, /),
    num_images: 2,
    w: 896,
    h: 1152,
  });
  expect(body[0]?.text).toMatch(/^<faceid:2:1\.0> woman in Kyoto, /);
});

test.each([
  [{ theme: { tune_ids: [1] } }, 422],
  [{ theme: { theme: 'in Kyoto' } }, 422],
  [{ theme: { theme: 'in Kyoto', tune_ids: [99] } }, 404],
])('the theme %j is answered with %i', async (body, status) => {
  const { post, account } = await start();
  account.addTune({ id: 1 });
  expect((await post('/themes', body)).status).toBe(status);
});

test('an inspection has the fields of a real one, and is the same for the same picture', async () => {
  const { post } = await start();
  const form = (url: string) => {
    const body = new FormData();
    body.append('name', 'woman');
    body.append('file_url', url);
    return body;
  };
  const { status, body } = await post('/images/inspect', form(PHOTO));
  expect(status).toBe(200);
  for (const [field, value] of Object.entries(sample('image-inspect'))) {
    expect([field, typeof body[field]]).toEqual([field, typeof value]);
  }
  expect(body.name).toBe('woman');
  expect((await post('/images/inspect', form(PHOTO))).body).toEqual(body);
  expect((await post('/images/inspect', form('https://photos.example/2.jpg'))).body).not.toEqual(
    body,
  );
  expect((await post('/images/inspect', new FormData())).status).toBe(422);
});

test('the catalogue of models needs no key, and says what the sample says', async () => {
  const { emulator } = await start();
  const response = await fetch(`${emulator.url}/cli/models`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject(sample('models'));
});

test('the user is one object, with the sample’s fields', async () => {
  const { get } = await start();
  const { status, body } = await get('/users');
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(expect.arrayContaining(Object.keys(sample('user'))));
});

test('what is created is paid for', async () => {
  const { post, get, account } = await start();
  account.balanceMc = 400_000;
  await post('/tunes', { tune: { title: 'a', model_type: 'lora', image_urls: [PHOTO] } });
  const prompt = { text: 'a sofa', num_images: 2 };
  await post('/tunes/3618064/prompts', { prompt });
  expect((await get<Json>('/users')).body.usd_balance_mc).toBe(400_000 - 150_000 - 25_000);
});

test('nothing on a face is told in both of Astria’s ways', async () => {
  const { post } = await start();
  const pictures = Array.from({ length: 40 }, (_, index) => `https://photos.example/${index}.jpg`);
  const looks = await Promise.all(
    pictures.map(async (file_url) => (await post('/images/inspect', { file_url })).body),
  );
  for (const field of ['facial_hair', 'glasses', 'headcover']) {
    expect(looks.map((look) => look[field])).toEqual(expect.arrayContaining(['', 'NONE']));
  }
});
