import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { openEvents } from './sse.ts';
import { at, promptId, startJobs, tuneId } from './support.ts';

const JOBS =
  'subscription Jobs($ids: [ID!]!, $after: String) { jobs(ids: $ids, after: $after) { isDone reason cursor node { id ... on Prompt { status images { filename } } ... on Tune { tuneStatus: status } } } }';

async function start(options: Parameters<typeof startJobs>[0] = {}) {
  const gateway = await startJobs(options);
  const { account, url } = gateway;
  return {
    ...gateway,
    add: (id: number, doneAfterSeconds: number | null, more = {}) =>
      account.addPrompt({
        id,
        created_at: at(0),
        started_training_at: at(3),
        trained_at: doneAfterSeconds === null ? null : at(doneAfterSeconds),
        ...more,
      }),
    subscribe: (ids: readonly string[], after?: string, headers = {}) =>
      openEvents(url, { query: JOBS, variables: { ids, after } }, headers),
  };
}

const get = (path: string) => `GET ${path}`;

const brief = ({ isDone, reason, node }: Record<string, unknown>) => {
  const { status, tuneStatus } = (node ?? {}) as Record<string, unknown>;
  return [status ?? tuneStatus ?? null, isDone, reason];
};

test('a prompt is told as it is, then whenever it changes, and the stream ends with it', async () => {
  const { add, subscribe, passUntil } = await start();
  add(7, 9);
  const stream = await subscribe([promptId(7)]);
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  expect(await passUntil(stream.ended)).toBe(10_000);
  expect(stream.values().map(brief)).toEqual([
    ['QUEUED', false, null],
    ['PROCESSING', false, null],
    ['SUCCEEDED', true, 'FINISHED'],
  ]);
  expect(stream.told.map(({ event }) => event)).toEqual(['next', 'next', 'next', 'complete']);
  // The cursor is the id of the event.
  expect(stream.told.slice(0, 3).map(({ id }) => id)).toEqual(
    stream.values().map(({ cursor }) => cursor),
  );
});

test('several end together: a tune, what is done already, what is deleted', async () => {
  const { add, subscribe, passUntil, account, clock } = await start();
  add(7, -5);
  add(8, 60);
  account.addTune({
    id: 5,
    model_type: 'lora',
    created_at: at(0),
    started_training_at: at(0),
    trained_at: at(7),
    eta: at(9),
  });
  clock.wakeAt(Date.parse(at(4)), () => void account.deletePrompt(8));
  const stream = await subscribe([promptId(7), promptId(8), tuneId(5), promptId(7)]);
  expect(await passUntil(stream.ended)).toBe(8000);
  expect(stream.values().map(brief)).toEqual([
    ['SUCCEEDED', true, 'FINISHED'],
    ['QUEUED', false, null],
    ['TRAINING', false, null],
    [null, true, 'GONE'],
    ['READY', true, 'FINISHED'],
  ]);
});

test("`prompt` and `tune` take Astria's numbers, and what an event tells is not read again", async () => {
  const { add, account, url, passUntil, requests } = await start();
  add(7, 1, { tune_id: 5 });
  account.addTune({ id: 5, title: 'five' });
  const prompt = await openEvents(url, {
    query:
      'subscription { prompt(id: 7) { isDone prompt { astriaId text tune { title token } } } }',
  });
  await passUntil(prompt.ended);
  expect(prompt.values().at(-1)).toMatchObject({
    isDone: true,
    prompt: { astriaId: 7, tune: { title: 'five' } },
  });
  // Of the prompt once for each look, of the tune once for each event.
  expect(requests().sort()).toEqual(['/prompts/7', '/prompts/7', '/tunes/5', '/tunes/5'].map(get));
  const tune = await openEvents(url, {
    query: 'subscription { tune(id: 5) { reason tune { title } } }',
  });
  await tune.ended;
  expect(tune.values()).toEqual([{ reason: 'FINISHED', tune: { title: 'five' } }]);
});

