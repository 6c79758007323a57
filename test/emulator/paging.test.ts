import { expect, test } from 'vitest';
import type { PromptBody } from '../../src/emulator/store.ts';
import { idsOf, type Json, start } from './support.ts';

async function startWith(count: number) {
  const started = await start();
  for (let id = 1; id <= count; id++) started.account.addPrompt({ id: id * 10 });
  return started;
}

test('a list is newest first, and twenty rows unless it is told otherwise', async () => {
  const { get } = await startWith(30);
  const { status, body } = await get<PromptBody[]>('/prompts');
  expect(status).toBe(200);
  expect(idsOf(body)).toEqual(Array.from({ length: 20 }, (_, index) => 300 - index * 10));
});

test('pages by `before_id` meet every row once and end with an empty one', async () => {
  const { get } = await startWith(31);
  const seen: unknown[] = [];
  for (let before = ''; ; before = `&before_id=${seen.at(-1)}`) {
    const { body } = await get<PromptBody[]>(`/prompts?limit=10${before}`);
    if (body.length === 0) break;
    seen.push(...idsOf(body));
  }
  expect(seen).toEqual(Array.from({ length: 31 }, (_, index) => 310 - index * 10));
});

test('`before_id` need not be a row, and what is new does not move the page', async () => {
  const { get, account } = await startWith(5);
  account.addPrompt({ id: 1000 });
  expect(idsOf((await get<PromptBody[]>('/prompts?before_id=35')).body)).toEqual([30, 20, 10]);
});

test('`offset` counts rows', async () => {
  const { get } = await startWith(5);
  const { body } = await get<PromptBody[]>('/prompts?limit=2&offset=3');
  expect(idsOf(body)).toEqual([20, 10]);
});

test('a limit above the highest is the highest, until a test wants another', async () => {
  const { get, emulator } = await startWith(130);
  expect((await get<Json[]>('/prompts?limit=500')).body).toHaveLength(120);
  emulator.unknowns.highestLimit = 7;
  expect((await get<Json[]>('/prompts?limit=500')).body).toHaveLength(7);
});

test.each([
  ['/tunes', 200],
  ['/prompts', 10_000],
  ['/tunes/1504944/prompts', 10_000],
])('%s may not skip more than %i', async (path, highest) => {
  const { get } = await start();
  expect((await get(`${path}?offset=${highest}`)).status).toBe(200);
  const { status, body } = await get(`${path}?offset=${highest + 1}`);
  expect(status).toBe(400);
  expect(body.error).toContain('before_id');
});

test('packs page by offset alone', async () => {
  const { get, account } = await start();
  for (let id = 1; id <= 5; id++) account.addPack({ id });
  expect(idsOf((await get<Json[]>('/packs?limit=2&offset=1')).body)).toEqual([4, 3]);
  expect(idsOf((await get<Json[]>('/packs?limit=2&before_id=3')).body)).toEqual([5, 4]);
  expect((await get<Json[]>('/packs?offset=5000')).body).toEqual([]);
});

test('a filter comes before the page', async () => {
  const { get, account } = await startWith(40);
  account.addPrompt({ id: 5, text: 'a Sofa by the sea' });
  expect(idsOf((await get<PromptBody[]>('/prompts?text=sofa&limit=1')).body)).toEqual([5]);
});
