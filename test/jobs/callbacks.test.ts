/** Astria tells that something is done: what wakes whom. */
import { expect, test } from 'vitest';
import { pathOf, startCalledBack } from './called-back.ts';
import { openEvents } from './sse.ts';
import { at, promptId } from './support.ts';

test('with a callback a prompt is reported a second after it is done, and the address is not shown', async () => {
  const { create, given, received, post, url, clock, quiet, account } = await startCalledBack();
  const prompt = await create();
  expect(prompt.callback).toBeNull();
  const id = Number(Buffer.from(prompt.id, 'base64url').toString().split(':')[1]);
  expect(account.prompt(id)?.callback).toBe(given()[0]);
  // Of ten minutes: it would be looked at each minute.
  account.updatePrompt(id, { created_at: at(-6000), started_training_at: at(-6000) });
  const stream = await openEvents(url, {
    query: `subscription { prompt(id: "${prompt.id}") { isDone } }`,
  });
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(8000);
  await expect.poll(() => received.length).toBe(1);
  await quiet();
  expect(stream.told).toHaveLength(1);
  const [told] = received;
  expect(await post(told?.path ?? '', told?.body ?? '', told?.type)).toBe(204);
  await stream.ended;
  expect(stream.values().at(-1)).toEqual({ isDone: true });
});

test.each([
  ['a prompt', { prompt: { id: 7 } }, 'application/json', 'woken'],
  ['a bare array', [{ id: 8 }, { id: 7 }], 'text/plain', 'woken'],
  [
    'a prompt that calls itself a form',
    { prompt: { id: 7 } },
    'multipart/form-data; boundary=x',
    'woken',
  ],
  ['a tune of the same number', { tune: { id: 7 } }, 'application/json', 'forgotten'],
  ["nobody's prompt", { prompt: { id: 99 } }, 'application/json', 'forgotten'],
  ['nothing of these', { id: 7 }, 'application/json', 'unreadable'],
  ['a number', 7, 'application/json', 'unreadable'],
  ['odd rows', [null, 7, { id: 'x' }], 'application/json', 'forgotten'],
])('%s is read for its ids, and %o', async (_, body, type, outcome) => {
  const { create, given, post, outcomes, url, account, requests, emulator, clock, quiet } =
    await startCalledBack();
  await create();
  const path = pathOf(given()[0]);
  account.addPrompt({
    id: 7,
    created_at: at(-6000),
    started_training_at: at(-6000),
    trained_at: null,
  });
  const stream = await openEvents(url, { query: 'subscription { prompt(id: 7) { isDone } }' });
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(1000);
  emulator.clearRequests();
  expect(await post(path, JSON.stringify(body), type)).toBe(204);
  expect(outcomes).toEqual([outcome]);
  clock.advance(1000);
  await quiet();
  expect(requests()).toEqual(outcome === 'woken' ? ['GET /prompts/7'] : []);
});

test('repeated callbacks out of order cause one read a second, and an event for each state', async () => {
  const { create, given, post, url, account, requests, emulator, clock, quiet } =
    await startCalledBack();
  await create();
  const path = pathOf(given()[0]);
  const ids = [7, 8];
  for (const id of ids) {
    account.addPrompt({
      id,
      created_at: at(-6000),
      started_training_at: at(-6000),
      trained_at: null,
    });
  }
  const variables = { ids: ids.map(promptId) };
  const query = 'subscription S($ids: [ID!]!) { jobs(ids: $ids) { isDone } }';
  const stream = await openEvents(url, { query, variables });
  await expect.poll(() => stream.told.length).toBe(2);
  clock.advance(1000);
  emulator.clearRequests();
  for (const id of ids)
    account.updatePrompt(id, { trained_at: at(0), images: ['https://a.example/1.png'] });
  for (let time = 0; time < 5; time++) {
    for (const id of [8, 7]) await post(path, JSON.stringify({ prompt: { id } }));
  }
  clock.advance(1000);
  await quiet();
  await stream.ended;
  expect(requests().length).toBeLessThanOrEqual(2);
  expect(stream.values()).toEqual([
    { isDone: false },
    { isDone: false },
    { isDone: true },
    { isDone: true },
  ]);
});

test('a callback of one key wakes nobody who waits with another', async () => {
  const { create, given, post, url, account, requests, emulator, clock, quiet } =
    await startCalledBack({
      ALLOW_CALLER_KEYS: 'on',
    });
  await create();
  const path = pathOf(given()[0]);
  account.addPrompt({ id: 7, trained_at: null });
  emulator.account('sd_other').addPrompt({ id: 8, trained_at: null });
  const headers = { authorization: 'Bearer sd_other' };
  const stream = await openEvents(
    url,
    { query: 'subscription { prompt(id: 8) { isDone } }' },
    headers,
  );
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(1000);
  emulator.clearRequests();
  await post(path, JSON.stringify({ prompt: { id: 8 } }));
  clock.advance(1000);
  await quiet();
  expect(requests()).toEqual([]);
});

test('with callbacks polls are less frequent', async () => {
  const { create, given, post, url, account, requests, emulator, clock, passUntil } =
    await startCalledBack();
  await create();
  const path = pathOf(given()[0]);
  account.addPrompt({ id: 7, created_at: at(0), started_training_at: at(0), trained_at: at(21) });
  const stream = await openEvents(url, { query: 'subscription { prompt(id: 7) { isDone } }' });
  await expect.poll(() => stream.told.length).toBe(1);
  emulator.clearRequests();
  await post(path, JSON.stringify({ prompt: { id: 99 } }));
  expect(await passUntil(stream.ended)).toBe(24_000);
  expect(clock.now()).toBe(Date.parse(at(24)));
  // The first is due as it was; then each four seconds.
  expect(requests().length).toBeLessThanOrEqual(7);
});

test('a callback that arrives during a poll is not lost', async () => {
  const { create, given, post, url, account, emulator, clock, requests } = await startCalledBack();
  await create();
  const path = pathOf(given()[0]);
  const old = { created_at: at(-6000), started_training_at: at(-6000) };
  account.addPrompt({ id: 7, ...old, trained_at: null });
  const stream = await openEvents(url, { query: 'subscription { prompt(id: 7) { isDone } }' });
  await expect.poll(() => stream.told.length).toBe(1);
  emulator.clearRequests();
  // Astria has answered already, and the answer takes its time.
  const { user_error: _, ...before } = account.prompt(7) ?? {};
  emulator.fail({ path: '/prompts/7', latencyMs: 200, status: 200, body: before });
  clock.advance(60_000);
  await expect.poll(() => requests().length).toBe(1);
  account.updatePrompt(7, { trained_at: at(60), images: ['https://a.example/1.png'] });
  await post(path, JSON.stringify({ prompt: { id: 7 } }));
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    clock.advance(100);
    if (requests().length > 1) resolve();
  }, 20);
  await asked;
  clearInterval(timer);
  await stream.ended;
  // Not a minute later, as it is due for its age.
  expect(clock.now()).toBeLessThan(Date.parse(at(90)));
  expect(stream.values().at(-1)).toEqual({ isDone: true });
});
