/** What tools answer, what they say of a wrong argument, and what reaches Astria for it. */
import { expect, test } from 'vitest';
import { HARBOUR, linksOf, MADE, startCalling, textsOf } from './calling.ts';

test('a tool answers in a structured form, and the same as text', async () => {
  const { call, requests } = await startCalling();
  const result = await call('find_tunes', { title: 'Ines', first: 1 });
  const tunes = {
    nodes: [
      {
        id: 'VHVuZTo1MjIyNzE3',
        title: 'Ines Raman',
        name: 'woman',
        modelType: 'faceid',
        status: 'READY',
        reference: '<faceid:5222717:1> woman',
      },
    ],
    pageInfo: { hasNextPage: true, endCursor: 'YmVmb3JlOjUyMjI3MTc' },
  };
  expect(result).toEqual({
    content: [{ type: 'text', text: JSON.stringify({ tunes }) }],
    structuredContent: { tunes },
  });
  expect(requests()).toEqual(['GET /tunes?title=Ines&limit=2']);
});

test('pages follow each other', async () => {
  const { call } = await startCalling();
  const { structuredContent: first } = await call('find_tunes', { title: 'Ines', first: 1 });
  const { endCursor: after } = (first as Pages).tunes.pageInfo;
  const { structuredContent: next } = await call('find_tunes', { title: 'Ines', first: 1, after });
  expect((next as Pages).tunes.nodes[0]?.title).toBe('Ines Moreau, casting');
});

interface Pages {
  tunes: { nodes: { title: string }[]; pageInfo: { endCursor: string } };
}

test('account, models and packs are answered without arguments', async () => {
  const { call } = await startCalling();
  expect((await call('get_account')).structuredContent).toEqual({
    viewer: { name: 'Dana', balance: { usd: 483.5 }, budget: null },
  });
  expect((await call('list_models')).structuredContent).toMatchObject({
    models: { defaultImageModel: { tuneId: 3618064 } },
  });
  expect((await call('list_packs')).structuredContent).toMatchObject({
    packs: { nodes: expect.arrayContaining([expect.objectContaining({ title: 'Worn: boots' })]) },
  });
});

test('images are links', async () => {
  const { call, url } = await startCalling();
  const result = await call('find_prompts', { text: 'walking on a rooftop', first: 1 });
  const at = `${url}/images/prompts/45044168`;
  expect(linksOf(result)).toEqual([
    { type: 'resource_link', name: 'frame.png', uri: `${at}/frame.png`, mimeType: 'image/png' },
    { type: 'resource_link', name: 'clip.mp4', uri: `${at}/clip.mp4`, mimeType: 'video/mp4' },
  ]);
  expect((await fetch(`${at}/frame.png`)).status).toBe(200);
});

test.each<[string, string, object, string]>([
  ['a missing key', 'create_prompt', HARBOUR, 'idempotencyKey: is missing: give this request'],
  [
    'an empty key',
    'create_prompt',
    { ...HARBOUR, idempotencyKey: '', maxCost: '1' },
    'idempotencyKey',
  ],
  [
    'an argument that there is not',
    'create_prompt',
    { ...HARBOUR, prompt: 'x', idempotencyKey: 'a' },
    'Unrecognized key: "prompt"',
  ],
  [
    'a number for a text',
    'create_prompt',
    { ...HARBOUR, idempotencyKey: 'a', maxCost: 0.25 },
    'maxCost: must be a text, such as "0.25"',
  ],
  [
    'no amount',
    'create_prompt',
    { ...HARBOUR, idempotencyKey: 'a', maxCost: 'much' },
    'maxCost must be an amount of US dollars',
  ],
  [
    'an id of nothing',
    'create_prompt',
    { ...HARBOUR, tuneId: 'x', idempotencyKey: 'a' },
    'BAD_REQUEST',
  ],
  ['too long a wait', 'wait_for', { ids: [MADE], seconds: 600 }, 'seconds: must be 0 to 50'],
  ['too large a page', 'find_tunes', { first: 500 }, 'first: must be 1 to 50'],
  ['a wrong cursor', 'find_tunes', { after: 'x' }, 'cursor'],
  ['a number to wait for', 'wait_for', { ids: [45_200_000] }, 'ids.0: must be a text'],
])('%s is a sentence for the model', async (_, name, args, words) => {
  const { call, posts } = await startCalling();
  const result = await call(name, args);
  expect(result.isError).toBe(true);
  expect(textsOf(result).join('\n')).toContain(words);
  expect(posts()).toEqual([]);
});

test('an argument that there is not is told with those that there are', async () => {
  const { call } = await startCalling();
  const result = await call('list_packs', { page: 2 });
  expect(textsOf(result)[0]).toContain('Unrecognized key: "page" (the arguments are: after)');
});

test('many faults, and long ones, fit into a prompt', async () => {
  const { call } = await startCalling();
  const imageUrls = Array.from({ length: 5000 }, () => 1);
  const tune = { title: 'Mara', name: 'woman', idempotencyKey: 'a', imageUrls };
  for (const args of [tune, { ['x'.repeat(100_000)]: 1 }]) {
    const result = await call('create_tune', args);
    expect(result.isError).toBe(true);
    expect(textsOf(result).join('').length).toBeLessThan(2000);
  }
});

test('a tool that there is not is an error of the protocol', async () => {
  const { call } = await startCalling();
  await expect(call('delete_everything')).rejects.toThrow('Tool delete_everything not found');
});

test('a key that was put among the arguments is not repeated', async () => {
  const { call } = await startCalling();
  const result = await call('get_account', { sd_held_Zq7Kx9Vd2LwPm4TnB8s: 1 });
  expect(textsOf(result)[0]).toContain('Unrecognized key: "sd_…"');
});
