/** `extensions.upstream`: what an operation cost at Astria, for those who ask. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const REPORT = { 'x-upstream-report': '1' };
const ms = expect.any(Number);
const call = (method: string, route: string, status: number | null = 200) => ({
  method,
  route,
  status,
  ms,
  retries: 0,
  kind: 'made',
});

test('calls are reported by their routes, and by nothing else', async () => {
  const { run, account } = await startGateway();
  account.addTune({ id: 4711, title: 'Ines' });
  const text = '{ tune(id: 4711) { title prompts(first: 2) { nodes { id } } } }';
  const { extensions } = await run(text, {}, REPORT);
  expect(extensions).toEqual({
    upstream: {
      estimate: 2,
      calls: 2,
      shared: 0,
      revalidated: 0,
      retried: 0,
      ms,
      requests: [call('GET', '/tunes/:id'), call('GET', '/tunes/:tune_id/prompts')],
    },
  });
  expect(JSON.stringify(extensions)).not.toMatch(/4711|sd_test|127\.0\.0\.1|limit/);
});

test('who does not ask is not told, and the two do not share their answers', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({ latencyMs: 50 });
  const text = '{ tunes { nodes { id } } }';
  const [silent, told, alsoTold, no] = await Promise.all([
    run(text),
    run(text, {}, REPORT),
    run(text, {}, REPORT),
    run(text, {}, { 'x-upstream-report': '0' }),
  ]);
  expect(silent).toEqual({ data: { tunes: { nodes: [] } } });
  expect(no).toEqual(silent);
  expect(told.extensions).toMatchObject({ upstream: { estimate: 1 } });
  // One operation, run once for both.
  expect(alsoTold).toEqual(told);
});

test('a call that was shared with another operation is none of its own', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({ latencyMs: 50 });
  const [, { extensions }] = await Promise.all([
    run('{ tunes { nodes { id } } }'),
    run('{ tunes { nodes { title } } }', {}, REPORT),
  ]);
  expect(extensions).toMatchObject({
    upstream: { calls: 0, shared: 1, requests: [{ route: '/tunes', kind: 'shared' }] },
  });
});

test('a mutation is reported, and so is what it read', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({ id: 5 });
  const text = 'mutation { likePrompt(input: { id: 5 }) { prompt { id } } }';
  const { extensions } = await run(text, {}, REPORT);
  expect(extensions).toMatchObject({
    upstream: {
      estimate: 2,
      calls: 2,
      requests: [{ method: 'POST' }, { method: 'GET', route: '/prompts/:id' }],
    },
  });
});

test('a failure is reported with its status', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({ status: 503 });
  const { data, errors, extensions } = await run('{ tunes { nodes { id } } }', {}, REPORT);
  expect([data, errors?.length]).toEqual([{ tunes: null }, 1]);
  expect(extensions).toMatchObject({
    upstream: { calls: 1, requests: [call('GET', '/tunes', 503)] },
  });
});

test('a refusal for what it would cost is reported with the estimate', async () => {
  const { run } = await startGateway({ environment: { MAX_UPSTREAM_CALLS: '1' } });
  const { errors, extensions } = await run('{ tunes { pageInfo { hasNextPage } } }', {}, REPORT);
  expect(errors).toHaveLength(1);
  expect(extensions).toMatchObject({ upstream: { estimate: 2, calls: 0, requests: [] } });
});

test('in GraphiQL it is on', async () => {
  const { fetch } = await startGateway();
  const page = await (await fetch('/graphql', { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('X-Upstream-Report');
});

test('a call that is held back is not told as made', async () => {
  const breaker = { failures: 1, runMs: 0 };
  const { run, emulator } = await startGateway({ upstream: { breaker } });
  emulator.fail({ path: '/packs', status: 503 });
  const text = '{ packs { nodes { id } } }';
  const made = [call('GET', '/packs', 503)];
  expect((await run(text, {}, REPORT)).extensions?.upstream).toMatchObject({
    calls: 1,
    requests: made,
  });
  expect((await run(text, {}, REPORT)).extensions?.upstream).toMatchObject({
    calls: 0,
    requests: [{ ...call('GET', '/packs', null), kind: 'heldBack' }],
  });
});
