import { expect, test } from 'vitest';
import type { PackBody, PromptBody, TuneBody } from '../../src/emulator/store.ts';
import { idsOf, type Json, PHOTO, start } from './support.ts';

const FLUX = 1_504_944;
const GEMINI = 3_618_064;

/** A pack of three templates, made with a woman and a man. */
async function startWithPack(fields: object = {}) {
  const started = await start();
  const { account } = started;
  account.addTune({ id: 1, name: 'woman', model_type: 'lora' });
  account.addTune({ id: 2, name: 'man', model_type: 'lora' });
  account.addPack({ id: 9, slug: 'headshots', ...fields });
  const template = { pack_id: 9, tune_id: FLUX, num_images: 4 };
  account.addPrompt({ id: 501, ...template, text: '<lora:1:1.0>ohwx woman, desk' });
  account.addPrompt({ id: 502, ...template, text: '<lora:2:1.0>ohwx man, desk' });
  account.addPrompt({ id: 503, ...template, text: '<lora:1:0.8>ohwx woman, roof' });
  return started;
}

const generated = (started: Awaited<ReturnType<typeof start>>) =>
  started.get<PromptBody[]>('/prompts?base_pack_id=9&limit=120').then(({ body }) => body);

test.each([
  ['cost_mc_hash', { cost_mc_hash: { woman: 18_400, man: 9200 } }],
  ['cost', { costs: { woman: { cost: 18.4, num_images: 8 }, man: { cost: 9.2, num_images: 4 } } }],
  [
    'cost_mc',
    { costs: { woman: { cost_mc: 18_400, num_images: 8 }, man: { cost_mc: 9200, num_images: 4 } } },
  ],
])('costs are told as %s, in the list and in the detail', async (costShape, expected) => {
  const { get } = await startWithPack({ costShape });
  const [listed] = (await get<PackBody[]>('/packs')).body;
  const { cost_mc_hash, costs } = (await get<PackBody>('/p/9')).body;
  expect({ cost_mc_hash, costs }).toEqual(expected);
  expect({ cost_mc_hash: listed?.cost_mc_hash, costs: listed?.costs }).toEqual(expected);
});

test('the detail has the templates by class, and the cover that the list leaves out', async () => {
  const { get } = await startWithPack();
  const [listed] = (await get<PackBody[]>('/packs')).body;
  expect(listed).toMatchObject({ id: 9, slug: 'headshots' });
  expect(listed).not.toHaveProperty('prompts_per_class');
  expect(listed).not.toHaveProperty('cover_url');
  const { body } = await get<PackBody>('/p/headshots');
  expect(body.prompts_per_class).toEqual({
    woman: [
      { id: 503, images: expect.arrayContaining([expect.stringContaining('/503/1.png')]) },
      { id: 501, images: expect.arrayContaining([expect.stringContaining('/501/1.png')]) },
    ],
    man: [{ id: 502, images: expect.any(Array) }],
  });
  expect(body.cover_url).toMatch(/\/images\/packs\/9\/cover\.png$/);
});

test('a pack is found by its id, its slug and with `.json`', async () => {
  const { get } = await startWithPack();
  for (const path of ['/p/9', '/p/headshots', '/p/headshots.json', '/p/9.json']) {
    expect((await get(path)).body.id).toBe(9);
  }
  expect((await get('/p/nothing')).status).toBe(404);
});

test('run with tunes, a pack says no more than that it ran', async () => {
  const started = await startWithPack();
  started.account.addTune({ id: 7, name: 'woman', model_type: 'lora' });
  const { status, body } = await started.post('/p/headshots/tunes', { tune: { tune_ids: [7] } });
  expect([status, body]).toEqual([201, { status: 201, message: 'Prompts created' }]);
  const prompts = await generated(started);
  expect(prompts.map(({ text, orig_prompt_id }) => [text, orig_prompt_id])).toEqual([
    ['<lora:7:1.0>ohwx woman, desk', 501],
    ['<lora:7:0.8>ohwx woman, roof', 503],
  ]);
  expect(prompts[0]).toMatchObject({ tune_id: FLUX, num_images: 4, pack_id: null, order_id: null });
});

