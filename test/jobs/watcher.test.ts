/** What waiting costs at Astria. */
import { expect, test } from 'vitest';
import type { JobsNews } from '../../src/observe/watch.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { at, promptId, startJobs, tuneId } from './support.ts';

const WAIT =
  'query Wait($ids: [ID!]!, $seconds: Int) { waitFor(ids: $ids, seconds: $seconds) { isDone } }';

async function start(environment: Record<string, string> = {}, random = 0) {
  const looks: { ids: number; calls: number }[] = [];
  const onJobs = (news: JobsNews) => void (news.kind === 'look' && looks.push(news));
  const gateway = await startJobs({ environment, random, watchers: () => [{ onJobs }] });
  const wait = (ids: readonly string[], seconds = 55, headers = {}) =>
    gateway.run(WAIT, { ids, seconds }, headers);
  const { account } = gateway;
  const running = (id: number, more = {}) =>
    account.addPrompt({
      id,
      created_at: at(0),
      started_training_at: at(0),
      trained_at: at(3600),
      ...more,
    });
  return { ...gateway, wait, running, looks };
}

/** When each look at a prompt or a tune came, after the first. */
const lookTimes = async (
  { emulator, clock, passUntil, wait }: Awaited<ReturnType<typeof start>>,
  id: string,
) => {
  const times: number[] = [];
  const { push } = emulator.requests;
  emulator.requests.push = (...entries) => {
    times.push((clock.now() - Date.parse(at(0))) / 1000);
    return push.apply(emulator.requests, entries);
  };
  await passUntil(wait([id]));
  // The first, and the one when the time is up.
  return times.slice(1, -1);
};

test('one poll serves all clients that wait with one key, in windows', async () => {
  const { wait, running, looks, passUntil, pending } = await start();
  const ids = Array.from({ length: 1000 }, (_, index) => 1000 + index);
  for (const id of ids) running(id);
  const parts = Array.from({ length: 10 }, (_, part) => ids.slice(part * 100, part * 100 + 100));
  const answers = Promise.all(parts.map((part) => wait(part.map(promptId), 9)));
  // Two alarms of each, and one of what watches for them.
  await expect.poll(() => pending.size, { timeout: 10_000 }).toBe(21);
  await passUntil(answers);
  const whole = looks.filter((look) => look.ids === 1000);
  expect(whole.length).toBeGreaterThanOrEqual(3);
  for (const { ids: count, calls } of looks) {
    expect(calls).toBeLessThanOrEqual(Math.ceil(count / 100) + 3);
  }
});

test('scattered ids take 20 calls a poll at most, in turn', async () => {
  const { wait, running, account, looks, passUntil } = await start({
    MAX_UPSTREAM_CALLS: '200',
  });
  const ids = Array.from({ length: 60 }, (_, index) => 1000 + index * 50);
  for (const id of ids) running(id);
  for (let id = 1000; id < 4000; id++) if (id % 50 > 0) account.addPrompt({ id });
  const answer = wait(ids.map(promptId), 9);
  await passUntil(answer);
  // Three in a window of the list, and 19 one by one: the rest comes first at the next look.
  expect(looks.map(({ ids: count }) => count)).toEqual([60, 38, 16, 60]);
  expect(Math.max(...looks.map(({ calls }) => calls))).toBe(20);
});

test.each([
  ['a new one', 0, [2, 4, 6, 8]],
  ['one of a minute', 60, [4, 8, 12, 16]],
  ['one of three minutes', 180, [12, 24, 36, 48]],
  ['one of an hour', 3600, []],
])('%s is looked at by its age', async (_, age, times) => {
  const gateway = await start();
  gateway.running(7, { created_at: at(-age), started_training_at: at(-age) });
  expect((await lookTimes(gateway, promptId(7))).slice(0, 4)).toEqual(times);
});

test('clients of many keys that came at once are not polled for at once', async () => {
  const gateway = await start({}, 0.5);
  gateway.running(7, { created_at: at(-3600), started_training_at: at(-3600) });
  expect(await lookTimes(gateway, promptId(7))).toEqual([30]);
});

