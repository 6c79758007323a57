/** What is no request of HTTP/1.1, sent byte by byte: it is answered with a reason, and never in the place of another answer. */
import { maxHeaderSize } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { at, startJobs } from '../jobs/support.ts';
import { startGateway } from '../support/gateway.ts';
import { connectRaw, getOf } from '../support/raw-client.ts';

const POLL = { timeout: 10_000 };
const GARBAGE = 'hello\r\n\r\n';
const CHUNKED =
  'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
const HEAD_BYTES = { name: 'headBytes', max: maxHeaderSize, found: 'more' };
const TOO_LARGE =
  'The address and the headers are longer than 16384 bytes together, or there are more than 1000 headers: send less of them, or send the query by POST.';
const unread = (reason: string) => `This is not a valid HTTP/1.1 request: ${reason}.`;
const EXPECT = 'The header `Expect` may only be `100-continue`: leave it out.';
const HOST = 'The header `Host` is missing: send it once.';
const CLOSE = { Connection: 'close' };
const headOf = (...lines: string[]) =>
  ['GET /graphql?query={__typename} HTTP/1.1', ...lines, '\r\n'].join('\r\n');

async function exchange(url: string, bytes: string) {
  const client = connectRaw(url);
  client.socket.resume().write(bytes, 'latin1');
  await expect.poll(client.isClosed, POLL).toBe(true);
  return client.text();
}

/** Splits the only answer. */
function parsed(text: string) {
  const [head = '', body = '', ...more] = text.split('\r\n\r\n');
  expect(more).toEqual([]);
  const [line, ...lines] = head.toLowerCase().split('\r\n');
  const headers = Object.fromEntries(lines.map((one) => one.split(': ')));
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body, 'latin1')));
  return { line, headers, answer: JSON.parse(body) };
}

test.each<[string, string, number, string, object?]>([
  [
    'a long header',
    headOf('Host: a', `Cookie: ${'x'.repeat(maxHeaderSize)}`),
    431,
    TOO_LARGE,
    HEAD_BYTES,
  ],
  [
    'a long address',
    `GET /graphql?${'x'.repeat(maxHeaderSize)} HTTP/1.1\r\n\r\n`,
    431,
    TOO_LARGE,
    HEAD_BYTES,
  ],
  ['many headers', headOf(...Array(1001).fill('a: b')), 431, TOO_LARGE, HEAD_BYTES],
  [
    'a head that is far too long',
    headOf(`Cookie: ${'x'.repeat(1_000_000)}`),
    431,
    TOO_LARGE,
    HEAD_BYTES,
  ],
  ['no HTTP', GARBAGE, 400, unread('Invalid method encountered')],
  [
    'TLS',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    400,
    unread('Invalid method encountered'),
  ],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, unread('Pause on PRI/Upgrade')],
  ['a header that is none', headOf('Host: a', 'a b: c'), 400, unread('Invalid header token')],
  [
    'two lengths',
    headOf('Host: a', 'Content-Length: 1', 'Content-Length: 2'),
    400,
    unread('Duplicate Content-Length'),
  ],
  [
    'a body that cannot be read',
    `${CHUNKED}zz\r\n`,
    400,
    unread('Invalid character in chunk size'),
  ],
  [
    'long extensions of chunks',
    `${CHUNKED}1;${'x'.repeat(20_000)}\r\n`,
    413,
    'The extensions of the chunks of the body are longer than 16384 bytes: leave them out.',
  ],
  [
    'CONNECT',
    'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n',
    400,
    'The method `CONNECT` is for proxies, and this is not one: ask for `/graphql`.',
  ],
  ['no Host', headOf('Connection: close'), 400, HOST],
  ['no Host for a WebSocket', headOf('Connection: Upgrade', 'Upgrade: websocket'), 400, HOST],
  ['an expectation', headOf('Host: a', 'Connection: close', 'Expect: 200-ok'), 417, EXPECT],
])('%s is answered with what is wrong', async (_, bytes, ...told) => {
  const [status, message, limit] = told;
  const { url, logged } = await startGateway();
  const { line, headers, answer } = parsed(await exchange(url, bytes));
  expect(line).toMatch(new RegExp(`^http/1\\.1 ${status} [a-z -]+$`));
  expect(answer).toEqual({
    errors: [{ message, extensions: { code: 'BAD_REQUEST', ...(limit && { limit }) } }],
  });
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    connection: 'close',
    date: expect.any(String),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(logged.filter((one) => one.includes('"level":50'))).toEqual([]);
});

const UPLOAD =
  'POST /graphql HTTP/1.1\r\nHost: a\r\nApollo-Require-Preflight: 1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n\r\n--x';

