/** Uploads that do not go on, and what they must not hold up. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { UPLOAD_LIMITS } from '../../src/http/uploads/limits.ts';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { BOUNDARY, begin, END, file, post, text } from '../support/multipart.ts';
import { listen } from '../support/odd-astria.ts';
import { CREATE_TUNE, CREATED, startDeaf, tuneOf } from '../support/uploads.ts';

const operations = (input: object) =>
  text('operations', { query: CREATE_TUNE, variables: { input } });
const ONE_PHOTO = tuneOf(1);

test('a client that falls silent in its file is not waited for', async () => {
  const gateway = await startGateway({ uploads: { ...UPLOAD_LIMITS, maxSilenceMs: 150 } });
  const { outgoing, answer } = begin(gateway.url);
  for (const piece of ONE_PHOTO) outgoing.write(piece);
  outgoing.write(file('0').subarray(0, 100));
  expect(await answer).toMatchObject({
    errors: [
      {
        message: 'Nothing came for 0.15 seconds, with files still wanted: send it again.',
        extensions: { code: 'BAD_REQUEST', limit: { name: 'silenceMs', max: 150, found: 150 } },
      },
    ],
  });
  expect((await gateway.run('{ tunes { nodes { id } } }')).data).toEqual({ tunes: { nodes: [] } });
  outgoing.destroy();
});

test.each([
  ['after its file', [...ONE_PHOTO, file('0'), END.subarray(0, 4)]],
  [
    'before the first of two files',
    [
      text('operations', {
        query:
          'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }',
        variables: {
          input: {
            tuneId: 1504944,
            text: 'x',
            inputImage: { file: null },
            maskImage: { file: null },
          },
        },
      }),
      text('map', {
        a: ['variables.input.inputImage.file'],
        b: ['variables.input.maskImage.file'],
      }),
      Buffer.from(`--${BOUNDARY}\r\n`),
    ],
  ],
  ['before its map has ended', [...ONE_PHOTO]],
])('nor is one that falls silent %s', async (_, pieces) => {
  const gateway = await startGateway({ uploads: { ...UPLOAD_LIMITS, maxSilenceMs: 150 } });
  const { outgoing, answer } = begin(gateway.url);
  outgoing.write(Buffer.concat(pieces));
  expect(await answer).toMatchObject({
    errors: [{ extensions: { code: 'BAD_REQUEST', limit: { name: 'silenceMs' } } }],
  });
  outgoing.destroy();
});

/** A byte of a file now and then, for as long as anybody listens. */
function drip(url: string, everyMs: number, headers: Record<string, string> = {}) {
  const { outgoing, answer } = begin(url, headers);
  outgoing.on('error', () => {});
  for (const piece of ONE_PHOTO) outgoing.write(piece);
  outgoing.write(file('0').subarray(0, 120));
  const dripping = setInterval(() => outgoing.write('x'), everyMs);
  onTestFinished(() => {
    clearInterval(dripping);
    outgoing.destroy();
  });
  return answer;
}

test('an upload that arrives a byte at a time is refused too', async () => {
  const gateway = await startGateway({ uploads: { maxPaceMs: 300, paceBytes: 3000 } });
  expect(await drip(gateway.url, 20)).toMatchObject({
    status: 200,
    errors: [
      {
        message: expect.stringMatching(
          /^Only \d+ bytes came in 0.3 seconds of waiting for files, and 3000 must: send it again over a faster line\.$/,
        ),
        extensions: {
          code: 'BAD_REQUEST',
          limit: { name: 'paceMs', max: 300, found: 'more than 300' },
        },
      },
    ],
  });
  expect((await gateway.run('{ tunes { nodes { id } } }')).data).toEqual({ tunes: { nodes: [] } });
});

test('the time that Astria takes to read is not the client’s', async () => {
  const baseUrl = await listen((request, response) => {
    setTimeout(() => request.resume(), 1500);
    request.on('end', () => response.writeHead(201).end('{"id":1,"title":"Ines"}'));
  });
  const content = Buffer.alloc(8_000_000);
  const uploads = { maxPaceMs: 1200, paceBytes: 2 * content.length };
  const { url } = await startGateway({ baseUrl, uploads });
  expect(await post(url, [...ONE_PHOTO, file('0', content), END])).toEqual(CREATED);
});