test('run with photos, a pack answers the tune it trains, and its prompts wait for that', async () => {
  const started = await startWithPack();
  const tune = { title: 'John', name: 'man', image_urls: [PHOTO] };
  const { status, body } = await started.post<TuneBody>('/p/9/tunes', { tune });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    title: 'John',
    model_type: 'lora',
    base_tune_id: FLUX,
    trained_at: null,
  });
  const prompts = await generated(started);
  expect(prompts.map(({ text }) => text)).toEqual([`<lora:${body.id}:1.0>ohwx man, desk`]);
  started.clock.advance(60_000);
  expect((await generated(started))[0]?.started_training_at).toBe('2026-11-01T12:00:57.000Z');
});

test('run with neither tunes nor photos, a pack is refused', async () => {
  const { post } = await startWithPack();
  const answer = await post('/p/9/tunes', { tune: { title: 'John' } });
  expect(answer).toMatchObject({
    status: 422,
    body: { images: ['must contain at least one image'] },
  });
});

test('a multi pack answers an order and its prompts', async () => {
  const { post, get, account } = await start();
  for (const [id, name] of [
    [11, 'woman'],
    [12, 'boots'],
    [21, 'woman'],
    [22, 'boots'],
  ] as const) {
    account.addTune({
      id,
      name,
      title: `${name} ${id}`,
      model_type: 'faceid',
      base_tune_id: GEMINI,
    });
  }
  account.addPack({ id: 9, use_multi: true });
  const text = '<faceid:11:1> woman wearing <faceid:12:1> boots';
  account.addPrompt({ id: 501, pack_id: 9, tune_id: GEMINI, text });
  const { body: detail } = await get<PackBody>('/p/9');
  expect(detail.template_prompts).toEqual([{ id: 501, text, cost_mc: 12_500 }]);
  expect(detail.template_tunes).toEqual([
    { id: 11, name: 'woman', title: 'woman 11' },
    { id: 12, name: 'boots', title: 'boots 12' },
  ]);
  const { status, body } = await post<{ prompt_ids: number[]; order: Json }>('/p/9/tunes', {
    tune: { tune_ids: [21, 22] },
  });
  expect([status, body]).toEqual([
    201,
    {
      status: 201,
      message: 'Prompts created',
      order: { id: 37_500, tune_ids: [21, 22], total_cost_mc: 12_500 },
      prompt_ids: [45_200_000],
    },
  ]);
  expect((await get('/prompts/45200000')).body).toMatchObject({
    text: '<faceid:21:1> woman wearing <faceid:22:1> boots',
    order_id: 37_500,
    tunes: [{ id: 21 }, { id: 22 }],
  });
});

test('tunes that change places with the template’s own are not confused', async () => {
  const { post, get, account } = await start();
  for (const id of [11, 12]) {
    account.addTune({ id, model_type: 'faceid', base_tune_id: GEMINI });
  }
  account.addPack({ id: 9, use_multi: true });
  account.addPrompt({ pack_id: 9, tune_id: GEMINI, text: '<faceid:11:1> with <faceid:12:1>' });
  const { body } = await post<{ prompt_ids: number[] }>('/p/9/tunes', {
    tune: { tune_ids: [12, 11] },
  });
  expect((await get(`/prompts/${body.prompt_ids[0]}`)).body.text).toBe(
    '<faceid:12:1> with <faceid:11:1>',
  );
});

test('a run takes the templates that were chosen, and what is to be different', async () => {
  const started = await startWithPack();
  const tune = { tune_ids: [1], prompt_ids: [503], prompt_attributes: { num_images: 1 } };
  await started.post('/p/9/tunes', { tune });
  const [prompt, ...others] = await generated(started);
  expect([prompt?.orig_prompt_id, prompt?.num_images, others]).toEqual([503, 1, []]);
  const wrong = { ...tune, prompt_ids: [7] };
  expect((await started.post('/p/9/tunes', { tune: wrong })).status).toBe(422);
});

