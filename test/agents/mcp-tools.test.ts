/** What tools answer, and what reaches Astria for it. */
import type { CallToolResult } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { startMcp } from './mcp.ts';

const HARBOUR = { tuneId: '3618064', text: 'a harbour at dawn' };
/** The first prompt that is made. */
const MADE = 'UHJvbXB0OjQ1MjAwMDAw';

/** A tune that is ready in half an hour. */
const TRAINING = 'VHVuZTo1MjM5MDc4';

const textsOf = (result: unknown) =>
  (result as CallToolResult).content.flatMap((part) => (part.type === 'text' ? [part.text] : []));

const linksOf = (result: unknown) =>
  (result as CallToolResult).content.filter(({ type }) => type === 'resource_link');

async function start() {
  const gateway = await startMcp();
  const { client, call } = await gateway.connect();
  const posts = () => gateway.requests().filter((one) => one.startsWith('POST'));
  return { ...gateway, client, call, posts };
}

test('a tool answers in a structured form, and the same as text', async () => {
  const { call, requests } = await start();
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
  const { call } = await start();
  const { structuredContent: first } = await call('find_tunes', { title: 'Ines', first: 1 });
  const { endCursor: after } = (first as Pages).tunes.pageInfo;
  const { structuredContent: next } = await call('find_tunes', { title: 'Ines', first: 1, after });
  expect((next as Pages).tunes.nodes[0]?.title).toBe('Ines Moreau, casting');
});

interface Pages {
  tunes: { nodes: { title: string }[]; pageInfo: { endCursor: string } };
}

test('account, models and packs are answered without arguments', async () => {
  const { call } = await start();
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
  const { call, url } = await start();
  const result = await call('find_prompts', { text: 'walking on a rooftop', first: 1 });
  const at = `${url}/images/prompts/45044168`;
  expect(linksOf(result)).toEqual([
    { type: 'resource_link', name: 'frame.png', uri: `${at}/frame.png`, mimeType: 'image/png' },
    { type: 'resource_link', name: 'clip.mp4', uri: `${at}/clip.mp4`, mimeType: 'video/mp4' },
  ]);
  expect((await fetch(`${at}/frame.png`)).status).toBe(200);
});

test('without maxCost a tool that pays answers with the estimate, and sends nothing', async () => {
  const { call, posts } = await start();
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
  const { call, posts } = await start();
  const args = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' };
  const made = { createPrompt: { prompt: { id: MADE, status: 'QUEUED' }, warnings: [] } };
  expect((await call('create_prompt', args)).structuredContent).toEqual(made);
  expect((await call('create_prompt', args)).structuredContent).toEqual(made);
  expect(posts()).toEqual(['POST /tunes/3618064/prompts']);
});

test('what may cost more is not sent, and the model is told so', async () => {
  const { call, posts } = await start();
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
  const { call, posts } = await start();
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
  const { call, posts } = await start();
  const args = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: 'unknown' };
  expect((await call('create_prompt', args)).structuredContent).toMatchObject({
    costEstimate: { high: { usd: 0.125 } },
  });
  expect(posts()).toEqual([]);
});

test('a pack is run within its price', async () => {
  const { call, posts } = await start();
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
  const { call, emulator } = await start();
  const inputImage = 'https://example.com/pier.jpg';
  const args = { ...HARBOUR, inputImage, idempotencyKey: 'pier 1', maxCost: '1' };
  expect((await call('create_prompt', args)).isError).toBeUndefined();
  expect(emulator.requests.find(({ method }) => method === 'POST')?.body).toEqual({
    prompt: { text: HARBOUR.text, num_images: 1, input_image_url: inputImage },
  });
});

test('wait_for answers when all is done, and reports on the way', async () => {
  const { call, client, passUntil, url } = await start();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const reports: unknown[] = [];
  const waiting = client.callTool(
    { name: 'wait_for', arguments: { ids: [MADE] } },
    { onprogress: (report) => reports.push(report) },
  );
  await passUntil(waiting);
  const uri = `${url}/images/prompts/45200000/1.png`;
  expect((await waiting).structuredContent).toMatchObject({
    waitFor: {
      isDone: true,
      nodes: [{ id: MADE, promptStatus: 'SUCCEEDED', cost: { usd: 0.125 } }],
    },
  });
  expect(linksOf(await waiting)).toMatchObject([{ uri, mimeType: 'image/png' }]);
  expect(reports).toEqual([{ progress: 5, total: 50 }]);
});

test('wait_for reports for as long as it waits, and no longer', async () => {
  const { client, passUntil, pending } = await start();
  const reports: unknown[] = [];
  const waiting = client.callTool(
    { name: 'wait_for', arguments: { ids: [TRAINING], seconds: 17 } },
    { onprogress: ({ progress }) => reports.push(progress) },
  );
  await passUntil(waiting);
  expect(reports).toEqual([5, 10, 15]);
  expect([...pending]).toEqual([]);
});

test('wait_for that ends too early says to call again', async () => {
  const { call, passUntil } = await start();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const waiting = call('wait_for', { ids: [MADE], seconds: 1 });
  await passUntil(waiting);
  expect(textsOf(await waiting)[0]).toBe(
    'Not all is done yet: call wait_for again with the same ids.',
  );
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
  const { call, posts } = await start();
  const result = await call(name, args);
  expect(result.isError).toBe(true);
  expect(textsOf(result).join('\n')).toContain(words);
  expect(posts()).toEqual([]);
});

test('a tool that there is not is an error of the protocol', async () => {
  const { call } = await start();
  await expect(call('delete_everything')).rejects.toThrow('Tool delete_everything not found');
});

test('a lost answer is told with what to do, and is not sent again', async () => {
  const { call, emulator, posts } = await start();
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

test('a client that leaves while it waits leaves nothing behind', async () => {
  const { call, deps, mcpUrl, quiet } = await start();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const leaving = new AbortController();
  const waiting = fetch(mcpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'wait_for', arguments: { ids: [MADE] }, _meta: { progressToken: 1 } },
    }),
    signal: leaving.signal,
  }).then((response) => response.text());
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  leaving.abort();
  await expect(waiting).rejects.toThrow();
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
  await quiet();
  expect([deps.jobs.watched, deps.load.unsent.bytes]).toEqual([0, 0]);
});

test('a client that waits is answered when the process ends', async () => {
  const { call, deps, passUntil } = await start();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const waiting = call('wait_for', { ids: [MADE] });
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  deps.jobs.stop();
  await passUntil(waiting);
  expect((await waiting).structuredContent).toMatchObject({ waitFor: { isDone: false } });
});

test('a key that was put among the arguments is not repeated', async () => {
  const { call } = await start();
  const result = await call('get_account', { sd_held_Zq7Kx9Vd2LwPm4TnB8s: 1 });
  expect(textsOf(result)[0]).toContain('Unrecognized key: "sd_…"');
});
