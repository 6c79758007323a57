/** What holds of a stream as it does of any operation: its form, its budget, its reader. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { rateLimited } from '../../src/graphql/errors.ts';
import { openEvents } from './sse.ts';
import { at, promptId, startJobs } from './support.ts';

const QUERY = 'subscription { prompt(id: 7) { isDone prompt { status } } }';
const JSON_TYPE = { 'content-type': 'application/json' };

async function start(options: Parameters<typeof startJobs>[0] = {}) {
  const gateway = await startJobs(options);
  const add = (id: number, doneAfterSeconds: number | null, more = {}) =>
    gateway.account.addPrompt({
      id,
      created_at: at(0),
      started_training_at: at(0),
      trained_at: doneAfterSeconds === null ? null : at(doneAfterSeconds),
      ...more,
    });
  return { ...gateway, add };
}

test.each([
  ['*/*', 'text/event-stream'],
  ['application/json, text/event-stream;q=0.1', 'text/event-stream'],
  [
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    'text/event-stream',
  ],
  ['application/json', undefined],
  ['multipart/mixed;subscriptionSpec=1.0, application/json', undefined],
  ['text/event-stream;q=0, application/json', undefined],
])('who accepts %s is answered with %s', async (accept, type) => {
  const { add, fetch } = await start();
  add(7, -5);
  const body = JSON.stringify({ query: QUERY });
  const headers = { ...JSON_TYPE, accept };
  const response = await fetch('/graphql', { method: 'POST', headers, body });
  const answer = await response.text();
  if (type) {
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(answer).toContain('"status":"SUCCEEDED"');
  } else {
    expect(response.status).toBe(406);
    expect(JSON.parse(answer).errors[0].message).toContain('`Accept: text/event-stream`');
  }
});

test('a subscription by GET works too, as `EventSource` sends it', async () => {
  const { add, fetch } = await start();
  add(7, -5);
  const headers = { accept: 'text/event-stream' };
  const response = await fetch(`/graphql?query=${encodeURIComponent(QUERY)}`, { headers });
  expect(await response.text()).toContain('event: next\nid: 1~P7.5.1.');
});

test('it is none in a batch, nor where files are', async () => {
  const { fetch, requests } = await start();
  const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
  const body = JSON.stringify([{ query: QUERY }]);
  const batch = await (await fetch('/graphql', { method: 'POST', headers, body })).text();
  expect(batch).toContain('A subscription is answered as a stream');
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: QUERY }));
  form.set('map', '{}');
  const upload = await fetch('/graphql', {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'apollo-require-preflight': '1' },
    body: form,
  });
  expect(await upload.text()).toContain('A subscription is answered as a stream');
  expect(requests()).toEqual([]);
});

test('each event has a budget of its own, and tells what it cost', async () => {
  const { add, url, passUntil } = await start({ environment: { MAX_UPSTREAM_CALLS: '3' } });
  add(7, 3, { base_pack_id: null });
  const query = 'subscription { prompt(id: 7) { prompt { tune { token } } } }';
  const stream = await openEvents(url, { query }, { 'x-upstream-report': '1' });
  await passUntil(stream.ended);
  const reports = stream.told.flatMap(({ result }) => result?.extensions ?? []);
  expect(reports).toMatchObject([{ upstream: { calls: 1 } }, { upstream: { calls: 1 } }]);
});

test('a subscription that may take too many calls is refused before it begins', async () => {
  const { add, url, requests } = await start({ environment: { MAX_UPSTREAM_CALLS: '3' } });
  add(7, 3);
  const query =
    'subscription { prompt(id: 7) { prompt { tune { prompts(first: 9) { nodes { tune { token } references { tune { token } } } } } } } }';
  const stream = await openEvents(url, { query });
  await stream.ended;
  expect(stream.told[0]?.result?.errors?.[0]?.extensions).toMatchObject({
    code: 'OPERATION_TOO_COMPLEX',
    limit: { name: 'upstreamCalls', max: 3 },
  });
  expect(requests()).toEqual([]);
});

