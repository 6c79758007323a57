/** A row is a plain object of exactly its schema's type, whichever way it came. */
import assert from 'node:assert/strict';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { fetchPrompt, fetchPrompts } from '../../src/entities/prompt/rest.ts';
import { answering, startBefore } from '../support/odd-astria.ts';

/** As Astria has it: keys in an order of its own, and some that no schema knows. */
const SENT = {
  text: 'ein Kätzchen "im Korb" 🐈',
  id: 7,
  mood: { kept: 'nowhere' },
  cfg_scale: '3.0',
  num_images: 2,
  images: ['https://a.example/1.jpg?x=1', 'https://a.example/2.jpg'],
  created_at: '2026-11-01T12:00:00.000Z',
  trained_at: null,
  tune_id: 5,
  tune: { title: 'five', id: 5, colour: 'red' },
};

const READ = {
  id: 7,
  text: SENT.text,
  num_images: 2,
  cfg_scale: 3,
  tune_id: 5,
  images: SENT.images,
  created_at: SENT.created_at,
  trained_at: null,
};

const BROKEN = { ...SENT, id: 8, num_images: 'many' };

const answer = (body: object) => () =>
  HttpResponse.json(body, { headers: { ETag: `W/"${JSON.stringify(body).length}"` } });

const astria = answering(
  http.get('*/prompts/7', answer(SENT)),
  http.get('*/prompts', ({ request }) =>
    request.url.includes('broken') ? answer([BROKEN, SENT])() : answer([SENT, { id: 6 }])(),
  ),
);

test('alone, in a list, beside a broken row, remembered', async () => {
  const upstream = await startBefore(astria);
  const session = upstream.as({ token: 'sd_test', workspaceId: undefined });
  const list = () => fetchPrompts(session, { limit: 2 });
  const single = await fetchPrompt(session, 7);
  const [inList, least] = await list();
  const [repaired, besideBroken] = await fetchPrompts(session, { limit: 2, text: 'broken' });
  await list();
  const [remembered] = await list();

  expect(single).toMatchObject(READ);
  expect(single).not.toHaveProperty('mood');
  expect(single.tune).toEqual({ id: 5, title: 'five' });
  expect(least).toEqual({ id: 6 });
  expect(repaired).toMatchObject({ id: 8, num_images: undefined, cfg_scale: 3 });
  for (const row of [inList, besideBroken, remembered]) {
    assert.deepStrictEqual(row, single);
    assert.deepStrictEqual({ ...row }, { ...single });
    expect(JSON.stringify(row)).toBe(JSON.stringify(single));
  }
  assert.deepStrictEqual({ ...repaired, id: 7, num_images: 2 }, single);
  expect(Object.keys(repaired ?? {})).toEqual(Object.keys(single));
});