test('who brings a cursor is told what has changed since, and nothing twice', async () => {
  const { add, subscribe, passUntil, clock, emulator } = await start();
  add(7, 9);
  add(8, -5, { started_training_at: at(-9) });
  const first = await subscribe([promptId(7), promptId(8)]);
  await expect.poll(() => first.told.length).toBe(2);
  const cursor = first.values().at(-1)?.cursor as string;
  first.leave();
  clock.advance(4000);
  // Another gateway knows nothing of the first.
  const other = await start({ emulator, clock });
  const second = await other.subscribe([promptId(7), promptId(8)], undefined, {
    'last-event-id': cursor,
  });
  await other.passUntil(second.ended);
  expect(second.values().map(brief)).toEqual([
    ['PROCESSING', false, null],
    ['SUCCEEDED', true, 'FINISHED'],
  ]);
  const last = second.values().at(-1)?.cursor as string;
  const third = await subscribe([promptId(7), promptId(8)], last);
  await third.ended;
  expect(third.told.map(({ event }) => event)).toEqual(['complete']);
  await passUntil(third.ended);
});

test('what was told before is told as gone, where it is not there any more', async () => {
  const { add, subscribe, account } = await start();
  add(7, 60);
  const first = await subscribe([promptId(7)]);
  await expect.poll(() => first.told.length).toBe(1);
  first.leave();
  account.deletePrompt(7);
  const second = await subscribe([promptId(7)], first.values()[0]?.cursor as string);
  await second.ended;
  expect(second.values().map(brief)).toEqual([[null, true, 'GONE']]);
});

test('a failure is told at once, and as the end when Astria has not tried again for two minutes', async () => {
  const { add, subscribe, passUntil, account } = await start();
  add(7, null);
  account.updatePrompt(7, { user_error: 'no', updated_at: at(3) });
  const stream = await subscribe([promptId(7)]);
  expect(await passUntil(stream.ended)).toBe(132_000);
  expect(stream.values().map(brief)).toEqual([
    ['FAILED', false, null],
    ['FAILED', true, 'FAILED'],
  ]);
});

test('a hundred ids are one look, and their cursor has less than 4 kB', async () => {
  const { add, subscribe, requests } = await start();
  const ids = Array.from({ length: 100 }, (_, index) => Number.MAX_SAFE_INTEGER - 200 + index);
  for (const id of ids) add(id, -5, { num_images: 8, started_training_at: at(-9) });
  const stream = await subscribe(ids.map(promptId));
  await stream.ended;
  expect(stream.values()).toHaveLength(100);
  expect((stream.told[99]?.id ?? '').length).toBeLessThan(4096);
  expect(requests()).toHaveLength(1);
  const again = await subscribe(ids.map(promptId), undefined, {
    'last-event-id': stream.told[99]?.id ?? '',
  });
  await again.ended;
  expect(again.values()).toEqual([]);
});

test('a comment is a sign of life every 12 seconds', async () => {
  const { add, subscribe, clock } = await start();
  add(7, null, { started_training_at: null });
  const stream = await subscribe([promptId(7)]);
  await expect.poll(stream.heartbeats).toBe(1);
  for (const count of [2, 3, 4]) {
    clock.advance(12_000);
    await expect.poll(stream.heartbeats).toBe(count);
  }
});

