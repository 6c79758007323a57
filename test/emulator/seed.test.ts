import { expect, test } from 'vitest';
import type { PackBody, PromptBody, TuneBody } from '../../src/emulator/store.ts';
import { Pack } from '../../src/entities/pack/rest.ts';
import { Prompt } from '../../src/entities/prompt/rest.ts';
import { Tune } from '../../src/entities/tune/rest.ts';
import { idsOf, type Json, NOW, start } from './support.ts';

const GEMINI = 3_618_064;

async function startSeeded() {
  const started = await start({ seed: true, publicUrl: 'https://api.astria.ai' });
  const demo = started.as('sd_demo');
  const everything = started.as('sd_demo', { 'x-workspace-id': 'all' });
  return { ...started, demo, everything };
}

type Client = Awaited<ReturnType<typeof startSeeded>>['demo'];

async function allOf<Row extends { id: number }>({ get }: Client, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const before = rows.length > 0 ? `&before_id=${rows.at(-1)?.id}` : '';
    const { body } = await get<Row[]>(`${path}?limit=120${before}`);
    if (body.length === 0) return rows;
    rows.push(...body);
  }
}

const typeOf = ({ model_type, base_tune_id }: TuneBody) => `${model_type} on ${base_tune_id}`;

test('the demo account holds a studio’s tunes, of every kind', async () => {
  const { demo } = await startSeeded();
  const tunes = await allOf<TuneBody>(demo, '/tunes');
  expect(tunes.length).toBeGreaterThanOrEqual(150);
  const checkpoints = tunes.slice(0, 100).filter(({ model_type }) => model_type === null);
  expect(checkpoints.length).toBeGreaterThanOrEqual(25);
  expect(new Set(tunes.map(typeOf))).toEqual(
    new Set(['lora on 1504944', 'null on 666678', 'faceid on 3618064', 'faceid on 1504944']),
  );
  const expired = tunes.filter(({ expires_at }) => expires_at && expires_at < NOW);
  const queued = tunes.filter((row) => row.started_training_at === null);
  const training = tunes.filter((row) => row.started_training_at && !row.trained_at);
  expect(expired.length).toBeGreaterThan(10);
  expect([queued.length, training.length]).toEqual([1, 2]);
  expect(training.every(({ eta }) => (eta ?? '') > NOW)).toBe(true);
});

test('and its prompts, of every kind', async () => {
  const { demo } = await startSeeded();
  const prompts = await allOf<PromptBody>(demo, '/prompts');
  expect(prompts.length).toBeGreaterThanOrEqual(400);
  const count = (matches: (row: PromptBody) => unknown) => prompts.filter(matches).length;
  const kinds = {
    lora: count(({ text, tune_id }) => tune_id === 1504944 && /<lora:\d+/.test(text ?? '')),
    faceid: count(({ text, tune_id }) => tune_id === GEMINI && /<faceid:\d+/.test(text ?? '')),
    checkpoint: count(({ tune_id }) => (tune_id ?? 0) > 5_200_000),
    twoTunes: count(({ tunes }) => tunes?.length === 2),
    film: count(({ content_types }) => content_types?.[1] === 'video/mp4'),
    failed: count(({ user_error, images }) => user_error && images?.length === 0),
    liked: count(({ liked }) => liked),
    template: count(({ pack_id }) => pack_id),
    generated: count(({ base_pack_id, orig_prompt_id }) => base_pack_id && orig_prompt_id),
    ordered: count(({ order_id }) => order_id),
    wideSeed: count(({ seed }) => (seed ?? 0) > 2 ** 31),
  };
  for (const [kind, rows] of Object.entries(kinds)) expect([kind, rows > 9]).toEqual([kind, true]);
  expect(count((row) => row.started_training_at === null)).toBe(3);
  expect(count((row) => row.started_training_at && !row.trained_at)).toBe(2);
});

test('ids and dates fall together, with gaps between the ids', async () => {
  const { everything } = await startSeeded();
  for (const path of ['/tunes', '/prompts']) {
    const rows = await allOf<TuneBody>(everything, path);
    const dates = rows.map(({ created_at }) => created_at ?? '');
    expect(dates).toEqual(dates.toSorted().reverse());
    expect((dates[0] ?? '') <= NOW).toBe(true);
    const gaps = new Set(rows.map(({ id }, index) => id - (rows[index + 1]?.id ?? 0)));
    expect(gaps.size).toBeGreaterThan(20);
  }
});