test('a new pack is empty until prompts are written for it', async () => {
  const { post, get, account } = await start();
  account.addTune({ id: 1, name: 'dog', model_type: 'lora' });
  const pack = { title: 'Dogs & friends', base_tune_id: FLUX, model_type: 'lora' };
  const { status, body } = await post<PackBody>('/packs', { pack });
  expect([status, body.slug, body.costs]).toEqual([201, 'dogs-friends', {}]);
  const prompt = { text: 'ohwx dog on a sofa', pack_id: body.id };
  const { body: template } = await post('/tunes/1/prompts', { prompt });
  expect((await get<PackBody>('/p/dogs-friends')).body.prompts_per_class).toEqual({
    person: [{ id: template.id, images: [] }],
  });
  expect((await post<PackBody>('/packs', { pack })).body.slug).toMatch(/^dogs-friends-\d+$/);
});

test('a prompt becomes a template later, if its text names a fine-tune', async () => {
  const { patch, account } = await start();
  account.addPack({ id: 9 });
  account.addPrompt({ id: 1, text: '<lora:1:1> ohwx' });
  account.addPrompt({ id: 2, text: 'a sofa' });
  expect((await patch('/prompts/1', { prompt: { pack_id: 9 } })).body.pack_id).toBe(9);
  expect(await patch('/prompts/2', { prompt: { pack_id: 9 } })).toMatchObject({
    status: 422,
    body: { error: 'Prompt is not using a fine-tuned model' },
  });
});

test('the gallery’s packs can be listed, seen and run by everybody, and owned by nobody', async () => {
  const { get, post, account } = await start();
  account.addTune({ id: 7, name: 'man', model_type: 'lora' });
  const { body } = await get<PackBody[]>('/gallery/packs?limit=120');
  expect(body.map(({ id, slug }) => [id, slug])).toEqual(
    expect.arrayContaining([
      [260, 'corporate-headshots'],
      [4001, 'zara-boot-test'],
    ]),
  );
  expect((await get('/packs')).body).toEqual([]);
  expect((await get<Json[]>('/prompts?pack_id=260')).body).toHaveLength(3);
  const run = await post('/p/corporate-headshots/tunes', { tune: { tune_ids: [7] } });
  expect(run.status).toBe(201);
  expect((await get<Json[]>('/prompts?base_pack_id=260')).body).toHaveLength(1);
});

test.each([
  ['', [3, 2, 1]],
  ['?public=true', [3, 2]],
  ['?listed=true', [2, 1]],
  ['?public=true&listed=true', [2]],
])('/packs%s', async (query, ids) => {
  const { get, account } = await start();
  const at = '2026-01-01T00:00:00.000Z';
  account.addPack({ id: 1 });
  account.addPack({ id: 2, public_at: at });
  account.addPack({ id: 3, public_at: at, unlisted_at: at });
  expect(idsOf((await get<Json[]>(`/packs${query}`)).body)).toEqual(ids);
});

test('prompts of a tune are none of a run of a pack: its attributes have another name', async () => {
  const { post, get, account } = await start({ report: () => {} });
  account.addPack({ id: 7 });
  account.addPrompt({ pack_id: 7, text: 'ohwx man' });
  const tune = { title: 'Ines', name: 'man', image_urls: [PHOTO] };
  const run = { ...tune, prompts_attributes: [{ text: 'ohwx man at sea' }] };
  const { status, body } = await post('/p/7/tunes', { tune: run });
  expect(status).toBe(201);
  expect((await get<Json[]>(`/tunes/${body.id}/prompts`)).body).toMatchObject([
    { base_pack_id: 7 },
  ]);
});
