/** Callers with keys of their own, before and after Astria has accepted them. */
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/odd-astria.ts';

const TUNES = '{ tunes { nodes { id } } }';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Before an Astria that accepts the keys in `good`, answers others with 401, and can hold answers back. */
async function startStrict(environment: Record<string, string> = {}) {
  const astria = { good: new Set(['sd_honest']), isHolding: false, status: 401 };
  const held: ServerResponse[] = [];
  const keys: string[] = [];
  const baseUrl = await listen(({ headers: { authorization = '' }, url = '' }, response) => {
    const key = authorization.replace('Bearer ', '');
    keys.push(key);
    const isGood = astria.good.has(key) || (url.startsWith('/gallery') && !astria.isHolding);
    if (!isGood && astria.isHolding) held.push(response);
    else response.writeHead(isGood ? 200 : astria.status).end(isGood ? '[]' : '');
  });
  const gateway = await startGateway({ token: '', baseUrl, environment });
  /** The code of its error, if any. */
  const ask = async (key: string, query = TUNES, headers = {}) => {
    const { errors } = await gateway.run(query, {}, { ...bearer(key), ...headers });
    return errors?.[0]?.extensions?.code;
  };
  return { ...gateway, ask, astria, held, keys };
}

test('of keys that Astria does not accept 30 a minute reach it from one address, and others are told what helps', async () => {
  const { ask, keys, fetch } = await startStrict();
  for (let n = 0; n < 30; n++) expect(await ask(`sd_no_${n}`)).toBe('UNAUTHENTICATED');
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer('sd_no_30') },
    body: JSON.stringify({ query: TUNES }),
  });
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toMatch(/^(?:[1-5]?\d|60)$/);
  expect(await response.json()).toEqual({
    errors: [
      {
        message: expect.stringMatching(
          /^From one address 30 keys that Astria has not accepted yet may be sent in 60 s: ask again in \d+ s, and first with a key that works\. .*TRUSTED_PROXY or NEW_KEY_RATE_LIMIT\.$/,
        ),
        extensions: {
          code: 'RATE_LIMITED',
          retryAfterMs: expect.any(Number),
          limit: { name: 'newKeyRequests', max: 30, found: 31 },
        },
      },
    ],
  });
  expect(keys).toHaveLength(30);
});

test('a key that Astria has accepted does not count, until Astria accepts it no longer', async () => {
  const { ask, astria } = await startStrict({ NEW_KEY_RATE_LIMIT: '2/minute' });
  for (let n = 0; n < 5; n++) expect(await ask('sd_honest')).toBeUndefined();
  expect(await ask('sd_no_1')).toBe('UNAUTHENTICATED');
  expect(await ask('sd_no_2')).toBe('RATE_LIMITED');
  expect(await ask('sd_honest')).toBeUndefined();
  astria.good.clear();
  // It was counted with its first request, and its 20 operations are not used up.
  for (let n = 0; n < 20; n++) expect(await ask('sd_honest')).toBe('UNAUTHENTICATED');
  expect(await ask('sd_honest')).toBe('RATE_LIMITED');
});

test.each([
  ['its gallery', '{ gallery { tunes { nodes { id } } } }', 401],
  ['403', TUNES, 403],
  ['429', TUNES, 429],
  ['503', TUNES, 503],
])('by %s Astria has accepted no key', async (_, query, status) => {
  const { ask, astria, keys } = await startStrict({ NEW_KEY_RATE_LIMIT: '2/minute' });
  astria.status = status;
  for (let n = 0; n < 40; n++) expect(await ask('sd_no', query)).not.toBe('UNAUTHENTICATED');
  expect(await ask('sd_no', query)).toBe('RATE_LIMITED');
  // Astria's own 429 is the same code.
  expect(keys).toHaveLength(40);
});

test('operations of one new key that come together count once for each twenty, those of batches too', async () => {
  const { fetch, ask, keys } = await startStrict({ NEW_KEY_RATE_LIMIT: '2/minute' });
  const batch = () =>
    fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer('sd_no') },
      body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: TUNES }))),
    });
  const singles = await Promise.all(
    Array.from({ length: 20 }, (_, n) => ask('sd_honest', `${TUNES} # ${n}`)),
  );
  expect(singles).toEqual(Array.from({ length: 20 }, () => undefined));
  expect((await batch()).status).toBe(200);
  expect((await batch()).status).toBe(200);
  const reached = keys.length;
  expect((await batch()).status).toBe(429);
  expect(keys).toHaveLength(reached);
});

