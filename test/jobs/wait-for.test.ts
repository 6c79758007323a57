import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { at, promptId, startJobs, tuneId } from './support.ts';

const WAIT =
  'query Wait($ids: [ID!]!, $seconds: Int) { waitFor(ids: $ids, seconds: $seconds) { isDone nodes { id ... on Prompt { status images { filename } } ... on Tune { tuneStatus: status } } } }';

async function start(options: Parameters<typeof startJobs>[0] = {}) {
  const gateway = await startJobs(options);
  const wait = (ids: readonly string[], seconds?: number) =>
    gateway.run(WAIT, { ids, seconds }) as Promise<{
      data: { waitFor: { isDone: boolean; nodes: ({ status: string } | null)[] } };
      errors?: { message: string; extensions: Record<string, unknown> }[];
    }>;
  const add = (id: number, doneAfterSeconds: number | null) =>
    gateway.account.addPrompt({
      id,
      created_at: at(0),
      started_training_at: at(0),
      trained_at: doneAfterSeconds === null ? null : at(doneAfterSeconds),
    });
  return { ...gateway, wait, add };
}

test('finished jobs are answered at once', async () => {
  const { wait, add, account, requests } = await start();
  add(7, -5);
  account.addTune({ id: 5 });
  const { data } = await wait([promptId(7), tuneId(5), promptId(9), promptId(7)]);
  const done = { id: promptId(7), status: 'SUCCEEDED', images: [{ filename: '1.png' }] };
  expect(data.waitFor).toEqual({
    isDone: true,
    nodes: [done, { id: tuneId(5), tuneStatus: 'READY' }, null, done],
  });
  expect(requests().sort()).toEqual(['GET /prompts/7', 'GET /prompts/9', 'GET /tunes/5']);
});

test('the answer comes within a poll after the last job is done', async () => {
  const { wait, add, passUntil, requests } = await start();
  add(7, 5);
  add(8, 9);
  const answer = wait([promptId(7), promptId(8)]);
  expect(await passUntil(answer)).toBe(10_000);
  expect((await answer).data.waitFor).toMatchObject({
    isDone: true,
    nodes: [{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }],
  });
  // Each two at first; what is done is asked for no more.
  expect(requests().filter((request) => request.endsWith('/7'))).toHaveLength(4);
});

test('after the time the answer contains the state of each job', async () => {
  const { wait, add, passUntil, clock } = await start();
  add(7, 3);
  add(8, 60);
  const answer = wait([promptId(7), promptId(8)], 9);
  expect(await passUntil(answer)).toBe(9000);
  expect((await answer).data.waitFor).toMatchObject({
    isDone: false,
    nodes: [{ status: 'SUCCEEDED' }, { status: 'PROCESSING' }],
  });
  expect(clock.now()).toBe(Date.parse(at(9)));
});

test('0 seconds is a poll without waiting', async () => {
  const { wait, add, requests } = await start();
  add(7, 60);
  expect((await wait([promptId(7)], 0)).data.waitFor).toMatchObject({ isDone: false });
  expect(requests()).toEqual(['GET /prompts/7']);
});

test('a failure that Astria may try again is watched for two minutes more', async () => {
  const { wait, account, add, passUntil, clock } = await start();
  add(7, null);
  account.updatePrompt(7, { user_error: 'no', updated_at: at(0) });
  account.addPrompt({ id: 8, user_error: 'no', trained_at: at(-5) });
  expect((await wait([promptId(8)])).data.waitFor).toMatchObject({ isDone: true });
  const answer = wait([promptId(7)], 55);
  await passUntil(answer);
  expect((await answer).data.waitFor).toMatchObject({
    isDone: false,
    nodes: [{ status: 'FAILED' }],
  });
  clock.advance(70_000);
  expect((await wait([promptId(7)])).data.waitFor).toMatchObject({ isDone: true });
});

test('a failure that turns into a success is reported as a success', async () => {
  const { wait, account, add, passUntil, clock } = await start();
  add(7, 20);
  account.updatePrompt(7, { user_error: 'no', updated_at: at(0) });
  clock.wakeAt(Date.parse(at(10)), () => account.updatePrompt(7, { user_error: null }));
  const answer = wait([promptId(7)], 55);
  expect(await passUntil(answer)).toBe(20_000);
  expect((await answer).data.waitFor).toMatchObject({ nodes: [{ status: 'SUCCEEDED' }] });
});

