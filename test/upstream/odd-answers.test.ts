/** Answers such as no Astria should give: each is refused or bounded, in words. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/odd-astria.ts';

const READ = '{ tune(id: 5) { title characteristics } }';
const WRITE = 'mutation { updateTune(input: { id: 5, title: "x" }) { tune { title } } }';

const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const tuneWith = (characteristics: string) =>
  `{"id":5,"title":"x","characteristics":${characteristics}}`;

/** An Astria that always gives one answer; with an ETag, so that it is kept. */
async function startBeforeOne(status: number, body: string, headers: Record<string, string> = {}) {
  const baseUrl = await listen((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', etag: '"x"', ...headers });
    response.end(body);
  });
  return startGateway({ baseUrl });
}

const DEEP = 200_000;

test.each([
  ['lists', tuneWith(`{"a":${lists(DEEP)}}`)],
  ['objects', tuneWith(objects(DEEP))],
  ['lists of 101 levels', tuneWith(`{"a":${lists(101)}}`)],
])('what is nested too deep is null, and told as drift: %s', async (_, body) => {
  const { run, drift, logged } = await startBeforeOne(200, body);
  // What is asked for again is kept.
  for (const _ of [1, 2, 3]) {
    expect(await run(READ)).toEqual({ data: { tune: { title: 'x', characteristics: null } } });
  }
  expect(drift()).toMatchObject([{ field: 'characteristics', kind: 'changed' }]);
  expect(logged.join()).not.toContain('call stack');
});

test('what a client may send as deep comes back as deep', async () => {
  const { run } = await startBeforeOne(200, tuneWith(`{"a":${lists(100)}}`));
  const { data } = await run(READ);
  expect(JSON.stringify(data)).toContain(lists(100));
});

const UNEXPECTED = { code: 'UPSTREAM_CONTRACT', message: 'Astria gave an unexpected answer.' };

test.each([
  ['a list', 200, lists(DEEP), UNEXPECTED],
  ['a field that nobody reads, and no id', 200, `{"more":${lists(DEEP)}}`, UNEXPECTED],
  [
    'a refusal',
    422,
    objects(DEEP),
    { code: 'VALIDATION_FAILED', message: 'Astria refused the input without saying why.' },
  ],
  [
    'a failure',
    400,
    `{"error":${lists(DEEP)}}`,
    { code: 'BAD_REQUEST', message: 'Astria refused the request.' },
  ],
])(
  'an answer 200,000 levels deep is told in words: %s',
  async (_, status, body, { code, message }) => {
    const { run } = await startBeforeOne(status, body);
    for (const operation of [READ, WRITE]) {
      expect((await run(operation)).errors).toMatchObject([{ message, extensions: { code } }]);
    }
  },
);

test.each([
  ['1e17', undefined],
  ['0x10', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['7', 7000],
  ['99999999999999999999', 86_400_000],
  ['9'.repeat(400), 86_400_000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])(
  'of `Retry-After: %s` a wait is told that somebody can wait',
  async (retryAfter, retryAfterMs) => {
    const { run } = await startBeforeOne(503, '', { 'retry-after': retryAfter });
    const { errors } = await run(READ);
    expect(errors?.[0]?.extensions).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  },
);

/** An Astria that writes these bytes, whatever it is asked. */
async function startBeforeBytes(bytes: string) {
  const server = createServer((socket) =>
    socket.on('error', () => {}).on('data', () => socket.write(bytes)),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return startGateway({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const BODY = '{"id":5,"title":"x"}';
const SOUND = `HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

test.each([
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
])('what nobody asked for is no answer, and the log says so: %j', async (first) => {
  const { run, logged } = await startBeforeBytes(first + SOUND);
  const message = 'The connection to Astria broke before its answer had come.';
  const code = 'UPSTREAM_UNAVAILABLE';
  expect((await run(READ)).errors).toMatchObject([{ message, extensions: { code } }]);
  expect((await run(WRITE)).errors).toMatchObject([
    { message, extensions: { code, outcome: 'UNKNOWN' } },
  ]);
  expect(logged.join()).toContain('something came that is no answer to the request');
});

test.each(['HTTP/1.1 102 Processing\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'])(
  'what comes before an answer, and may, is passed over: %j',
  async (first) => {
    const { run } = await startBeforeBytes(first + first + SOUND);
    expect(await run('{ tune(id: 5) { title } }')).toEqual({ data: { tune: { title: 'x' } } });
  },
);

test('one that comes between two answers breaks nothing', async () => {
  const { run } = await startBeforeBytes(`${SOUND}HTTP/1.1 100 Continue\r\n\r\n`);
  for (const _ of [1, 2]) {
    expect(await run('{ tune(id: 5) { title } }')).toEqual({ data: { tune: { title: 'x' } } });
  }
});
