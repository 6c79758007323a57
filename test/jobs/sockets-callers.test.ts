/** Who may open a WebSocket, and when it is closed. */
import { expect, test } from 'vitest';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { openRaw, openSubscription, refusal } from './sockets.ts';
import { brief, JOBS, startSubscribed } from './subscribed.ts';
import { promptId } from './support.ts';

const jobs = (id: number) => ({ query: JOBS, variables: { ids: [promptId(id)] } });

const KEYS = {
  GATEWAY_KEYS: gatewayKeys(
    { name: 'reader', role: 'read' },
    { name: 'bound', workspaces: ['679'] },
  ),
};

async function startWithKeys() {
  const gateway = await startSubscribed({ environment: KEYS });
  gateway.account.addWorkspace({ id: 679, title: 'Studio' });
  gateway.add(7, -5);
  gateway.add(8, -5, { workspace_id: 679 });
  return gateway;
}

const keyOf = (name: string) => Object.values(bearer(name))[0] as string;

test('the key and the workspace come in connectionParams, in any case', async () => {
  const { url } = await startWithKeys();
  const reader = openSubscription(url, jobs(7), {
    connectionParams: { authorization: keyOf('reader') },
  });
  await reader.ended;
  expect(reader.values().map(brief)).toEqual([['SUCCEEDED', true, 'FINISHED']]);
  const inStudio = { connectionParams: { Authorization: keyOf('bound'), 'X-Workspace-Id': 679 } };
  const bound = openSubscription(url, jobs(8), inStudio);
  await bound.ended;
  expect(bound.values().map(brief)).toEqual([['SUCCEEDED', true, 'FINISHED']]);
  const foreign = openSubscription(url, jobs(7), inStudio);
  await foreign.ended;
  expect(foreign.end.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const elsewhere = openSubscription(url, jobs(7), {
    connectionParams: { Authorization: keyOf('bound') },
  });
  await elsewhere.ended;
  expect(elsewhere.end.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('a client that can set headers may authenticate with them instead', async () => {
  const { url } = await startWithKeys();
  const raw = await openRaw(url, { headers: { authorization: keyOf('reader') } });
  await raw.init();
  raw.subscribe('a', jobs(7));
  await expect
    .poll(() => raw.heard.map(({ type }) => type))
    .toEqual(['connection_ack', 'next', 'complete']);
});

test.each<[string, object | undefined, number, string]>([
  ['no key', undefined, 4401, 'The header `Authorization` must be `Bearer gk_…`'],
  ['a key of nobody', { Authorization: 'Bearer gk_nobody' }, 4401, 'must be `Bearer gk_…`'],
  [
    'a key that is no text',
    { Authorization: { key: 1 } },
    4400,
    '`Authorization` of `connectionParams` must be a text.',
  ],
])('%s closes the socket, and says why', async (_, params, code, words) => {
  const { url } = await startWithKeys();
  const raw = await openRaw(url);
  raw.say({ type: 'connection_init', payload: params });
  const closed = await raw.closed;
  expect(closed.code).toBe(code);
  expect(closed.reason).toContain(words);
  expect(raw.heard).toEqual([]);
});

const PAGE = 'https://app.example.com';

test('pages may open one as CORS lets them ask, and who is no page may', async () => {
  const { url } = await startSubscribed({
    environment: { GATEWAY_KEYS: gatewayKeys({ name: 'web' }), CORS_ORIGINS: PAGE },
  });
  const own = new URL(url).origin;
  for (const origin of [PAGE, own, undefined]) {
    const raw = await openRaw(url, { headers: { ...(origin && { origin }) } });
    expect(raw.socket.readyState).toBe(raw.socket.OPEN);
  }
  for (const origin of [
    'https://evil.example.com',
    `${PAGE}:444`,
    'null',
    own.replace('127.0', 'x'),
  ]) {
    const { status, body } = await refusal(url, { headers: { origin } });
    expect([status, body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(body.errors[0].message).toContain('CORS_ORIGINS');
  }
});

test('with CORS_ORIGINS=* any page may, and without it none but its own', async () => {
  const { url } = await startSubscribed({
    environment: { GATEWAY_KEYS: gatewayKeys({ name: 'web' }), CORS_ORIGINS: '*' },
  });
  await openRaw(url, { headers: { origin: 'https://evil.example.com' } });
  const closed = await startSubscribed();
  expect((await refusal(closed.url, { headers: { origin: PAGE } })).status).toBe(403);
});

test('a held key without callers is for this machine, by WebSocket too', async () => {
  const { url } = await startSubscribed();
  const origin = 'http://evil.example.com';
  const { status, body } = await refusal(url, { headers: { host: 'evil.example.com', origin } });
  expect(status).toBe(403);
  expect(body.errors[0].message).toContain('is for its own machine');
});

test('a stream lasts an hour at most: then the socket is closed, so that its client comes back', async () => {
  const { add, url, passUntil } = await startSubscribed();
  add(7, null, { started_training_at: null });
  const raw = await openRaw(url);
  await raw.init();
  raw.subscribe('a', jobs(7));
  await passUntil(raw.closed);
  expect(await raw.closed).toEqual({ code: 1012, reason: 'Come back: the stream is cut here.' });
  expect(raw.heard.map(({ type }) => type)).toEqual(['connection_ack', 'next']);
});

test('a stream ends with its token, by the code that makes clients get a new one', async () => {
  const { add, url, passUntil, deps, clock } = await startSubscribed();
  const { identify } = deps.callers;
  const expiresAt = clock.now() + 90_000;
  deps.callers.identify = (...given) => ({ ...(identify(...given) as object), expiresAt }) as never;
  add(7, null);
  const raw = await openRaw(url);
  await raw.init();
  raw.subscribe('a', jobs(7));
  await passUntil(raw.closed);
  expect((await raw.closed).code).toBe(4403);
  expect(clock.now()).toBe(expiresAt);
});

test('a removed key ends its streams, and opens no new one', async () => {
  const { url, add, deps, clock } = await startWithKeys();
  add(9, null);
  const raw = await openRaw(url);
  await raw.init({ Authorization: keyOf('reader') });
  raw.subscribe('a', jobs(9));
  await expect.poll(() => raw.heard.length).toBe(2);
  const idle = await openRaw(url);
  await idle.init({ Authorization: keyOf('reader') });
  deps.callers.renew({ gatewayKeys: [] });
  deps.jobs.seats.sendAway();
  clock.advance(2000);
  expect((await raw.closed).code).toBe(1012);
  idle.subscribe('a', jobs(9));
  await expect
    .poll(() => idle.heard[1])
    .toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
});

test('at the end of the process sockets are closed, and no new one is opened', async () => {
  const { add, url, deps, clock, sockets } = await startSubscribed({ random: 0.5 });
  add(7, null);
  const [busy, idle] = [await openRaw(url), await openRaw(url)];
  await busy.init();
  busy.subscribe('a', jobs(7));
  await expect.poll(() => busy.heard.length).toBe(2);
  deps.jobs.stop();
  sockets.close();
  expect((await idle.closed).code).toBe(1012);
  expect(busy.socket.readyState).toBe(busy.socket.OPEN);
  clock.advance(2000);
  expect((await busy.closed).code).toBe(1012);
  const { status, body } = await refusal(url);
  expect([status, body.errors[0].extensions.code]).toEqual([503, 'OVERLOADED']);
});

test('the client of graphql-ws reconnects by itself, and gets the end', async () => {
  const { add, url, deps, clock, passUntil } = await startSubscribed();
  add(7, 60);
  const one = openSubscription(url, jobs(7), { retryAttempts: 5, retryWait: async () => {} });
  await expect.poll(() => one.told.length).toBe(1);
  deps.jobs.seats.sendAway();
  clock.advance(2000);
  await passUntil(one.ended);
  expect(one.end).toEqual({ isComplete: true });
  expect(one.values().map(brief).at(-1)).toEqual(['SUCCEEDED', true, 'FINISHED']);
});