test('every tune that a prompt names is there, and was when it was made', async () => {
  const { everything } = await startSeeded();
  const tunes = new Map((await allOf<TuneBody>(everything, '/tunes')).map((row) => [row.id, row]));
  for (const { id, text, tune, tunes: named, ...prompt } of await allOf<PromptBody>(
    everything,
    '/prompts',
  )) {
    const tokens = new Set(Array.from((text ?? '').matchAll(/<\w+:(\d+)/g), ([, tune]) => tune));
    expect([id, named?.length, tune?.id]).toEqual([id, tokens.size, prompt.tune_id]);
    if (prompt.pack_id) continue;
    for (const { id: tuneId } of named ?? []) {
      expect((tunes.get(tuneId)?.created_at ?? '') < (prompt.created_at ?? '')).toBe(true);
    }
  }
});

test('what was generated from a pack has the text of its template, with other tunes', async () => {
  const { demo } = await startSeeded();
  const prompts = new Map((await allOf<PromptBody>(demo, '/prompts')).map((row) => [row.id, row]));
  const strip = (text: string | null | undefined) => text?.replaceAll(/:\d+/g, '');
  for (const prompt of prompts.values()) {
    if (!prompt.base_pack_id) continue;
    const template = prompts.get(prompt.orig_prompt_id ?? 0);
    expect(template?.pack_id).toBe(prompt.base_pack_id);
    expect(strip(prompt.text)).toBe(strip(template?.text));
  }
});

test('every body keeps the contract', async () => {
  const { everything, get } = await startSeeded();
  for (const row of await allOf<TuneBody>(everything, '/tunes')) Tune.parse(row);
  for (const row of await allOf<PromptBody>(everything, '/prompts')) Prompt.parse(row);
  for (const list of ['/gallery/packs', '/packs']) {
    for (const { id } of (await everything.get<PackBody[]>(`${list}?limit=120`)).body) {
      Pack.parse((await everything.get(`/p/${id}`)).body);
    }
  }
  for (const row of (await get<Json[]>('/gallery/tunes?limit=120')).body) Tune.parse(row);
});

test('it is the same at every start', async () => {
  const [one, other] = await Promise.all([startSeeded(), startSeeded()]);
  for (const path of ['/tunes', '/prompts', '/packs', '/workspaces.json']) {
    const [first, second] = await Promise.all([
      one.everything.get(path),
      other.everything.get(path),
    ]);
    expect(second.body).toEqual(first.body);
  }
});

test('what is known from Astria’s samples has its ids', async () => {
  const { demo } = await startSeeded();
  expect((await demo.get('/prompts/45042524')).body).toMatchObject({
    video_model: 'seedance2_fast_720p',
    workspace_id: 679,
    order_id: 37345,
    cost_mc: 140_000,
    user_error: null,
    ar: '16:9',
  });
  expect((await demo.get('/prompts/45042530')).body).toMatchObject({
    user_error: 'The provider refused this prompt.',
    images: [],
    cost_mc: 0,
  });
  expect(idsOf((await demo.get<Json[]>('/workspaces.json')).body)).toContain(679);
});

test('the studio’s packs tell their costs in all three shapes, and one is a multi pack', async () => {
  const { demo } = await startSeeded();
  const { body } = await demo.get<PackBody[]>('/packs');
  const costs = body.flatMap((pack) => Object.values(pack.costs ?? {}));
  expect(body.some((pack) => pack.cost_mc_hash)).toBe(true);
  expect(costs.some(({ cost }) => cost)).toBe(true);
  expect(costs.some(({ cost_mc }) => cost_mc)).toBe(true);
  expect(body.some((pack) => pack.use_multi)).toBe(true);
});

test('what is at work in it stays so for a while, and then is done by itself', async () => {
  const { demo, clock } = await startSeeded();
  const unfinished = async () => {
    const rows = (await demo.get<Json[]>('/prompts?limit=120')).body;
    const tunes = (await demo.get<Json[]>('/tunes?limit=120')).body;
    return [...rows, ...tunes].filter(({ trained_at }) => trained_at === null).length;
  };
  clock.advance(60_000);
  expect(await unfinished()).toBe(8);
  clock.advance(60 * 60_000);
  expect(await unfinished()).toBe(0);
});

test('another account starts with nothing, and so does an emulator without the seed', async () => {
  const { get } = await startSeeded();
  expect((await get('/tunes')).body).toEqual([]);
  const { as } = await start();
  expect((await as('sd_demo').get('/tunes')).body).toEqual([]);
  expect((await as('sd_demo').get('/packs')).body).toEqual([]);
});