test.each([
  ['the head of a request', 'headMs', 'GET /graphql HTTP/1.1\r\nHost: a\r\n'],
  ['nothing', 'headMs', ''],
  ['a part of an upload', 'requestMs', UPLOAD],
])('a client that sends %s and no more is told so in time', async (_, name, bytes) => {
  const server = { headersTimeout: 60, requestTimeout: 60, connectionsCheckingInterval: 20 };
  const { url } = await startGateway({ server });
  const { line, answer } = parsed(await exchange(url, bytes));
  expect(line).toBe('http/1.1 408 request timeout');
  const limit = { name, max: 60, found: 'more than 60' };
  const message = 'The request did not come within 0.06 seconds: send it again.';
  expect(answer).toEqual({ errors: [{ message, extensions: { code: 'BAD_REQUEST', limit } }] });
});

test('requests that are under way are answered first, and the fault once', async () => {
  const { url } = await startGateway();
  const text = await exchange(
    url,
    getOf('{ tunes { nodes { id } } }').repeat(2) + GARBAGE.repeat(3),
  );
  const statuses = Array.from(text.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
  expect(statuses).toEqual(['200', '200', '400']);
});

test('after the last request on a connection nothing is answered', async () => {
  const { url } = await startGateway();
  const text = await exchange(url, getOf('{ tunes { nodes { id } } }', CLOSE) + GARBAGE);
  expect(parsed(text).line).toBe('http/1.1 200 ok');
});

test('an earlier answer is not replaced by the error of an unreadable body', async () => {
  const { url } = await startGateway();
  expect(await exchange(url, `${getOf('{ tunes { nodes { id } } }')}${CHUNKED}zz\r\n`)).toBe('');
});

test('a stream is not broken by a refusal', async () => {
  const { account, url, passUntil, clock } = await startJobs();
  account.addPrompt({ id: 7, created_at: at(0), started_training_at: at(0), trained_at: at(9) });
  const { socket, statuses, isClosed, text } = connectRaw(url);
  const accept = { Accept: 'text/event-stream' };
  socket.resume().write(getOf('subscription { prompt(id: 7) { isDone } }', accept));
  await expect.poll(statuses, POLL).toEqual([200]);
  socket.write(GARBAGE);
  await sleep(50);
  expect(clock.now()).toBe(Date.parse(at(0)));
  const closed = expect.poll(isClosed, POLL).toBe(true);
  await passUntil(Promise.resolve(closed));
  expect(statuses()).toEqual([200, 400]);
  expect(text()).toMatch(/event: complete[\s\S]*HTTP\/1\.1 400/);
});

test('after an answer the next thing is refused in its own place', async () => {
  const { url } = await startGateway();
  const { socket, statuses, isClosed } = connectRaw(url);
  socket.resume().write(getOf('{ __typename }'));
  await expect.poll(statuses, POLL).toEqual([200]);
  socket.write(GARBAGE);
  await expect.poll(isClosed, POLL).toBe(true);
  expect(statuses()).toEqual([200, 400]);
});

test('a client of HTTP/1.0 needs no Host', async () => {
  const { url } = await startGateway({ token: '' });
  const text = await exchange(url, 'GET /graphql?query={__typename} HTTP/1.0\r\n\r\n');
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

test('a client that expects 100-continue gets it', async () => {
  const { url } = await startGateway();
  const body = '{"query":"{ __typename }"}';
  const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { socket, statuses, isClosed } = connectRaw(url);
  socket.resume().write(head);
  await expect.poll(statuses, POLL).toEqual([100]);
  socket.write(body);
  await expect.poll(isClosed, POLL).toBe(true);
  expect(statuses()).toEqual([100, 200]);
});

test('a client that sends everything before it reads gets its answer', async () => {
  const { url } = await startGateway();
  const { socket, statuses } = connectRaw(url);
  await new Promise((resolve) => socket.write(headOf('x'.repeat(12_000_000)), resolve));
  socket.resume();
  await expect.poll(statuses, POLL).toEqual([431]);
});

test('CONNECT too waits for the answers that are due', async () => {
  const { url } = await startGateway();
  const { socket, statuses, isClosed } = connectRaw(url);
  const tunnel = 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n';
  socket.resume().write(getOf('{ tunes { nodes { id } } }') + tunnel);
  await expect.poll(isClosed, POLL).toBe(true);
  expect(statuses()).toEqual([200, 400]);
});

test('a client that never closes the connection is cut off', async () => {
  const { url } = await startGateway();
  const socket = connect({ port: Number(new URL(url).port), allowHalfOpen: true });
  const told: string[] = [];
  socket.on('error', () => {}).on('data', (chunk) => told.push(String(chunk)));
  socket.write(GARBAGE);
  const more = setInterval(() => socket.write(GARBAGE), 20);
  await expect.poll(() => socket.closed, POLL).toBe(true);
  clearInterval(more);
  expect(told).toEqual([expect.stringMatching(/^HTTP\/1\.1 400 /)]);
});
