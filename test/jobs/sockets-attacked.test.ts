/** What a WebSocket's client may not do, and what becomes of who tries. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openRaw, rawConnectionOf } from './sockets.ts';
import { JOBS, startSubscribed } from './subscribed.ts';
import { promptId } from './support.ts';

const jobs = (id: number) => ({ query: JOBS, variables: { ids: [promptId(id)] } });
const subscribe = (id: string, payload: object) =>
  JSON.stringify({ id, type: 'subscribe', payload });

test('a socket without `connection_init` in time is closed', async () => {
  const { url } = await startSubscribed({ sockets: { initMs: 100 } });
  const raw = await openRaw(url);
  expect(await raw.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
});

test.each<[string, (string | Buffer)[], number, string]>([
  ['asks before it has said who it is', [subscribe('a', jobs(7))], 4401, 'Unauthorized'],
  [
    'sends `connection_init` twice',
    ['{"type":"connection_init"}', '{"type":"connection_init"}'],
    4429,
    'Too many initialisation requests',
  ],
  ['sends no JSON', ['{"type":'], 4400, 'JSON'],
  ['sends a message of an unknown type', ['{"type":"start","id":"a"}'], 4400, 'type'],
  [
    'sends no document',
    ['{"type":"connection_init"}', '{"type":"subscribe","id":"a","payload":{}}'],
    4400,
    "'query'",
  ],
  ['sends bytes', [Buffer.from([1, 2, 3])], 1003, 'Send text: this was binary.'],
  ['sends more than 100 kB at once', ['x'.repeat(100_001)], 1009, ''],
  [
    'sends more values than a body may hold',
    [`{"type":"ping","payload":{"a":[${'1,'.repeat(20_000)}1]}}`],
    4400,
    'but at most 10000 are allowed',
  ],
])('the socket of a client that %s is closed', async (_, messages, code, words) => {
  const { url, requests } = await startSubscribed();
  const raw = await openRaw(url);
  for (const message of messages) raw.socket.send(message);
  const closed = await raw.closed;
  expect(closed.code).toBe(code);
  expect(closed.reason).toContain(words);
  expect(requests()).toEqual([]);
});

test('a message in too many fragments ends the socket before it is whole', async () => {
  const { url } = await startSubscribed();
  const raw = await openRaw(url);
  // 16,000 of one byte each took 1.7 MB of the heap, from clients that had not said who they are.
  for (let count = 0; count < 300; count++) raw.socket.send(' ', { fin: false });
  expect((await raw.closed).code).toBe(1008);
});

test('a message in few fragments is read as one', async () => {
  const { url } = await startSubscribed();
  const raw = await openRaw(url);
  const message = '{"type":"connection_init"}'.padEnd(200);
  for (const character of message) raw.socket.send(character, { fin: false });
  raw.socket.send('', { fin: true });
  await expect
    .poll(() => raw.heard)
    .toEqual([{ type: 'connection_ack', payload: expect.anything() }]);
});

test('a frame in too many chunks ends the socket before it is whole', async () => {
  const { url } = await startSubscribed({ sockets: { messagePieces: 5 } });
  const raw = await openRaw(url);
  const connection = rawConnectionOf(raw.socket);
  // The head of a masked frame of 126 bytes, which come one by one.
  connection.write(Buffer.from([0x81, 0xfe, 0, 126, 0, 0, 0, 0]));
  let isClosed = false;
  void raw.closed.then(() => {
    isClosed = true;
  });
  for (let count = 0; count < 100 && !isClosed; count++) {
    connection.write(' ');
    await sleep(10);
  }
  expect((await raw.closed).code).toBe(1008);
});

test('a second subscription with an id in use closes the socket, and ends its subscriptions', async () => {
  const { add, url, deps } = await startSubscribed();
  add(7, null);
  const raw = await openRaw(url);
  await raw.init();
  raw.subscribe('a', jobs(7));
  await expect.poll(() => raw.heard.length).toBe(2);
  raw.subscribe('a', jobs(7));
  expect(await raw.closed).toEqual({ code: 4409, reason: 'Subscriber for a already exists' });
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
});

test('an id that is completed before its stream has begun can be used again, and leaves nothing behind', async () => {
  const { add, url, deps, emulator, pending } = await startSubscribed();
  add(7, null);
  emulator.fail({ path: '/prompts', latencyMs: 100, times: 1 });
  const raw = await openRaw(url);
  await raw.init();
  for (let round = 0; round < 5; round++) {
    raw.subscribe('a', jobs(7));
    raw.say({ id: 'a', type: 'complete' });
  }
  raw.subscribe('a', jobs(7));
  await expect.poll(() => raw.heard.length).toBeGreaterThan(1);
  raw.socket.close();
  await raw.closed;
  await expect.poll(() => [deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
  await expect.poll(() => pending.size).toBe(0);
});

test('the subscriptions of one socket are bounded, and each refused one gets an error', async () => {
  const { add, url, deps, quiet } = await startSubscribed({
    environment: { MAX_STREAMS_PER_CALLER: '5000' },
  });
  add(7, null);
  const raw = await openRaw(url);
  await raw.init();
  for (let count = 0; count < 1000; count++) raw.subscribe(`a${count}`, jobs(7));
  await expect.poll(() => raw.heard.length).toBe(1001);
  const refused = raw.heard.filter(({ type }) => type === 'error');
  expect(refused).toHaveLength(900);
  expect(refused[0]?.payload).toMatchObject([
    { extensions: { code: 'OVERLOADED', limit: { name: 'subscriptionsPerSocket', max: 100 } } },
  ]);
  expect(deps.jobs.seats.taken).toBe(100);
  // One that ends makes room for another.
  raw.say({ id: 'a0', type: 'complete' });
  await quiet();
  raw.subscribe('b', jobs(7));
  await expect.poll(() => raw.heard.at(-1)).toMatchObject({ id: 'b', type: 'next' });
}, 30_000);

test('the sockets of a caller share its limit of streams', async () => {
  const { add, url } = await startSubscribed({ environment: { MAX_STREAMS_PER_CALLER: '3' } });
  add(7, null);
  const told: Record<string, unknown>[] = [];
  for (const raw of [await openRaw(url), await openRaw(url)]) {
    await raw.init();
    for (const id of ['a', 'b']) raw.subscribe(id, jobs(7));
    await expect.poll(() => raw.heard.length).toBe(3);
    told.push(...raw.heard);
  }
  expect(told.filter(({ type }) => type === 'next')).toHaveLength(3);
  expect(told.find(({ type }) => type === 'error')?.payload).toMatchObject([
    { extensions: { code: 'RATE_LIMITED', limit: { name: 'streamsPerCaller', max: 3 } } },
  ]);
});

test('a socket with too many messages is closed', async () => {
  const { url } = await startSubscribed({ sockets: { messages: 50 } });
  const raw = await openRaw(url);
  await raw.init();
  for (let count = 0; count < 60; count++) raw.socket.ping();
  expect((await raw.closed).code).toBe(1008);
});

test('a socket without subscriptions is closed after a while, and one with a subscription is not', async () => {
  const { add, url } = await startSubscribed({ sockets: { heartbeatMs: 50, idleMs: 200 } });
  add(7, null);
  const [idle, busy] = [await openRaw(url), await openRaw(url)];
  await Promise.all([idle.init(), busy.init()]);
  busy.subscribe('a', jobs(7));
  expect((await idle.closed).code).toBe(1000);
  await sleep(300);
  expect(busy.socket.readyState).toBe(busy.socket.OPEN);
  busy.say({ id: 'a', type: 'complete' });
  expect((await busy.closed).code).toBe(1000);
});

test('a client that answers no heartbeat is cut off, and its streams end', async () => {
  const { add, url, deps } = await startSubscribed({ sockets: { heartbeatMs: 50 } });
  add(7, null);
  const raw = await openRaw(url, { autoPong: false });
  await raw.init();
  raw.subscribe('a', jobs(7));
  expect((await raw.closed).code).toBe(1006);
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
});

const LONG = 'x'.repeat(400_000);
const CHANGES = 60;

test('a client that stops reading misses states between, and then gets the newest', async () => {
  const { add, url, changeOften, fail } = await startSubscribed();
  add(7, null, { text: LONG });
  const raw = await openRaw(url);
  await raw.init();
  raw.subscribe('a', {
    query: 'subscription { prompt(id: 7) { isDone prompt { text updatedAt } } }',
  });
  await expect.poll(() => raw.heard.length).toBe(2);
  raw.socket.pause();
  await changeOften(7, CHANGES);
  await fail(7);
  raw.socket.resume();
  await expect.poll(() => raw.heard.at(-1)).toEqual({ id: 'a', type: 'complete' });
  expect(raw.heard.length).toBeLessThan(CHANGES / 2);
  expect(raw.heard.at(-2)).toMatchObject({ payload: { data: { prompt: { isDone: true } } } });
}, 60_000);

test('a socket without subscriptions makes room for a new connection', async () => {
  const { add, url, fetch } = await startSubscribed({
    load: { connections: { open: 2, stalledMs: 30_000 } },
  });
  add(7, null);
  const busy = await openRaw(url);
  await busy.init();
  busy.subscribe('a', jobs(7));
  await expect.poll(() => busy.heard.length).toBe(2);
  const idle = await openRaw(url);
  expect((await fetch('/healthz')).status).toBe(200);
  expect((await idle.closed).code).toBe(1006);
  expect(busy.socket.readyState).toBe(busy.socket.OPEN);
});
