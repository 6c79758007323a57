/** Prompts and tunes by the numbers that people hold. */
import { expect, test } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { startGateway } from '../support/gateway.ts';

const FIRST = 45_000_000;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const ASK = {
  Prompt: 'query ($ids: [ID!]!) { promptsById(ids: $ids) { astriaId text } }',
  Tune: 'query ($ids: [ID!]!) { tunesById(ids: $ids) { astriaId title } }',
};

test('a hundred numbers, from the newest to the oldest or not, are one window', async () => {
  const { run, account, requests } = await startGateway();
  const ids = range(100).map((index) => FIRST + ((index * 37) % 100));
  for (const id of ids) account.addPrompt({ id, text: `prompt ${id}` });
  const { data } = await run(ASK.Prompt, { ids });
  expect(data).toEqual({ promptsById: ids.map((id) => ({ astriaId: id, text: `prompt ${id}` })) });
  expect(requests()).toEqual([`GET /prompts?before_id=${FIRST + 100}&limit=100`]);
});

test('numbers, texts and global ids in their order; null for what is not there', async () => {
  const { run, account, requests } = await startGateway();
  for (const id of range(6)) account.addTune({ id: 5_000_001 + id, title: `tune ${id}` });
  const ids = [5_000_003, globalId('Tune', 5_000_001), 5_000_009, '5000006', 5_000_003, 5_000_002];
  const { data, errors } = await run(ASK.Tune, { ids });
  expect(errors).toBeUndefined();
  const tune = (index: number) => ({ astriaId: 5_000_001 + index, title: `tune ${index}` });
  expect(data).toEqual({ tunesById: [tune(2), tune(0), null, tune(5), tune(2), tune(1)] });
  expect(requests()).toEqual(['GET /tunes?before_id=5000010&limit=9', 'GET /tunes/5000009']);
});

test('numbers in the document itself, and none at all', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({ id: FIRST, text: 'a pier' });
  expect(
    await run(`{ promptsById(ids: [${FIRST}, 1]) { text } none: tunesById(ids: []) { id } }`),
  ).toEqual({
    data: { promptsById: [{ text: 'a pier' }, null], none: [] },
  });
});

test('what they lead to is gathered as anywhere', async () => {
  const { run, account, requests } = await startGateway();
  for (const id of range(20)) {
    account.addTune({ id: 5_000_000 + id, title: `tune ${id}`, steps: id });
    account.addPrompt({ id: FIRST + id, tune_id: 5_000_000 + id });
  }
  const ids = range(20).map((id) => FIRST + id);
  const { data } = await run(
    'query ($ids: [ID!]!) { promptsById(ids: $ids) { tune { title steps } } }',
    { ids },
  );
  expect(data).toEqual({
    promptsById: ids.map((_, id) => ({ tune: { title: `tune ${id}`, steps: id } })),
  });
  expect(requests()).toHaveLength(2);
});

test('one that cannot be read is null with an error at its place; the others answer', async () => {
  const { run, account, emulator } = await startGateway();
  for (const id of [FIRST, FIRST + 1]) account.addPrompt({ id, text: 'a pier' });
  emulator.fail({ path: `/prompts/${FIRST + 1}`, status: 500 });
  const { data, errors } = await run(ASK.Prompt, { ids: [FIRST, FIRST + 1] });
  expect(data).toEqual({ promptsById: [{ astriaId: FIRST, text: 'a pier' }, null] });
  expect(errors).toMatchObject([
    { path: ['promptsById', 1], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
  ]);
});

test.each([
  [
    'Prompt',
    [FIRST, 'x'],
    '`ids.1` is "x", which is not the id of a Prompt: give its `id` or its `astriaId`.',
  ],
  ['Tune', [globalId('Prompt', 5)], 'which is not the id of a Tune'],
  ['Tune', [0], '`ids.0` is "0"'],
  ['Prompt', range(101), '`ids` holds 101 ids; ask for at most 100 at once.'],
] as const)('%ss by %j are refused before anything is asked', async (kind, ids, words) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(ASK[kind], { ids });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(words), extensions: { code: 'BAD_REQUEST' } },
  ]);
  expect(requests()).toEqual([]);
});

test('the estimate of a hundred numbers is that of their windows', async () => {
  const { run } = await startGateway();
  const headers = { 'x-upstream-report': '1' };
  for (const [count, estimate] of [
    [3, 3],
    [100, 9],
  ] as const) {
    const ids = range(count).map((index) => FIRST + index);
    const { extensions } = await run(ASK.Prompt, { ids }, headers);
    expect(extensions).toMatchObject({ upstream: { estimate } });
  }
});
