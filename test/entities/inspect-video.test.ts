/** Videos that are put into words, which takes Astria minutes. */
import { expect, test } from 'vitest';
import { startJobs } from '../jobs/support.ts';

const VIDEO = 'https://a.example/walk.mp4';
const ask = (input = `video: { url: "${VIDEO}" }`) =>
  `mutation { inspectVideo(input: { ${input} }) { description } }`;
const LOOK = 'GET /videos/inspect/3100';
const FOUND = {
  data: {
    inspectVideo: {
      description: 'A video of somebody, who walks along a street in daylight.',
    },
  },
};

test('a video is asked for again until Astria has described it', async () => {
  const { run, emulator, account, requests, passUntil } = await startJobs();
  account.addTune({ id: 7, title: 'Maya' });
  const answer = run(ask(`video: { url: "${VIDEO}" }, tuneIds: ["7"]`));
  // Pending for 2 seconds, processing for 6.
  expect(await passUntil(answer)).toBe(8000);
  expect(await answer).toEqual({
    data: {
      inspectVideo: {
        description: 'A video of Maya, who walks along a street in daylight.',
      },
    },
  });
  expect(emulator.requests[0]?.body).toEqual({ file_url: VIDEO, tune_ids: [7] });
  expect(requests()).toEqual(['POST /videos/inspect', LOOK, LOOK, LOOK, LOOK]);
});

test('a file in storage is named by its signed id', async () => {
  const { run, emulator, passUntil } = await startJobs();
  emulator.fail({ path: '/videos/inspect', status: 200, body: { description: 'A harbour.' } });
  const answer = run(ask('video: { signedId: "eyJfcmFpbHMi--1" }'));
  await passUntil(answer);
  expect(await answer).toEqual({ data: { inspectVideo: { description: 'A harbour.' } } });
  expect(emulator.requests[0]?.body).toEqual({ blob_signed_id: 'eyJfcmFpbHMi--1' });
});

test('an older server describes it at once, and may take longer than other calls', async () => {
  const { run, emulator, requests } = await startJobs({ timeoutMs: 100 });
  const body = { description: 'A harbour.' };
  emulator.fail({ path: '/videos/inspect', body, latencyMs: 500 });
  expect(await run(ask())).toEqual({ data: { inspectVideo: body } });
  expect(requests()).toEqual(['POST /videos/inspect']);
});

test('what Astria could not look at is refused, in its words, at the video', async () => {
  const { run, passUntil } = await startJobs();
  const answer = run(ask('video: { url: "https://a.example/[fail].mp4" }'));
  await passUntil(answer);
  const message = 'The video could not be read';
  expect((await answer).errors).toMatchObject([
    {
      message,
      extensions: {
        code: 'VALIDATION_FAILED',
        source: 'ASTRIA',
        fieldErrors: [{ path: ['input', 'video'], message }],
      },
    },
  ]);
});

test.each([
  ['file_url', ask()],
  ['blob_signed_id', ask('video: { signedId: "eyJfcmFpbHMi--1" }')],
])('a refusal of `%s` is told at the video', async (field, operation) => {
  const { run, emulator } = await startJobs();
  emulator.fail({ path: '/videos/inspect', status: 422, body: { [field]: ['is no video'] } });
  expect((await run(operation)).errors?.[0]?.extensions?.fieldErrors).toEqual([
    { path: ['input', 'video'], message: 'is no video' },
  ]);
});

test('a look that fails in passing is made again; one that is refused is told', async () => {
  const { run, emulator, passUntil, requests } = await startJobs();
  emulator.fail({ path: '/videos/inspect/3100', status: 503, times: 2 });
  const first = run(ask());
  await passUntil(first);
  expect(await first).toEqual(FOUND);
  expect(requests().filter((request) => request === LOOK)).toHaveLength(4);
  emulator.fail({ path: '/videos/inspect/3101', status: 404 });
  const second = run(ask());
  await passUntil(second);
  expect((await second).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
});

test('it is given up after four minutes, within the calls that it was estimated to take', async () => {
  const { run, emulator, passUntil, requests, deps } = await startJobs();
  const body = { id: 3100, status: 'processing' };
  emulator.fail({ path: '/videos/inspect', body, times: 1000 });
  const answer = run(ask());
  expect(await passUntil(answer)).toBe(240_000);
  expect((await answer).errors).toMatchObject([
    { extensions: { code: 'UPSTREAM_TIMEOUT', outcome: 'UNKNOWN' } },
  ]);
  expect(requests()).toHaveLength(27);
  expect(deps.jobs?.seats.taken).toBe(0);
});

test('an answer that cannot be asked for again is out of contract', async () => {
  const { run, emulator } = await startJobs();
  emulator.fail({ path: '/videos/inspect', body: { status: 'pending' } });
  expect((await run(ask())).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_CONTRACT' } }]);
});

test('one who leaves, and a process that ends, ask no more', async () => {
  const { run, url, quiet, pending, deps } = await startJobs();
  const leaving = new AbortController();
  const body = JSON.stringify({ query: ask() });
  const headers = { 'content-type': 'application/json' };
  const left = fetch(url, { method: 'POST', headers, body, signal: leaving.signal });
  const stays = run(ask());
  await expect.poll(() => deps.jobs?.seats.taken).toBe(2);
  leaving.abort();
  await left.catch(() => {});
  await expect.poll(() => deps.jobs?.seats.taken).toBe(1);
  await quiet();
  deps.jobs?.stop();
  expect((await stays).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  expect(pending.size).toBe(0);
});

test.each([
  ['video: { url: "http://a.example/1.mp4" }', 'https address'],
  ['video: { url: "data:video/mp4;base64,AAAA" }', 'https address'],
  ['video: { signedId: " " }', 'blank signedId'],
  ['video: {}', 'VideoSourceInput'],
  [`video: { url: "${VIDEO}", signedId: "a" }`, 'VideoSourceInput'],
])('%s is refused in front of Astria', async (input, words) => {
  const { run, requests } = await startJobs();
  expect((await run(ask(input))).errors?.[0]?.message).toContain(words);
  expect(requests()).toEqual([]);
});

test('one in an operation, and none in a batch: it keeps its request waiting', async () => {
  const { run, fetch, requests } = await startJobs();
  const field =
    'inspectVideo(input: { video: { url: "https://a.example/1.mp4" } }) { description }';
  expect((await run(`mutation { a: ${field} b: ${field} }`)).errors).toMatchObject([
    { extensions: { limit: { name: 'waits', max: 1, found: 2 } } },
  ]);
  const body = JSON.stringify([{ query: ask() }, { query: '{ __typename }' }]);
  const headers = { 'content-type': 'application/json' };
  const batch = await (await fetch('/graphql', { method: 'POST', headers, body })).json();
  expect(batch[0].errors[0].extensions.limit).toMatchObject({ name: 'waitsInBatch' });
  expect(requests()).toEqual([]);
});
