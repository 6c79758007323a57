/** What is sent again, when, and what never is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Fault } from '../../src/emulator/faults.ts';
import { startEmulator } from '../../src/emulator/serve.ts';
import { freePort } from '../support/free-port.ts';
import { startGateway } from '../support/gateway.ts';
import { END, file, post } from '../support/multipart.ts';
import { tuneOf } from '../support/uploads.ts';

const read = '{ tune(id: 5) { title } }';
const write =
  'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { text } } }';
const change = 'mutation { updateTune(input: { id: "5", title: "Six" }) { tune { title } } }';
const removal = 'mutation { deleteTune(input: { id: "5" }) { deletedId } }';

/** What a lost write made would be found, and take calls. */
const NO_SEARCH = { gapsMs: [], withinMs: 0, leastMs: 0 };

async function startRetrying(timeoutMs?: number) {
  const upstream = { retries: 2, retryDelayMs: 5 };
  const gateway = await startGateway({ upstream, timeoutMs, seekTimes: NO_SEARCH });
  gateway.account.addTune({ id: 5, title: 'Five' });
  return gateway;
}

const PASSING: Fault[] = [
  ...[429, 500, 502, 503, 504].map((status) => ({ status })),
  { broken: 'reset' },
  { broken: 'halfway' },
];

test.each(PASSING)('a read that meets %j is sent again, twice at most', async (fault) => {
  const { run, emulator, requests } = await startRetrying();
  emulator.fail({ ...fault, times: 2 });
  expect(await run(read)).toEqual({ data: { tune: { title: 'Five' } } });
  expect(requests()).toHaveLength(3);
  emulator.clearRequests();
  emulator.fail({ ...fault, times: 3 });
  expect((await run(read)).errors).toHaveLength(1);
  expect(requests()).toHaveLength(3);
});

test.each([
  { status: 400 },
  { status: 401 },
  { status: 403 },
  { status: 404 },
  { status: 422, body: {} },
  { broken: 'cut-json' },
  { broken: 'empty' },
] as Fault[])('a read that meets %j is not sent again', async (fault) => {
  const { run, emulator, requests } = await startRetrying();
  emulator.fail(fault);
  await run(read);
  expect(requests()).toHaveLength(1);
});

const writes = [write, change, removal].flatMap((mutation) =>
  PASSING.map((fault) => [mutation, fault] as const),
);

test.each(writes)('%s that meets %j is never sent again', async (mutation, fault) => {
  const { run, emulator, requests } = await startRetrying();
  emulator.fail(fault);
  const { errors } = await run(mutation);
  expect(errors).toHaveLength(1);
  if (fault.status !== 429) expect(errors?.[0]?.extensions).toMatchObject({ outcome: 'UNKNOWN' });
  expect(requests().filter((request) => !request.startsWith('GET'))).toHaveLength(1);
});

test('Retry-After is waited for', async () => {
  const { run, emulator } = await startRetrying();
  emulator.fail({ status: 429, retryAfter: 0.3 });
  const startedAt = performance.now();
  expect(await run(read)).toEqual({ data: { tune: { title: 'Five' } } });
  expect(performance.now() - startedAt).toBeGreaterThan(300);
});

test('where Retry-After lies beyond the deadline, nobody waits for it', async () => {
  const { run, emulator, requests } = await startRetrying(20_000);
  emulator.fail({ status: 503, retryAfter: 21 });
  const startedAt = performance.now();
  expect((await run(read)).errors?.[0]?.extensions).toEqual({
    code: 'UPSTREAM_UNAVAILABLE',
    retryAfterMs: 21_000,
  });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(requests()).toHaveLength(1);
});

test('the deadline is that of all tries together', async () => {
  const { run, emulator, requests } = await startRetrying(1200);
  emulator.fail({ status: 503, latencyMs: 800, times: 3 });
  const startedAt = performance.now();
  expect((await run(read)).errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT' });
  expect(performance.now() - startedAt).toBeLessThan(2400);
  expect(requests()).toHaveLength(2);
});

test('an upload is never sent again, not even where there was no connection', async () => {
  const upstream = { retries: 2, retryDelayMs: 5 };
  const upload = [...tuneOf(1), file('0'), END];
  const refusing = await startGateway({ upstream, seekTimes: NO_SEARCH });
  refusing.emulator.fail({ status: 503 });
  expect(await post(refusing.url, upload)).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'UNKNOWN' } }],
  });
  expect(refusing.requests()).toEqual(['POST /tunes']);
  const retries: number[] = [];
  const onCall = () => ({ over: (end: { retries: number }) => void retries.push(end.retries) });
  const baseUrl = `http://127.0.0.1:${await freePort()}`;
  const alone = await startGateway({ baseUrl, upstream: { ...upstream, onCall } });
  expect(await post(alone.url, upload)).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } }],
  });
  expect(retries).toEqual([0]);
});

test('a write that finds no connection is certainly not done, and says so', async () => {
  const { run } = await startGateway({ baseUrl: `http://127.0.0.1:${await freePort()}` });
  expect((await run(write)).errors?.[0]?.extensions).toEqual({
    code: 'UPSTREAM_UNAVAILABLE',
    outcome: 'NOT_DONE',
  });
});

test('a write that finds no connection is sent once there is one', async () => {
  const port = await freePort();
  const upstream = { retries: 10, retryDelayMs: 60 };
  const { run } = await startGateway({ baseUrl: `http://127.0.0.1:${port}`, upstream });
  const answer = run(write);
  await sleep(100);
  const emulator = await startEmulator({ port, seed: false });
  onTestFinished(emulator.close);
  expect(await answer).toEqual({ data: { createPrompt: { prompt: { text: 'x' } } } });
  expect(emulator.requests.map(({ method }) => method)).toEqual(['POST']);
});

test('a write whose time runs out before a connection is there is not done either', async () => {
  // An address of no network: nobody refuses, and nobody answers.
  const baseUrl = 'http://192.0.2.1:9';
  const { run } = await startGateway({ baseUrl, timeoutMs: 100 });
  expect((await run(write)).errors?.[0]?.extensions).toMatchObject({ outcome: 'NOT_DONE' });
});

test('who joins a read late has its own time, not that of who began it', async () => {
  const { run, emulator, requests } = await startRetrying(1600);
  emulator.fail({ latencyMs: 20_000 });
  const early = run(read);
  await sleep(800);
  const late = run('{ tune(id: 5) { title token } }');
  expect((await early).errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT' });
  expect(await late).toEqual({ data: { tune: { title: 'Five', token: expect.anything() } } });
  expect(requests()).toHaveLength(2);
});