const NO_PROXY = '192.0.2.9';
const FORWARDED: [string, string, trusted: string, first: string, second: string, same: boolean][] =
  [
    [
      'two clients of a proxy',
      'that is trusted',
      '127.0.0.1',
      '198.51.100.1',
      '198.51.100.2',
      false,
    ],
    ['two clients of a proxy', 'that is not', NO_PROXY, '198.51.100.1', '198.51.100.2', true],
    [
      'what a client claims',
      'to its left',
      '127.0.0.0/8',
      '203.0.113.1, 198.51.100.1',
      '203.0.113.2,198.51.100.1',
      true,
    ],
    [
      'two clients',
      'behind two proxies',
      '127.0.0.1, 10.0.0.0/8',
      '198.51.100.1, 10.1.2.3',
      '198.51.100.2, 10.1.2.3',
      false,
    ],
    [
      'two of one IPv6 network',
      'with ports',
      '127.0.0.1',
      '[2001:db8::1:2:3:4]:80',
      '2001:db8:0:0:ffff::1',
      true,
    ],
    ['two of two IPv6 networks', '', '127.0.0.1', '2001:db8:0:1::1', '2001:db8:0:2::1', false],
    [
      'one IPv4 address',
      'written as IPv6, with a port',
      '::ffff:127.0.0.1, 127.0.0.1',
      '::ffff:198.51.100.1',
      '198.51.100.1:4711',
      true,
    ],
    ['what is no address', '', '127.0.0.1', 'unknown', '198.51.100.1, _hidden', true],
  ];

test.each(FORWARDED)(
  '%s %s: trusting %s, %s and %s',
  async (...[, , trusted, first, second, isSame]) => {
    const { ask } = await startStrict({ NEW_KEY_RATE_LIMIT: '1/minute', TRUSTED_PROXY: trusted });
    expect(await ask('sd_no_1', TUNES, { 'x-forwarded-for': first })).toBe('UNAUTHENTICATED');
    expect(await ask('sd_no_2', TUNES, { 'x-forwarded-for': second })).toBe(
      isSame ? 'RATE_LIMITED' : 'UNAUTHENTICATED',
    );
  },
);

test('an unconfigured proxy is warned of once', async () => {
  const { ask, logged } = await startStrict();
  for (let n = 0; n < 3; n++) await ask('sd_no', TUNES, { 'x-forwarded-for': '198.51.100.1' });
  expect(logged.filter((line) => line.includes('TRUSTED_PROXY'))).toHaveLength(1);
});

test('made-up keys take only the slots of their address', async () => {
  const { ask, astria, held, keys } = await startStrict({
    NEW_KEY_RATE_LIMIT: '10000/s',
    TRUSTED_PROXY: '127.0.0.1',
  });
  expect(await ask('sd_honest')).toBeUndefined();
  astria.isHolding = true;
  const made = Array.from({ length: 400 }, (_, n) =>
    ask(`sd_no_${n}`, TUNES, { 'x-forwarded-for': '198.51.100.66' }),
  );
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(32);
  expect(await ask('sd_honest')).toBeUndefined();
  astria.good.add('sd_new');
  expect(await ask('sd_new', TUNES, { 'x-forwarded-for': '198.51.100.1' })).toBeUndefined();
  expect(keys).toHaveLength(1 + 32 + 2);
  astria.isHolding = false;
  for (const response of held) response.writeHead(401).end();
  expect(new Set(await Promise.all(made))).toEqual(new Set(['UNAUTHENTICATED']));
});

test('callers without a key take the slots of their address too', async () => {
  const { run, astria, held } = await startStrict({ TRUSTED_PROXY: '127.0.0.1' });
  astria.isHolding = true;
  const askFrom = (address: string, first: number) => {
    const query = `{ gallery { tunes(first: ${first}) { nodes { id } } } }`;
    return run(query, {}, { 'x-forwarded-for': address }).catch(() => undefined);
  };
  // Another page each: the same one would be one call.
  for (let first = 1; first <= 50; first++) void askFrom('198.51.100.66', first);
  await expect.poll(() => held.length).toBe(32);
  void askFrom('198.51.100.1', 51);
  await expect.poll(() => held.length).toBe(33);
  for (const response of held) response.destroy();
});