test.each<[string, Parameters<typeof openEvents>[1], string, string]>([
  [
    'an id that is none',
    { query: 'subscription { jobs(ids: ["45042524"]) { isDone } }' },
    'BAD_REQUEST',
    '`ids.0` is "45042524", which is not a global id',
  ],
  [
    'an id of another type',
    { query: `subscription { prompt(id: "${tuneId(5)}") { isDone } }` },
    'BAD_REQUEST',
    'which is not the id of a Prompt',
  ],
  [
    'an id of nobody',
    { query: 'subscription { prompt(id: 99) { isDone } }' },
    'NOT_FOUND',
    'Prompt 99 does not exist, or this key may not see it.',
  ],
  [
    'a cursor that is none',
    { query: 'subscription { prompt(id: 7, after: "1~x") { isDone } }' },
    'BAD_REQUEST',
    '`after` is "1~x", which is not a cursor',
  ],
  [
    'more than a hundred',
    {
      query: JOBS,
      variables: { ids: Array.from({ length: 101 }, (_, index) => promptId(index + 1)) },
    },
    'BAD_REQUEST',
    'wait for at most 100 at once',
  ],
])('%s is told before anything is opened', async (_, asked, code, words) => {
  const { url, deps } = await start();
  const stream = await openEvents(url, asked);
  await stream.ended;
  const [told] = stream.told;
  expect(told?.result?.errors?.[0]?.message).toContain(words);
  expect(told?.result?.errors?.[0]?.extensions).toMatchObject({ code });
  expect(stream.told.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect([deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
});

test('a cursor in a header that is none is told too', async () => {
  const { subscribe } = await start();
  const stream = await subscribe([promptId(7)], undefined, { 'last-event-id': 'x' });
  await stream.ended;
  expect(stream.told[0]?.result?.errors?.[0]?.message).toContain('The header `Last-Event-ID` is');
});

test('a client that leaves leaves nothing behind', async () => {
  const { add, subscribe, deps, pending, requests, clock } = await start();
  add(7, 3600);
  const streams = await Promise.all([subscribe([promptId(7)]), subscribe([promptId(7)])]);
  await expect.poll(() => streams.map(({ told }) => told.length)).toEqual([1, 1]);
  expect([deps.jobs.seats.taken, deps.jobs.watched]).toEqual([2, 1]);
  streams[0]?.leave();
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  expect(deps.jobs.watched).toBe(1);
  streams[1]?.leave();
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
  expect([deps.jobs.watched, pending.size]).toEqual([0, 0]);
  const { length } = requests();
  clock.advance(60_000);
  await sleep(20);
  expect(requests()).toHaveLength(length);
});

test('a stream lasts an hour at most, and ends without `complete`, so that its client comes back', async () => {
  const { add, subscribe, passUntil } = await start();
  add(7, null, { started_training_at: null });
  const stream = await subscribe([promptId(7)]);
  const lastedMs = await passUntil(stream.ended);
  expect(lastedMs).toBeGreaterThanOrEqual(55 * 60_000);
  expect(lastedMs).toBeLessThanOrEqual(60 * 60_000);
  expect(stream.told.map(({ event }) => event)).toEqual(['next']);
});

test('at the end of the process streams end within 2 seconds, and no new one begins', async () => {
  const { add, subscribe, deps, clock } = await start();
  add(7, null);
  const streams = await Promise.all([subscribe([promptId(7)]), subscribe([promptId(7)])]);
  await expect.poll(() => streams.map(({ told }) => told.length)).toEqual([1, 1]);
  deps.jobs.stop();
  expect(deps.jobs.seats.taken).toBe(2);
  clock.advance(2000);
  await Promise.all(streams.map(({ ended }) => ended));
  expect(streams.map(({ told }) => told.map(({ event }) => event))).toEqual([['next'], ['next']]);
  expect(deps.jobs.seats.taken).toBe(0);
  const late = await subscribe([promptId(7)]);
  await late.ended;
  expect(late.told[0]?.result?.errors?.[0]?.extensions).toMatchObject({ code: 'OVERLOADED' });
});

test('a key that Astria refuses ends the stream with an error', async () => {
  const { add, subscribe, passUntil, emulator } = await start();
  add(7, 60);
  const stream = await subscribe([promptId(7)]);
  await expect.poll(() => stream.told.length).toBe(1);
  emulator.fail({ status: 401 });
  await passUntil(stream.ended);
  expect(stream.told[1]?.result?.errors?.[0]).toMatchObject({
    path: ['jobs'],
    extensions: { code: 'UNAUTHENTICATED' },
  });
  expect(stream.told[2]?.event).toBe('complete');
});

test('a caller that may only read may wait, and one that is bound sees what it may', async () => {
  const { add, account, subscribe, passUntil } = await start({
    environment: {
      GATEWAY_KEYS: gatewayKeys(
        { name: 'reader', role: 'read' },
        { name: 'bound', workspaces: ['679'] },
      ),
    },
  });
  account.addWorkspace({ id: 679, title: 'Studio' });
  add(7, 5);
  add(8, 5, { workspace_id: 679 });
  const reader = await subscribe([promptId(7)], undefined, bearer('reader'));
  await passUntil(reader.ended);
  expect(reader.values().map(brief).at(-1)).toEqual(['SUCCEEDED', true, 'FINISHED']);
  const bound = { ...bearer('bound'), 'x-workspace-id': '679' };
  const own = await subscribe([promptId(8)], undefined, bound);
  await own.ended;
  expect(own.values().map(brief).at(-1)).toEqual(['SUCCEEDED', true, 'FINISHED']);
  const foreign = await subscribe([promptId(7)], undefined, bound);
  await foreign.ended;
  expect(foreign.told[0]?.result?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  const elsewhere = await subscribe([promptId(7)], undefined, bearer('bound'));
  await elsewhere.ended;
  expect(elsewhere.told[0]?.result?.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});