test('200 slow uploads of five callers do not prevent other uploads', async () => {
  const greedy = ['a', 'b', 'c', 'd', 'e'];
  const keys = gatewayKeys(...[...greedy, 'modest'].map((name) => ({ name })));
  const astria = { running: 0 };
  const baseUrl = await listen((request, response) => {
    astria.running++;
    request.resume().on('error', () => {});
    request.on('end', () => response.writeHead(201).end('{"id":1,"title":"Ines"}'));
  });
  const gateway = await startGateway({ baseUrl, environment: { GATEWAY_KEYS: keys } });
  for (let n = 0; n < 200; n++) {
    drip(gateway.url, 3000, bearer(greedy[n % 5] as string)).catch(() => {});
  }
  // All the places that they get: 11 each, or 32, 16, 8, 4 and 2, by who comes first.
  await expect.poll(() => astria.running, { timeout: 20_000 }).toBeGreaterThanOrEqual(54);
  const modest = await post(gateway.url, [...ONE_PHOTO, file('0'), END], bearer('modest'));
  expect(modest).toEqual(CREATED);
}, 30_000);

test('a file cannot come into JSON by a variable inside a literal', async () => {
  const gateway = await startGateway();
  gateway.account.addTune({ id: 5, title: 'Five' });
  const answer = await post(gateway.url, [
    text('operations', {
      query:
        'mutation ($f: Upload) { updateTune(input: { id: 5, characteristics: { a: $f } }) { tune { id } } }',
      variables: { f: null },
    }),
    text('map', { 0: ['variables.f'] }),
    file('0'),
    END,
  ]);
  expect(answer).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
  expect(gateway.requests()).toEqual([]);
});

test('any number of stalled uploads leaves other requests alone', async () => {
  const gateway = await startGateway({ timeoutMs: 20_000 });
  const url = gateway.url;
  const stalled = Array.from({ length: 200 }, () => {
    const { outgoing } = begin(url);
    for (const piece of ONE_PHOTO) outgoing.write(piece);
    outgoing.write(file('0').subarray(0, 100));
    return outgoing;
  });
  // Time for each to have a connection to Astria, if it is to get one.
  await sleep(300);
  expect(await gateway.run('{ tunes { nodes { title } } }')).toEqual({
    data: { tunes: { nodes: [] } },
  });
  for (const outgoing of stalled) outgoing.destroy();
});

test('a request that waits for a connection keeps its deadline', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  await expect.poll(() => silent.listening).toBe(true);
  const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { run } = await startGateway({ baseUrl, timeoutMs: 300 });
  // More than there are connections to Astria.
  const answers = await Promise.all(Array.from({ length: 150 }, () => run('{ viewer { name } }')));
  for (const { errors } of answers) {
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  }
}, 10_000);

test.each([
  ['variables.input.characteristics.x', { x: null }],
  ['variables.input.characteristics', null],
])('a file at %s is refused before anything is made', async (path, characteristics) => {
  const gateway = await startGateway();
  const answer = await post(gateway.url, [
    operations({ title: 'Ines', imageUrls: ['https://a.example/1'], characteristics }),
    text('map', { 0: [path] }),
    file('0'),
    END,
  ]);
  expect(answer).toMatchObject({
    errors: [
      {
        message: expect.stringMatching(/JSON cannot contain a file( at `x`)?\./),
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
  expect(gateway.requests()).toEqual([]);
});

test('a failure before the end of the files is NOT_DONE', async () => {
  const baseUrl = await startDeaf({
    status: 500,
    body: { status: 500, error: 'Internal Server Error' },
  });
  const gateway = await startGateway({ baseUrl });
  const { outgoing, answer } = begin(gateway.url);
  for (const piece of ONE_PHOTO) outgoing.write(piece);
  outgoing.write(file('0', Buffer.alloc(300_000)).subarray(0, 200_000));
  expect(await answer).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } }],
  });
  outgoing.destroy();
});
