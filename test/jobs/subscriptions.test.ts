/** What a subscription tells. */
import { expect, test } from 'vitest';
import { openEvents } from './sse.ts';
import { brief, startSubscribed } from './subscribed.ts';
import { at, promptId, tuneId } from './support.ts';

const get = (path: string) => `GET ${path}`;

test('a stream sends the current state of a prompt, then each change, and ends with the prompt', async () => {
  const { add, subscribe, passUntil } = await startSubscribed();
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
  const { add, subscribe, passUntil, account, clock } = await startSubscribed();
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
  const { add, account, url, passUntil, requests } = await startSubscribed();
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

test('a client with a cursor gets what has changed since, and nothing twice', async () => {
  const { add, subscribe, passUntil, clock, emulator } = await startSubscribed();
  add(7, 9);
  add(8, -5, { started_training_at: at(-9) });
  const first = await subscribe([promptId(7), promptId(8)]);
  await expect.poll(() => first.told.length).toBe(2);
  const cursor = first.values().at(-1)?.cursor as string;
  first.leave();
  clock.advance(4000);
  // Another gateway knows nothing of the first.
  const other = await startSubscribed({ emulator, clock });
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

test('a prompt that was deleted since the cursor is reported as deleted', async () => {
  const { add, subscribe, account } = await startSubscribed();
  add(7, 60);
  const first = await subscribe([promptId(7)]);
  await expect.poll(() => first.told.length).toBe(1);
  first.leave();
  account.deletePrompt(7);
  const second = await subscribe([promptId(7)], first.values()[0]?.cursor as string);
  await second.ended;
  expect(second.values().map(brief)).toEqual([[null, true, 'GONE']]);
});

test('a failure is sent at once, and is final when Astria has not retried for two minutes', async () => {
  const { add, subscribe, passUntil, account } = await startSubscribed();
  add(7, null);
  account.updatePrompt(7, { user_error: 'no', updated_at: at(3) });
  const stream = await subscribe([promptId(7)]);
  expect(await passUntil(stream.ended)).toBe(132_000);
  expect(stream.values().map(brief)).toEqual([
    ['FAILED', false, null],
    ['FAILED', true, 'FAILED'],
  ]);
});

test('a hundred ids take one poll, and their cursor has less than 4 kB', async () => {
  const { add, subscribe, requests } = await startSubscribed();
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
  const { add, subscribe, clock } = await startSubscribed();
  add(7, null, { started_training_at: null });
  const stream = await subscribe([promptId(7)]);
  await expect.poll(stream.heartbeats).toBe(1);
  for (const count of [2, 3, 4]) {
    clock.advance(12_000);
    await expect.poll(stream.heartbeats).toBe(count);
  }
});
