/** Subscriptions by WebSocket: the same states, callers, limits and words as by server-sent events. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openRaw, openSubscription } from './sockets.ts';
import { brief, JOBS, startSubscribed } from './subscribed.ts';
import { at, promptId } from './support.ts';

const ids = (...numbers: number[]) => numbers.map(promptId);

test('each state comes as it becomes, and then it is complete', async () => {
  const { add, url, passUntil, deps, pending } = await startSubscribed();
  add(7, 5);
  const one = openSubscription(url, { query: JOBS, variables: { ids: ids(7) } });
  await expect.poll(() => one.told.length).toBe(1);
  expect([deps.jobs.seats.taken, deps.jobs.watched]).toEqual([1, 1]);
  await passUntil(one.ended);
  expect(one.values().map(brief)).toEqual([
    ['QUEUED', false, null],
    ['PROCESSING', false, null],
    ['SUCCEEDED', true, 'FINISHED'],
  ]);
  expect(one.end).toEqual({ isComplete: true });
  await expect.poll(() => [deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
  expect(pending.size).toBe(0);
});

test('a client with a cursor gets what has changed since, and nothing twice', async () => {
  const { add, url, passUntil } = await startSubscribed();
  add(7, -5);
  add(8, 60);
  const one = openSubscription(url, { query: JOBS, variables: { ids: ids(7, 8) } });
  await expect.poll(() => one.told.length).toBe(2);
  one.leave();
  const after = one.values()[1]?.cursor;
  const two = openSubscription(url, { query: JOBS, variables: { ids: ids(7, 8), after } });
  await passUntil(two.ended);
  expect(two.values().map(brief)).toEqual([
    ['PROCESSING', false, null],
    ['SUCCEEDED', true, 'FINISHED'],
  ]);
});

test('several subscriptions share a socket, and each ends by itself', async () => {
  const { add, url, passUntil, deps } = await startSubscribed();
  add(7, 5);
  add(8, null);
  const raw = await openRaw(url);
  await raw.init();
  raw.subscribe('a', { query: JOBS, variables: { ids: ids(7) } });
  raw.subscribe('b', { query: JOBS, variables: { ids: ids(8) } });
  const has = (type: string, id: string) =>
    raw.heard.some((message) => message.type === type && message.id === id);
  await passUntil(expect.poll(() => has('complete', 'a')).toBe(true));
  expect([has('next', 'b'), has('complete', 'b')]).toEqual([true, false]);
  expect(deps.jobs.seats.taken).toBe(1);
  raw.say({ type: 'complete', id: 'b' });
  await expect.poll(() => [deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
  expect(has('complete', 'b')).toBe(false);
});

test('a client that leaves leaves nothing behind, even before the stream has begun', async () => {
  const { add, url, deps, pending, emulator } = await startSubscribed();
  add(7, null);
  const one = openSubscription(url, { query: JOBS, variables: { ids: ids(7) } });
  await expect.poll(() => one.told.length).toBe(1);
  one.leave();
  await expect.poll(() => [deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
  emulator.fail({ path: '/prompts', latencyMs: 200 });
  const raw = await openRaw(url);
  await raw.init();
  raw.subscribe('a', { query: JOBS, variables: { ids: ids(7) } });
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  raw.socket.terminate();
  await expect.poll(() => [deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
  await expect.poll(() => pending.size).toBe(0);
});

test('a query and a mutation are refused in words that name HTTP', async () => {
  const { url, requests } = await startSubscribed();
  for (const [kind, query] of [
    ['query', '{ tunes { nodes { id } } }'],
    ['mutation', 'mutation { deletePrompt(input: { id: 7 }) { deletedId } }'],
  ]) {
    const one = openSubscription(url, { query: query as string });
    await one.ended;
    expect(one.end.errors).toEqual([
      {
        message: `A WebSocket takes subscriptions only, and this is a ${kind}: send it as an HTTP request to this address.`,
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
  }
  expect(requests()).toEqual([]);
});

test('each event has a budget of its own, and tells what it cost where that is asked for', async () => {
  const { add, url, passUntil } = await startSubscribed({
    environment: { MAX_UPSTREAM_CALLS: '3' },
  });
  add(7, 3, { base_pack_id: null, started_training_at: at(0) });
  const query = 'subscription { prompt(id: 7) { prompt { tune { token } } } }';
  const one = openSubscription(url, { query }, { connectionParams: { 'X-Upstream-Report': '1' } });
  await passUntil(one.ended);
  const reports = one.told.flatMap(({ extensions }) => extensions ?? []);
  expect(reports).toMatchObject([{ upstream: { calls: 1 } }, { upstream: { calls: 1 } }]);
  const dear = openSubscription(url, {
    query:
      'subscription { prompt(id: 7) { prompt { tune { prompts(first: 9) { nodes { tune { token } references { tune { token } } } } } } } }',
  });
  await dear.ended;
  expect(dear.end.errors).toMatchObject([
    { extensions: { code: 'OPERATION_TOO_COMPLEX', limit: { name: 'upstreamCalls', max: 3 } } },
  ]);
});

test('it counts in RATE_LIMIT when it begins, and with each event', async () => {
  const { add, url, passUntil, deps } = await startSubscribed({
    environment: { RATE_LIMIT: '100/minute' },
  });
  const { rateLimits } = deps;
  if (!rateLimits) throw new Error('RATE_LIMIT is set');
  const spent: unknown[] = [];
  rateLimits.spend = async (...given) => void spent.push(given);
  add(7, 5);
  const one = openSubscription(url, { query: JOBS, variables: { ids: ids(7) } });
  await passUntil(one.ended);
  expect(spent).toEqual(Array.from({ length: 3 }, () => ['local', 1]));
});

test('it is one operation to those who watch, by an id that begins with that of its socket', async () => {
  const ended: unknown[] = [];
  const { add, url, passUntil } = await startSubscribed({
    watchers: () => [
      {
        over: ({ requestId, operation }, { codes }) =>
          void ended.push([requestId, operation?.kind, codes]),
      },
    ],
  });
  add(7, 5);
  const raw = await openRaw(url, { headers: { 'x-request-id': 'from-me' } });
  await raw.init();
  expect(raw.heard).toEqual([{ type: 'connection_ack', payload: { requestId: 'from-me' } }]);
  raw.subscribe('a', { query: JOBS, variables: { ids: ids(99) } });
  await expect.poll(() => ended).toEqual([['from-me-1', 'subscription', ['NOT_FOUND']]]);
  raw.subscribe('b', { query: JOBS, variables: { ids: ids(7) } });
  await passUntil(expect.poll(() => ended.length).toBe(2));
  expect(ended[1]).toEqual(['from-me-2', 'subscription', []]);
});

test('an unexpected error is not shown, and logged with the id that is shown', async () => {
  const { add, url, logged, deps } = await startSubscribed();
  add(7, null);
  deps.jobs.watcherFor = () => {
    throw new Error('a secret');
  };
  const raw = await openRaw(url, { headers: { 'x-request-id': 'mine' } });
  await raw.init();
  raw.subscribe('a', { query: JOBS, variables: { ids: ids(7) } });
  await expect
    .poll(() => raw.heard[1])
    .toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'INTERNAL', requestId: 'mine-1' } }],
    });
  expect(JSON.stringify(raw.heard)).not.toContain('a secret');
  expect(logged.join()).toContain('a secret');
});

test('pictures of the emulator are named by the address of the socket', async () => {
  const { add, url, passUntil } = await startSubscribed({ hasOwnMedia: true });
  add(7, -5);
  const query = 'subscription { prompt(id: 7) { prompt { images { url } } } }';
  const one = openSubscription(url, { query });
  await passUntil(one.ended);
  expect(JSON.stringify(one.told)).toContain(`"url":"${url}/images/`);
});

test('an upgrade to HTTP/2 is ignored', async () => {
  const { url } = await startSubscribed();
  const answered = await new Promise<string>((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
      },
    });
    asked.once('response', (response) => resolve(text(response))).once('error', reject);
    asked.end(JSON.stringify({ query: '{ __typename }' }));
  });
  expect(JSON.parse(answered)).toEqual({ data: { __typename: 'Query' } });
});
