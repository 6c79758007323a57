/** A failing Astria is spared, and so are those who would wait for it. */
import { expect, test } from 'vitest';
import { Breaker, type BreakerState, USUAL_BREAKER } from '../../src/upstream/transport/breaker.ts';
import { startGateway } from '../support/gateway.ts';
import { END, file, post } from '../support/multipart.ts';
import { CREATED, tuneOf } from '../support/uploads.ts';

const read = '{ tune(id: 5) { title } }';
const write =
  'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { text } } }';
const OWN_KEYS = { ALLOW_CALLER_KEYS: 'on' };
const other = { authorization: 'Bearer sd_other' };

/** A gateway whose breaker opens at the third failure, with a clock that is moved by hand. */
async function startBreakable(token?: string) {
  const time = { ms: 0 };
  const states: BreakerState[] = [];
  const onChange = (state: BreakerState) => void states.push(state);
  const breaker = { failures: 3, runMs: 0, openMs: 1000, now: () => time.ms, onChange };
  const gateway = await startGateway({ token, upstream: { breaker }, environment: OWN_KEYS });
  gateway.account.addTune({ id: 5, title: 'Five' });
  const { upstream } = gateway.deps;
  const codeOf = async (headers?: Record<string, string>) => {
    const { errors } = await gateway.run(read, {}, headers);
    return errors?.[0]?.extensions?.code ?? 'fine';
  };
  return { ...gateway, time, states, codeOf, health: () => upstream.health().breaker };
}

test.each([{ status: 500 }, { status: 502 }, { status: 504 }, { broken: 'reset' }] as const)(
  'a run of %j opens it: what follows fails at once, and says when to come again',
  async (fault) => {
    const { run, emulator, time, states, requests, health } = await startBreakable();
    emulator.fail({ ...fault, times: 3 });
    for (let round = 0; round < 3; round++) await run(read);
    expect(health()).toBe('open');
    emulator.clearRequests();
    const message = 'Astria has been failing, so nothing is sent for a while: try again later.';
    expect((await run(read)).errors).toMatchObject([
      { message, extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: expect.any(Number) } },
    ]);
    expect((await run(write)).errors).toMatchObject([
      { message, extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } },
    ]);
    expect(requests()).toEqual([]);
    time.ms += 1000;
    expect(health()).toBe('half-open');
    expect(await run(read)).toEqual({ data: { tune: { title: 'Five' } } });
    expect(health()).toBe('closed');
    expect(states).toEqual(['open', 'closed']);
  },
);

test('an upload that is held back is answered at once, and the connection stays good', async () => {
  const { url, emulator, time, codeOf } = await startBreakable();
  const upload = [...tuneOf(1), file('0', Buffer.alloc(3_000_000)), END];
  emulator.fail({ status: 503, times: 3 });
  for (let round = 0; round < 3; round++) await codeOf();
  expect(await post(url, upload)).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } }],
  });
  time.ms += 1000;
  expect(await post(url, [...tuneOf(1), file('0'), END])).toEqual(CREATED);
});

test('no answer in time counts', async () => {
  const breaker = { failures: 1, runMs: 0 };
  const { run, emulator, deps } = await startGateway({
    timeoutMs: 50,
    upstream: { breaker },
    environment: OWN_KEYS,
  });
  emulator.fail({ latencyMs: 5000 });
  await run(read);
  expect(deps.upstream.health()).toEqual({ breaker: 'open' });
});

test.each([{ status: 401 }, { status: 403 }, { status: 404 }, { status: 422 }, { status: 429 }])(
  'a run of %j opens nothing',
  async (fault) => {
    const { run, emulator, health } = await startBreakable();
    emulator.fail({ ...fault, times: 5 });
    for (let round = 0; round < 5; round++) await run(read);
    expect(health()).toBe('closed');
    expect(await run(read)).toEqual({ data: { tune: { title: 'Five' } } });
  },
);

test('one key that fails does not close the way to others, who open it by their success', async () => {
  const { emulator, codeOf, health } = await startBreakable();
  emulator.fail({ status: 500, times: 3 });
  for (let round = 0; round < 3; round++) await codeOf();
  emulator.clearRequests();
  expect(await codeOf()).toBe('UPSTREAM_UNAVAILABLE');
  expect(emulator.requests).toEqual([]);
  expect(await codeOf(other)).toBe('fine');
  expect(health()).toBe('closed');
  expect(await codeOf()).toBe('fine');
});