test('each event counts as an operation: one beyond the rate is sent later, in its current state', async () => {
  const { add, url, passUntil, account, clock, deps } = await start({
    environment: { RATE_LIMIT: '100/minute' },
  });
  // The limiter's own minutes are of the wall.
  const spent: [string, number][] = [];
  const { rateLimits } = deps;
  if (!rateLimits) throw new Error('RATE_LIMIT is set');
  rateLimits.spend = async (name, operations) => {
    const now = clock.now() - Date.parse(at(0));
    if (now > 5000 && now < 30_000) {
      throw rateLimited('too many', { name: 'requests', max: 2, found: 3 }, 30_000 - now);
    }
    spent.push([name, operations]);
  };
  add(7, 40);
  for (const second of [3, 5, 7, 9]) {
    clock.wakeAt(Date.parse(at(second)), () => {
      account.updatePrompt(7, { updated_at: at(second), text: `at ${second}` });
    });
  }
  const query = 'subscription { prompt(id: 7) { prompt { status text } } }';
  const stream = await openEvents(url, { query });
  await passUntil(stream.ended);
  expect(stream.values().map(({ prompt }) => Object.values(prompt as object).join())).toEqual([
    'PROCESSING,a portrait in soft light',
    'PROCESSING,at 3',
    'PROCESSING,at 9',
    'SUCCEEDED,at 9',
  ]);
  // The request, which has the first event in it, and three more.
  expect(spent).toEqual(Array.from({ length: 4 }, () => ['local', 1]));
});

test('it is one operation to those who watch, and ends with its codes', async () => {
  const ended: unknown[] = [];
  const { add, url, passUntil } = await start({
    watchers: () => [{ over: (run, { codes }) => void ended.push([run.operation?.kind, codes]) }],
  });
  add(7, 3);
  const one = await openEvents(url, { query: QUERY });
  expect(ended).toEqual([]);
  await passUntil(one.ended);
  expect(ended).toEqual([['subscription', []]]);
  const none = await openEvents(url, { query: QUERY.replace('7', '99') });
  await none.ended;
  expect(ended[1]).toEqual(['subscription', ['NOT_FOUND']]);
});

test('who leaves ends the operation', async () => {
  const ended: unknown[] = [];
  const { add, url } = await start({
    watchers: () => [{ over: (run) => void ended.push(run.operation?.kind) }],
  });
  add(7, null);
  const stream = await openEvents(url, { query: QUERY });
  await expect.poll(() => stream.told.length).toBe(1);
  stream.leave();
  await expect.poll(() => ended).toEqual(['subscription']);
});

/** A client that has asked, and takes nothing. */
async function asleep(url: string, query: string) {
  const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
  const asked = request(url, { method: 'POST', agent: false, headers });
  asked.end(JSON.stringify({ query }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

const LONG = 'x'.repeat(400_000);
const CHANGES = 60;

test('a reader that sleeps misses what lies between, and then has the newest', async () => {
  const { add, url, changeOften, fail } = await start();
  add(7, null, { text: LONG });
  const response = await asleep(
    url,
    'subscription { prompt(id: 7) { prompt { text updatedAt } } }',
  );
  await changeOften(7, CHANGES);
  await fail(7);
  const told = await text(response);
  expect(told.split('event: next').length - 1).toBeLessThan(CHANGES / 2);
  expect(told).toContain('event: complete');
}, 60_000);

test('a reader that sleeps for ever is cut off when its stream is over', async () => {
  const { add, url, changeOften, clock, deps } = await start();
  add(7, null, { text: LONG });
  const response = await asleep(url, 'subscription { prompt(id: 7) { prompt { text } } }');
  await changeOften(7, CHANGES);
  deps.jobs.stop();
  clock.advance(2000);
  clock.advance(12_000);
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
  await expect(text(response)).rejects.toThrow();
}, 60_000);

test('nothing is left of a stream that its client left before it began', async () => {
  const { add, url, emulator, deps, pending } = await start();
  add(7, null);
  emulator.fail({ path: '/prompts/7', latencyMs: 200 });
  const leaving = new AbortController();
  const body = JSON.stringify({ query: QUERY, variables: { ids: [promptId(7)] } });
  const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
  const asked = fetch(url, { method: 'POST', headers, body, signal: leaving.signal });
  asked.catch(() => {});
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  leaving.abort();
  await expect.poll(() => [deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
  await expect.poll(() => pending.size).toBe(0);
});