test.each([
  ['two hours after its eta', { eta: at(-2 * 3600), created_at: at(-4 * 3600) }, true],
  ['not a second sooner', { eta: at(1 - 2 * 3600), created_at: at(-9 * 3600) }, false],
  ['six hours after its creation, without one', { eta: null, created_at: at(-6 * 3600) }, true],
  ['not a second sooner', { eta: null, created_at: at(1 - 6 * 3600) }, false],
])('a training is given up %s', async (_, times, isDone) => {
  const { wait, account } = await start();
  const tune = { model_type: 'lora', started_training_at: times.created_at, trained_at: null };
  account.addTune({ id: 5, ...tune, ...times });
  expect((await wait([tuneId(5)], 0)).data.waitFor).toEqual({
    isDone,
    nodes: [{ id: tuneId(5), tuneStatus: 'TRAINING' }],
  });
});

const TOO_MANY = Array.from({ length: 101 }, (_, index) => promptId(index + 1));

interface Refused {
  ids?: readonly string[];
  seconds?: number;
  words: string;
  limit?: object;
}

test.each<[string, Refused]>([
  ['a number', { ids: ['45042524'], words: '`ids.0` is "45042524", which is not a global id' }],
  [
    'an id of another type',
    {
      ids: [promptId(7), Buffer.from('Pack:5').toString('base64url')],
      words: 'which is the id of a Pack: only prompts and tunes can be waited for.',
    },
  ],
  [
    '101 ids',
    { ids: TOO_MANY, words: 'at most 100', limit: { name: 'ids', max: 100, found: 101 } },
  ],
  ['56 seconds', { seconds: 56, words: '0 to 55', limit: { name: 'seconds', max: 55, found: 56 } }],
  ['-1 seconds', { seconds: -1, words: '0 to 55', limit: { name: 'seconds', max: 55, found: -1 } }],
])('%s is refused before anything is asked', async (_, refused) => {
  const { ids = [promptId(7)], seconds = 1, words, limit } = refused;
  const { wait, requests } = await start();
  const { errors } = await wait(ids, seconds);
  expect(errors?.[0]?.message).toContain(words);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST', ...(limit && { limit }) });
  expect(requests()).toEqual([]);
});

test('an operation waits once, wherever it says so, and a batch not at all', async () => {
  const { run, fetch, requests } = await start();
  const ids = JSON.stringify([promptId(7)]);
  const one = `waitFor(ids: ${ids}) { isDone }`;
  const twice = await run(`{ ${one} ...More } fragment More on Query { again: ${one} }`);
  expect(twice.errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_REQUEST',
    limit: { name: 'waits', max: 1, found: 2 },
  });
  const body = JSON.stringify([{ query: `{ ${one} }` }, { query: '{ __typename }' }]);
  const headers = { 'content-type': 'application/json' };
  const batch = await (await fetch('/graphql', { method: 'POST', headers, body })).json();
  expect(batch[0].errors[0].extensions.limit).toEqual({ name: 'waitsInBatch', max: 0, found: 2 });
  expect(requests()).toEqual([]);
  // One field under one name is one, however often it is written.
  expect(
    (await run(`{ ${one} ...More } fragment More on Query { ${one} }`)).errors,
  ).toBeUndefined();
});

test('waiting operations are not shared, so a client that leaves affects no others', async () => {
  const { url, wait, add, passUntil, requests, deps } = await start();
  add(7, 5);
  const leaving = new AbortController();
  const body = JSON.stringify({ query: WAIT, variables: { ids: [promptId(7)] } });
  const headers = { 'content-type': 'application/json' };
  const gone = fetch(url, { method: 'POST', headers, body, signal: leaving.signal });
  gone.catch(() => {});
  const stays = wait([promptId(7)]);
  await expect.poll(() => deps.jobs.seats.taken).toBe(2);
  await expect.poll(() => requests().length).toBeGreaterThan(0);
  leaving.abort();
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  await passUntil(stays);
  expect((await stays).data.waitFor.isDone).toBe(true);
  expect(deps.jobs.seats.taken).toBe(0);
});

test('at the end of the process the answer contains what is known', async () => {
  const { wait, add, deps, pending } = await start();
  add(7, 60);
  const answer = wait([promptId(7)], 55);
  await expect.poll(() => pending.size).toBe(3);
  deps.jobs.stop();
  expect((await answer).data.waitFor).toMatchObject({ nodes: [{ status: 'PROCESSING' }] });
  const late = await wait([promptId(7)], 55);
  expect(late.errors?.[0]?.extensions).toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1000 });
});

test('nothing is left of it afterwards', async () => {
  const { wait, add, passUntil, pending, requests, clock } = await start();
  add(7, 5);
  await passUntil(wait([promptId(7)]));
  expect(pending.size).toBe(0);
  const { length } = requests();
  clock.advance(600_000);
  await sleep(20);
  expect(requests()).toHaveLength(length);
});
