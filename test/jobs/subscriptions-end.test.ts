/** Who may subscribe to what, and when a stream ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { openEvents } from './sse.ts';
import { brief, JOBS, startSubscribed } from './subscribed.ts';
import { promptId, tuneId } from './support.ts';

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
])('%s is refused before anything is opened', async (_, asked, code, words) => {
  const { url, deps } = await startSubscribed();
  const stream = await openEvents(url, asked);
  await stream.ended;
  const [told] = stream.told;
  expect(told?.result?.errors?.[0]?.message).toContain(words);
  expect(told?.result?.errors?.[0]?.extensions).toMatchObject({ code });
  expect(stream.told.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect([deps.jobs.seats.taken, deps.jobs.watched]).toEqual([0, 0]);
});

test('an invalid cursor in a header is refused too', async () => {
  const { subscribe } = await startSubscribed();
  const stream = await subscribe([promptId(7)], undefined, { 'last-event-id': 'x' });
  await stream.ended;
  expect(stream.told[0]?.result?.errors?.[0]?.message).toContain('The header `Last-Event-ID` is');
});

test('a client that leaves leaves nothing behind', async () => {
  const { add, subscribe, deps, pending, requests, clock } = await startSubscribed();
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

test('a stream lasts an hour at most, and ends without `complete`, so that its client reconnects', async () => {
  const { add, subscribe, passUntil } = await startSubscribed();
  add(7, null, { started_training_at: null });
  const stream = await subscribe([promptId(7)]);
  const lastedMs = await passUntil(stream.ended);
  expect(lastedMs).toBeGreaterThanOrEqual(55 * 60_000);
  expect(lastedMs).toBeLessThanOrEqual(60 * 60_000);
  expect(stream.told.map(({ event }) => event)).toEqual(['next']);
});

test('streams end within 2 seconds when the process stops, and no new one begins', async () => {
  const { add, subscribe, deps, clock } = await startSubscribed();
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
  const { add, subscribe, passUntil, emulator } = await startSubscribed();
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

test('a caller that may only read can wait, and one that is bound to workspaces sees those only', async () => {
  const { add, account, subscribe, passUntil } = await startSubscribed({
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