test.each([
  ['a training that is to end in an hour', 3600, []],
  ['one that is to end in five minutes', 300, [12, 24, 36, 48]],
  ['one that was to end a minute ago', -60, [4, 8, 12, 16]],
])('%s is looked at by its eta', async (_, eta, times) => {
  const gateway = await start();
  const tune = { model_type: 'lora', created_at: at(-1800), started_training_at: at(-1700) };
  gateway.account.addTune({ id: 5, ...tune, trained_at: null, eta: at(eta) });
  expect((await lookTimes(gateway, tuneId(5))).slice(0, 4)).toEqual(times);
});

test('after failures polls become less frequent, but the client still waits', async () => {
  const gateway = await start();
  const { running, emulator, requests } = gateway;
  running(7, { trained_at: at(29) });
  const answer = gateway.wait([promptId(7)]);
  await expect.poll(() => requests().length).toBe(1);
  emulator.fail({ status: 503, times: 3 });
  expect(await gateway.passUntil(answer)).toBe(30_000);
  expect(await answer).toEqual({ data: { waitFor: { isDone: true } } });
  // Two seconds after the first, then 4, 8 and 16.
  expect(requests()).toHaveLength(5);
});

test('a key that Astria refuses waits no longer', async () => {
  const { wait, running, emulator, requests, passUntil } = await start();
  running(7);
  const answer = wait([promptId(7)]);
  await expect.poll(() => requests().length).toBe(1);
  emulator.fail({ status: 401 });
  expect(await passUntil(answer)).toBe(2000);
  expect((await answer).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('callers and workspaces are polled separately, each with its own key', async () => {
  const { running, wait, passUntil, account, emulator } = await start({
    GATEWAY_KEYS: gatewayKeys({ name: 'web' }, { name: 'bound', workspaces: ['679'] }),
  });
  account.addWorkspace({ id: 679, title: 'Studio' });
  running(7);
  running(8, { workspace_id: 679 });
  const placed = { ...bearer('web'), 'x-workspace-id': '679' };
  const bound = { ...bearer('bound'), 'x-workspace-id': '679' };
  const answers = Promise.all([
    wait([promptId(7)], 3, bearer('web')),
    wait([promptId(8)], 3, placed),
    wait([promptId(7), promptId(8)], 3, bound),
  ]);
  await passUntil(answers);
  // What is in no workspace of a bound caller is not there, whoever else waits for it.
  expect((await answers).map(({ errors }) => errors)).toEqual([undefined, undefined, undefined]);
  const places = emulator.requests.map(({ headers }) => headers['x-workspace-id']);
  expect(new Set(places)).toEqual(new Set([undefined, '679']));
});

test('MAX_STREAMS and MAX_STREAMS_PER_CALLER say how many may wait', async () => {
  const { running, wait, deps, requests } = await start({
    MAX_STREAMS: '2',
    MAX_STREAMS_PER_CALLER: '1',
    ALLOW_CALLER_KEYS: 'on',
  });
  running(7);
  wait([promptId(7)]).catch(() => {});
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  await expect.poll(() => requests().length).toBe(1);
  const [own] = (await wait([promptId(7)])).errors ?? [];
  expect(own?.extensions).toMatchObject({
    code: 'RATE_LIMITED',
    limit: { name: 'streamsPerCaller', max: 1, found: 2 },
  });
  const key = { authorization: 'Bearer sd_other' };
  // Of nobody: it is answered at once.
  expect(await wait([promptId(7)], 55, key)).toEqual({ data: { waitFor: { isDone: true } } });
  deps.jobs.seats.take(
    { caller: { name: 'x' } as never, countedAs: () => 'x', signal: new AbortController().signal },
    true,
  );
  const [all] = (await wait([promptId(7)], 55, key)).errors ?? [];
  expect(all?.extensions).toMatchObject({
    code: 'OVERLOADED',
    limit: { name: 'streams', max: 2, found: 3 },
  });
  expect(requests()).toHaveLength(2);
});
