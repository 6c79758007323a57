/** Handshakes that are none, and frames by hand. */
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startSubscribed } from './subscribed.ts';

/** The masked frame of a client. */
function frame(opcode: number, payload: Buffer, isLast = true): Buffer {
  const { length } = payload;
  const long = [126, length >> 8, length & 0xff] as const;
  const [first, ...more] = length < 126 ? [length] : long;
  const head = Buffer.from([(isLast ? 0x80 : 0) | opcode, 0x80 | first, ...more, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

const [CONTINUATION, TEXT] = [0x0, 0x1];

/** A socket that has shaken hands; what is written to it are frames. */
async function shaken(url: string) {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  const head = [
    'GET /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [first] = await once(socket, 'data');
  expect(String(first)).toMatch(/^HTTP\/1\.1 101 /);
  return { socket };
}

/** Of the frame that closes. */
async function closeCode({ socket }: Awaited<ReturnType<typeof shaken>>): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const told = Buffer.concat(chunks);
  return told.readUInt16BE(told.indexOf(0x88) + 2);
}

test.each<[string, Buffer, number]>([
  ['is not a frame', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 1002],
  ['is not masked', Buffer.from([0x81, 0x02, 0x7b, 0x7d]), 1002],
  ['has an unknown opcode', frame(0x3, Buffer.alloc(0)), 1002],
  ['claims to be compressed', Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 1002],
  ['is not UTF-8', frame(TEXT, Buffer.from([0xc3, 0x28])), 1007],
  ['claims to be 2 GB long', Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff]), 1009],
  [
    'is too long in pieces',
    Buffer.concat([
      frame(TEXT, Buffer.alloc(60_000, 'x'), false),
      frame(CONTINUATION, Buffer.alloc(60_000, 'x'), false),
    ]),
    1009,
  ],
])('data that %s closes the socket', async (_, bytes, code) => {
  const { url } = await startSubscribed();
  const one = await shaken(url);
  one.socket.write(bytes);
  expect(await closeCode(one)).toBe(code);
});

const FLOOD_BYTES = 60_000_000;
const STALLED_MS = 2000;

test('the gateway stops reading from a client that does not read its answers, so nothing piles up', async () => {
  const { url } = await startSubscribed({ sockets: { messages: Number.POSITIVE_INFINITY } });
  const { socket } = await shaken(url);
  socket.pause();
  const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(1000) } });
  const many = Buffer.concat(Array.from({ length: 100 }, () => frame(TEXT, Buffer.from(ping))));
  let taken = 0;
  const write = () =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(resolve, STALLED_MS, false);
      socket.write(many, () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  while (taken < FLOOD_BYTES && (await write())) taken += many.length;
  // Systems hold some megabytes each way.
  expect(taken).toBeLessThan(FLOOD_BYTES / 2);
}, 30_000);

interface Handshake {
  path?: string;
  headers?: Record<string, string>;
  status: number;
  words: string;
}

test.each<Handshake>([
  { path: '/elsewhere', status: 404, words: 'There is nothing at this path' },
  { path: '//x/graphql', status: 400, words: 'The path must begin with one slash' },
  { headers: { 'sec-websocket-version': '7' }, status: 400, words: 'Sec-WebSocket-Version' },
  { headers: { 'sec-websocket-key': 'x' }, status: 400, words: 'Sec-WebSocket-Key' },
])('a handshake with $path $headers is refused in JSON', async (one) => {
  const { path = '/graphql', headers = {}, status, words } = one;
  const { url } = await startSubscribed();
  const asked = request({
    ...{ port: new URL(url).port, path },
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  }).end();
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(status);
  expect(response.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
    'x-request-id': expect.any(String),
  });
  const { errors } = (await json(response)) as { errors: { message: string }[] };
  expect(errors[0]?.message).toContain(words);
});

test.each([
  ['POST', ''],
  ['POST', '{"query":"{ __typename }"}'],
  ['GET', 'x'],
])('a handshake by %s with the body %j is taken for a request', async (method, body) => {
  const { url, fetch } = await startSubscribed();
  const asked = request(url, {
    method,
    headers: {
      ...{ connection: 'Upgrade', upgrade: 'websocket', 'content-type': 'application/json' },
      ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
      'content-length': body.length,
    },
  }).end(body);
  const [response] = await once(asked, 'response');
  expect(response.headers.connection).not.toBe('Upgrade');
  expect(await json(response)).toMatchObject(
    body.includes('query') ? { data: { __typename: 'Query' } } : { errors: [{}] },
  );
  expect((await fetch('/healthz')).status).toBe(200);
});

test('a handshake behind an unanswered request closes the connection', async () => {
  const { url, emulator } = await startSubscribed();
  emulator.fail({ latencyMs: 500 });
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const body = JSON.stringify({ query: '{ tunes { nodes { id } } }' });
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
      `GET /graphql HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(String(Buffer.concat(chunks))).not.toContain('101 Switching');
});
