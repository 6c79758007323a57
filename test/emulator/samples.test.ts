import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Json, PHOTO, start, startReceiver } from './support.ts';

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'));

const fieldsOf = (body: Json) => expect.arrayContaining(Object.keys(body));

test.each(['tune-lora', 'tune-faceid'])(
  '%s, added as a row, is answered as it is',
  async (name) => {
    const { get, account } = await start();
    const recorded = sample(name);
    account.addTune(recorded);
    expect((await get(`/tunes/${recorded.id}`)).body).toMatchObject(recorded);
  },
);

test.each(['prompt-created', 'prompt-done-lora', 'prompt-failed', 'prompt-video'])(
  '%s, added as a row, is answered as it is',
  async (name) => {
    const { get, account } = await start();
    const recorded = sample(name);
    account.addPrompt(recorded);
    expect((await get(`/prompts/${recorded.id}`)).body).toMatchObject(recorded);
  },
);

test.each(['pack-detail', 'pack-multi'])(
  '%s, added as a row, is answered as it is',
  async (name) => {
    const { get, account } = await start();
    const recorded = sample(name);
    account.addPack(recorded);
    expect((await get(`/p/${recorded.slug}`)).body).toMatchObject(recorded);
  },
);

test('a tune has the fields of a recorded one', async () => {
  const { post, get, clock } = await start();
  for (const [name, model_type] of [
    ['tune-lora', 'lora'],
    ['tune-faceid', 'faceid'],
  ]) {
    const tune = { title: 'John', name: 'man', model_type, image_urls: [PHOTO] };
    const { body } = await post('/tunes', { tune });
    clock.advance(60_000);
    const trained = (await get(`/tunes/${body.id}`)).body;
    expect(Object.keys(trained)).toEqual(fieldsOf(sample(String(name))));
  }
});

test('a prompt has the fields of a recorded one', async () => {
  const { post, get, clock } = await start();
  const { body } = await post('/tunes/3618064/prompts', { prompt: { text: 'a sofa' } });
  expect(Object.keys(body)).toEqual(fieldsOf(sample('prompt-created')));
  expect(body).not.toHaveProperty('cost_mc');
  clock.advance(60_000);
  const done = Object.keys((await get(`/prompts/${body.id}`)).body);
  for (const name of ['prompt-done-lora', 'prompt-failed', 'prompt-video']) {
    expect(done).toEqual(fieldsOf(sample(name)));
  }
});

test('the packs of the samples have the fields they were recorded with', async () => {
  const { get } = await start();
  for (const name of ['pack-detail', 'pack-multi']) {
    const recorded = sample(name);
    const { body } = await get(`/p/${recorded.id}`);
    expect(Object.keys(body)).toEqual(fieldsOf(recorded));
    expect(body.slug).toBe(recorded.slug);
  }
});

test('callbacks have the fields of recorded ones, and no others', async () => {
  const { post, clock } = await start();
  const { url, received } = await startReceiver();
  const tune = { title: 'John', model_type: 'lora', image_urls: [PHOTO], callback: url };
  await post('/tunes', { tune });
  const prompt = { text: 'a sofa', callback: url };
  await post('/tunes/3618064/prompts', { prompt });
  clock.advance(60_000);
  await expect.poll(() => received.length).toBe(2);
  const recorded = sample('callbacks');
  const bodies = Object.assign({}, ...received.map(({ body }) => body));
  expect(Object.keys(bodies.prompt).sort()).toEqual(Object.keys(recorded.prompt.prompt).sort());
  expect(Object.keys(bodies.tune).sort()).toEqual(Object.keys(recorded.tune.tune).sort());
});