test('where another fails too, it is closed to all', async () => {
  const { emulator, codeOf } = await startBreakable();
  emulator.fail({ status: 500, times: 4 });
  for (let round = 0; round < 3; round++) await codeOf();
  await codeOf(other);
  emulator.clearRequests();
  expect(await codeOf(other)).toBe('UPSTREAM_UNAVAILABLE');
  expect(await codeOf({ authorization: 'Bearer sd_third' })).toBe('UPSTREAM_UNAVAILABLE');
  expect(emulator.requests).toEqual([]);
});

test('in pass-through, what one key alone has met is told as its own, and what two have as open to all', async () => {
  const { emulator, codeOf, health, states, fetch } = await startBreakable('');
  const one = { authorization: 'Bearer sd_one' };
  const readiness = async () => (await fetch('/readyz')).json();
  emulator.fail({ method: 'GET', path: '/tunes', status: 500, times: 4 });
  for (let round = 0; round < 3; round++) await codeOf(one);
  emulator.clearRequests();
  expect(await codeOf(one)).toBe('UPSTREAM_UNAVAILABLE');
  expect(emulator.requests).toEqual([]);
  expect([health(), states]).toEqual(['open-for-one', []]);
  expect(await readiness()).toMatchObject({ checks: { breaker: 'open-for-one' } });
  await codeOf(other);
  expect([health(), states]).toEqual(['open', ['open']]);
  expect(await readiness()).toMatchObject({ status: 'ready', checks: { breaker: 'open' } });
});

test('a write does not try whether Astria is well again: a read goes before it, with its key', async () => {
  const { run, emulator, requests, time, health } = await startBreakable();
  emulator.fail({ status: 503, times: 4 });
  for (let round = 0; round < 3; round++) await run(read);
  time.ms += 1000;
  emulator.clearRequests();
  expect((await run(write)).errors).toMatchObject([{ extensions: { outcome: 'NOT_DONE' } }]);
  expect(requests()).toEqual(['GET /users']);
  expect(emulator.requests[0]?.headers.authorization).toBe('Bearer sd_test');
  expect(health()).toBe('open');
  time.ms += 10_000;
  expect((await run(write)).errors).toBeUndefined();
  expect(requests().slice(1)).toEqual(['GET /users', 'POST /tunes/1504944/prompts']);
  expect(health()).toBe('closed');
});

test('while another tries, a write waits for no answer', () => {
  const time = { ms: 0 };
  const breaker = breakerAt(time);
  breaker.note(mine, false);
  time.ms = 100;
  breaker.note(mine, false);
  time.ms = 5000;
  expect(breaker.isDue('mine')).toBe(true);
  expect(breaker.refuse({ ...mine, isWrite: true })).toBeGreaterThan(0);
  expect(breaker.refuse({ ...mine })).toBeUndefined();
  expect(breaker.isDue('mine')).toBe(false);
});

const [mine, yours] = [{ owner: 'mine' }, { owner: 'yours' }];
const breakerAt = (time: { ms: number }) =>
  new Breaker({
    ...{ ...USUAL_BREAKER, failures: 2, runMs: 100, openMs: 1000, now: () => time.ms },
    commonOwner: 'mine',
  });

test('failures of one moment are no run', () => {
  const time = { ms: 0 };
  const breaker = breakerAt(time);
  for (let failed = 0; failed < 128; failed++) breaker.note(mine, false);
  expect(breaker.state).toBe('closed');
  time.ms = 100;
  breaker.note(mine, false);
  expect(breaker.state).toBe('open');
});

test('when it may be well again one tries, and the others wait for what comes of it', () => {
  const time = { ms: 0 };
  const breaker = breakerAt(time);
  breaker.note(mine, false);
  time.ms = 100;
  breaker.note(yours, false);
  expect(breaker.refuse(mine)).toBeGreaterThan(0);
  time.ms = 1100;
  const [first, second] = [{ ...mine }, { ...yours }];
  expect(breaker.refuse(first)).toBeUndefined();
  expect(breaker.refuse(second)).toBeGreaterThan(0);
  // It has left: the next one tries.
  breaker.note(first, undefined);
  expect(breaker.refuse(second)).toBeUndefined();
  breaker.note(second, false);
  expect(breaker.state).toBe('open');
  time.ms = 1100 + 1000;
  const third = { ...mine };
  time.ms = 1100 + 2000;
  expect(breaker.refuse(third)).toBeUndefined();
  breaker.note(third, true);
  expect(breaker.state).toBe('closed');
});

test('what was begun before it opened neither holds nor opens it', () => {
  const time = { ms: 0 };
  const breaker = breakerAt(time);
  breaker.note(mine, false);
  time.ms = 100;
  breaker.note(yours, false);
  time.ms = 1100;
  const trying = { ...mine };
  expect(breaker.refuse(trying)).toBeUndefined();
  breaker.note({ ...yours }, false);
  breaker.note(trying, true);
  expect(breaker.state).toBe('closed');
});
