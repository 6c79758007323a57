/** Tools that cost money: nothing is sent without an idempotency key and the most that it may cost. */
import { expect, test } from 'vitest';
import { HARBOUR, MADE, startCalling, textsOf } from './calling.ts';

test('without maxCost a tool that pays answers with the estimate, and sends nothing', async () => {
  const { call, posts } = await startCalling();
  const result = await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1' });
  expect(result.isError).toBeUndefined();
  expect(result.structuredContent).toEqual({
    costEstimate: { likely: { usd: 0.125 }, high: { usd: 0.125 }, basis: 'HISTORY' },
  });
  expect(textsOf(result)[0]).toBe(
    'Nothing was sent. It may cost 0.125 USD, most likely 0.125. If the person agrees, call again with maxCost "0.125".',
  );
  expect(posts()).toEqual([]);
});

test('with the maxCost that the estimate names it pays, and once under one key', async () => {
  const { call, posts } = await startCalling();
  const args = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' };
  const made = { createPrompt: { prompt: { id: MADE, status: 'QUEUED' }, warnings: [] } };
  expect((await call('create_prompt', args)).structuredContent).toEqual(made);
  expect((await call('create_prompt', args)).structuredContent).toEqual(made);
  expect(posts()).toEqual(['POST /tunes/3618064/prompts']);
});

test('what may cost more is not sent, and the model is told so', async () => {
  const { call, posts } = await startCalling();
  const args = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.01' };
  expect(await call('create_prompt', args)).toEqual({
    content: [
      {
        type: 'text',
        text: 'VALIDATION_FAILED: maxCost is 0.01 USD, and it may cost 0.125: nothing was sent. Nothing was made, and nothing was paid.',
      },
    ],
    isError: true,
  });
  expect(posts()).toEqual([]);
});

test('what has no known price is sent only if the model says that this is known', async () => {
  const { call, posts } = await startCalling();
  const mara = {
    title: 'Mara',
    name: 'woman',
    imageUrls: ['https://example.com/mara.jpg'],
    idempotencyKey: 'mara 1',
  };
  const estimate = await call('create_tune', mara);
  expect(estimate.structuredContent).toEqual({
    costEstimate: { likely: null, high: null, basis: 'UNKNOWN' },
  });
  expect(textsOf(estimate)[0]).toBe(
    'Nothing was sent. Nobody knows what this costs. If the person agrees to that, call again with maxCost "unknown".',
  );
  expect((await call('create_tune', { ...mara, maxCost: '9.00' })).isError).toBe(true);
  expect(posts()).toEqual([]);
  const made = await call('create_tune', { ...mara, maxCost: 'unknown' });
  expect(made.structuredContent).toMatchObject({
    createTune: { tune: { status: 'READY', reference: '<faceid:5300000:1> woman' } },
  });
  expect(posts()).toEqual(['POST /tunes']);
});

test('"unknown" does not allow what has a price', async () => {
  const { call, posts } = await startCalling();
  const args = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: 'unknown' };
  expect((await call('create_prompt', args)).structuredContent).toMatchObject({
    costEstimate: { high: { usd: 0.125 } },
  });
  expect(posts()).toEqual([]);
});

test('a pack is run within its price', async () => {
  const { call, posts } = await startCalling();
  const args = { id: 'worn-boots', tuneIds: ['5234834', '5234832'], idempotencyKey: 'boots 1' };
  const { structuredContent } = await call('run_pack', args);
  expect(structuredContent).toMatchObject({ costEstimate: { high: { usd: expect.any(Number) } } });
  const { usd } = (structuredContent as { costEstimate: { high: { usd: number } } }).costEstimate
    .high;
  const run = await call('run_pack', { ...args, maxCost: String(usd) });
  expect(run.structuredContent).toMatchObject({
    runPack: { prompts: [{ status: 'QUEUED' }, { id: MADE, status: 'QUEUED' }] },
  });
  expect(posts()).toHaveLength(1);
});

test('an image to start from goes to Astria as its address', async () => {
  const { call, emulator } = await startCalling();
  const inputImage = 'https://example.com/pier.jpg';
  const args = { ...HARBOUR, inputImage, idempotencyKey: 'pier 1', maxCost: '1' };
  expect((await call('create_prompt', args)).isError).toBeUndefined();
  expect(emulator.requests.find(({ method }) => method === 'POST')?.body).toEqual({
    prompt: { text: HARBOUR.text, num_images: 1, input_image_url: inputImage },
  });
});

test('a lost answer is told with what to do, and is not sent again', async () => {
  const { call, emulator, posts } = await startCalling();
  await call('get_account');
  emulator.fail({ method: 'POST', path: '/tunes/3618064/prompts', status: 502 });
  const args = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' };
  const lost = await call('create_prompt', args);
  expect(lost.isError).toBe(true);
  expect(textsOf(lost)[0]).toContain(
    'Call again with the same arguments and the same idempotencyKey, never with a new one.',
  );
  expect(posts()).toHaveLength(1);
});
