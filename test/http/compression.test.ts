/** Who takes compressed answers gets them, and shares them with whoever does not. */
import { type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { codingFor, createCompression } from '../../src/http/compression.ts';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { BOUNDARY, END, file, PREFLIGHT } from '../support/multipart.ts';
import { mapOf, operationsOf } from '../support/uploads.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['gzip;q=0.2, br;q=0.1', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
  ['deflate', undefined],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['*;q=0.5, br;q=0', 'gzip'],
  ['identity, gzip;q=0.9', undefined],
  ['identity;q=0.5, gzip;q=0.9', 'gzip'],
  ['identity, *;q=0.5', undefined],
  ['constructor', undefined],
])('`Accept-Encoding: %s` is answered with %s', (header, coding) => {
  expect(codingFor(header)).toBe(coding);
});

/** As it came: `fetch` would decompress it. */
async function send(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const type = { 'content-type': 'application/json' };
    request(url, { method: 'POST', headers: { ...type, ...headers } }, resolve)
      .on('error', reject)
      .end(body);
  });
  const bytes = Buffer.concat(await response.toArray());
  const { 'content-encoding': coding, vary, 'content-length': length } = response.headers;
  if (length) expect(bytes).toHaveLength(Number(length));
  const text = (
    coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes
  ).toString();
  return { status: response.statusCode, coding, vary, text };
}

const VARY = 'Authorization, X-Workspace-Id, Origin, Accept, Accept-Encoding';
const LONG = JSON.stringify({ query: '{ __schema { types { name description } } }' });
const both = { 'accept-encoding': 'gzip, br' };

test('an answer of more than a kilobyte is compressed, and others are not', async () => {
  const { url } = await startGateway();
  const plain = await send(url, LONG);
  expect(plain).toMatchObject({ status: 200, coding: undefined, vary: VARY });
  expect(await send(url, LONG, both)).toEqual({ ...plain, coding: 'br' });
  expect(await send(url, LONG, { 'accept-encoding': 'gzip' })).toEqual({
    ...plain,
    coding: 'gzip',
  });
  const short = await send(url, '{"query":"{ __typename }"}', both);
  expect(short).toMatchObject({ coding: undefined, vary: VARY });
});

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(' ');

test('mutations, batches and refusals are compressed too', async () => {
  const { url, account } = await startGateway();
  account.addPrompt({ id: 7, text: 'x'.repeat(2000) });
  const bodies = [
    { query: 'mutation { likePrompt(input: { id: 7 }) { prompt { text } } }' },
    [{ query: `{ ${names(40)} }` }, { query: `{ ${names(40)} }` }],
    { query: `{ ${Array.from({ length: 40 }, (_, index) => `tune${index}`).join(' ')} }` },
  ];
  for (const body of bodies) {
    const { coding, text } = await send(url, JSON.stringify(body), both);
    expect(coding).toBe('br');
    expect(text).toMatch(/^\[?\{"(?:data|errors)"/);
  }
});

test('the answer to an upload is compressed too', async () => {
  const { url } = await startGateway();
  const body = Buffer.concat([
    operationsOf(1, { title: 'x'.repeat(2000) }),
    mapOf(1),
    file('0'),
    END,
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...PREFLIGHT };
  const { coding, text } = await send(url, body, { ...headers, ...both });
  expect(coding).toBe('br');
  expect(JSON.parse(text)).toEqual({ data: { createTune: { tune: { title: 'x'.repeat(2000) } } } });
});

test.each(['text/event-stream', 'multipart/mixed'])('a stream of %s is not', async (accept) => {
  const { url } = await startGateway();
  const { coding, vary, text } = await send(url, LONG, { ...both, accept });
  // Yoga says `none` of events, so that no proxy compresses them.
  expect(['none', undefined]).toContain(coding);
  expect(vary).toBe(VARY);
  expect(text).toContain('"__schema"');
});

test('nothing is compressed if compression is off', async () => {
  const { url } = await startGateway({ environment: { COMPRESSION: 'off' } });
  const { coding, vary } = await send(url, LONG, both);
  expect([coding, vary]).toEqual([undefined, VARY]);
});

test('identical queries share one execution, whatever encoding they accept', async () => {
  let executions = 0;
  const { url, account, emulator, requests } = await startGateway({
    environment: { GATEWAY_KEYS: gatewayKeys({ name: 'web' }), CORS_ORIGINS: '*' },
    watchers: () => [{ over: () => void executions++ }],
  });
  for (let id = 1; id <= 30; id++) account.addTune({ id, title: `tune ${id}, of a long title` });
  // On a busy machine it takes a while until the last of them has come.
  emulator.fail({ path: '/tunes', latencyMs: 2000 });
  const query = JSON.stringify({ query: '{ tunes(first: 30) { nodes { title } } }' });
  const encodings = ['br', 'gzip', 'identity', 'gzip, deflate, br', ''];
  const headers = { origin: 'https://app.example', ...bearer('web') };
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      send(url, query, { ...headers, 'accept-encoding': encodings[index % 5] as string }),
    ),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(new Set(answers.map(({ vary }) => vary))).toEqual(new Set([VARY]));
  expect(answers.slice(0, 5).map(({ coding }) => coding)).toEqual([
    ...['br', 'gzip', undefined, 'br', undefined],
  ]);
  expect(requests()).toEqual(['GET /tunes?limit=31']);
  expect(executions).toBe(1);
});

test('an answer that is shared is compressed once for each encoding', async () => {
  const compress = createCompression({ isCompressed: true });
  const answer = { status: 200, headers: {}, body: Buffer.alloc(2000, 'x'), requestId: 'a' };
  const compressed = (coding: string) =>
    compress({ headers: { 'accept-encoding': coding } } as never, answer);
  const [first, again, other] = await Promise.all(['br', 'br', 'gzip'].map(compressed));
  expect(again?.body).toBe(first?.body);
  expect(other?.headers).toEqual({
    'content-encoding': 'gzip',
    'content-length': String(other?.body.length),
  });
});
