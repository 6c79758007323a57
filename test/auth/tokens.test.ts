/** Callers that bring a token of an issuer. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionResult } from 'graphql';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { openEvents } from '../jobs/sse.ts';
import { NOW, startGateway } from '../support/gateway.ts';
import { UNKNOWN_COSTS } from '../support/gateway-keys.ts';

const [ISSUER, AUDIENCE, KID] = ['https://issuer.example', 'astria', 'k1'];
const NOW_SECONDS = Date.parse(NOW) / 1000;

/** An issuer on this machine, whose keys can be out of reach. */
async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwkOf = async (key: CryptoKey, kid: string) => ({
    ...(await exportJWK(key)),
    ...{ kid, alg: 'ES256', use: 'sig' },
  });
  const keys = [await jwkOf(publicKey, KID)];
  const issuer = { asked: 0, status: 200 };
  const server = createServer((_, response) => {
    issuer.asked += 1;
    response.writeHead(issuer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const sign = (claims: JWTPayload = {}, key = privateKey, kid = KID) =>
    new SignJWT({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'ines',
      exp: NOW_SECONDS + 60,
      role: 'write',
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid })
      .sign(key);
  /** The issuer's keys from now on. */
  const publish = async (...all: [CryptoKey, string][]) =>
    keys.splice(0, keys.length, ...(await Promise.all(all.map(([key, kid]) => jwkOf(key, kid)))));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  return { issuer, sign, url, publicKey, publish };
}

async function startWithIssuer() {
  const { url, sign, issuer, publicKey, publish } = await startIssuer();
  const environment = { JWT_JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  const gateway = await startGateway({ environment });
  gateway.account.addTune({ id: 5, title: 'five' });
  const ask = (token: string, query = '{ tunes { nodes { title } } }', headers = {}) =>
    gateway.run(query, {}, { authorization: `Bearer ${token}`, ...headers });
  return { ...gateway, ask, sign, issuer, publicKey, publish };
}

const FIVE = { data: { tunes: { nodes: [{ title: 'five' }] } } };
const LIKE = 'mutation { likePrompt(input: { id: 7 }) { prompt { id } } }';

test('a token may be for trusted documents alone', async () => {
  const { ask, sign } = await startWithIssuer();
  expect(await ask(await sign({ documents: 'only' }))).toMatchObject({
    errors: [
      {
        message: expect.stringMatching(/^Only trusted documents/),
        extensions: { code: 'FORBIDDEN' },
      },
    ],
  });
  for (const documents of ['also', 'ONLY', ['only'], null, true]) {
    expect(await ask(await sign({ documents }))).toEqual({
      errors: [
        {
          message: "The token's claim `documents` must be `only`, or be left out.",
          extensions: { code: 'FORBIDDEN' },
        },
      ],
    });
  }
});

test('a token is checked once, and then known', async () => {
  const { ask, sign, issuer, deps } = await startWithIssuer();
  const token = await sign();
  expect(await ask(token)).toEqual(FIVE);
  expect(deps.callers.identify(`Bearer ${token}`)).toEqual({
    name: 'jwt:ines',
    budgets: [],
    role: 'write',
    workspaces: undefined,
    credential: { token: 'sd_test', workspaceId: undefined, owner: 'jwt:ines' },
    expiresAt: (NOW_SECONDS + 60) * 1000,
  });
  issuer.status = 500;
  expect(await ask(token)).toEqual(FIVE);
  expect(issuer.asked).toBe(1);
});

test('what is known of a token ends with it', async () => {
  const { ask, sign, clock } = await startWithIssuer();
  const token = await sign();
  await ask(token);
  clock.advance(120_000);
  expect(await ask(token)).toMatchObject({
    errors: [
      {
        message: 'The token has expired: get another.',
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ],
  });
});

test('a stream ends with its token, without `complete`: its client comes back with another', async () => {
  const { sign, url, account, clock, deps } = await startWithIssuer();
  account.addPrompt({ id: 7, trained_at: null });
  const query = 'subscription { prompt(id: 7) { isDone } }';
  const stream = await openEvents(url, { query }, { authorization: `Bearer ${await sign()}` });
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(59_999);
  expect(deps.jobs.seats.taken).toBe(1);
  clock.advance(1);
  await stream.ended;
  expect(stream.told.map(({ event }) => event)).toEqual(['next']);
  expect(deps.jobs.seats.taken).toBe(0);
});

const REFUSED: [string, JWTPayload, string][] = [
  ['of another issuer', { iss: 'https://other.example' }, 'UNAUTHENTICATED'],
  ['for somebody else', { aud: 'other' }, 'UNAUTHENTICATED'],
  ['of nobody', { sub: undefined }, 'UNAUTHENTICATED'],
  ['of an object', { sub: {} as string }, 'UNAUTHENTICATED'],
  ['of a name that breaks a line of the log', { sub: 'a\nb' }, 'UNAUTHENTICATED'],
  ['without an end', { exp: undefined }, 'UNAUTHENTICATED'],
  ['of the past', { exp: NOW_SECONDS - 60 }, 'UNAUTHENTICATED'],
  ['of the future', { nbf: NOW_SECONDS + 60 }, 'UNAUTHENTICATED'],
  ['without a role', { role: undefined, scope: 'openid' }, 'FORBIDDEN'],
  ['of another role', { role: 'admin' }, 'FORBIDDEN'],
  ['of workspaces that are none', { workspaces: 'mine' }, 'FORBIDDEN'],
];

test.each(REFUSED)('a token %s is refused before any call', async (_, claims, code) => {
  const { ask, sign, requests } = await startWithIssuer();
  expect(await ask(await sign(claims))).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(requests()).toEqual([]);
});

test('a token that somebody else has signed is refused, and one without a signature', async () => {
  const { ask, sign, requests } = await startWithIssuer();
  const { privateKey } = await generateKeyPair('ES256');
  const [, payload] = (await sign()).split('.');
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
  const symmetric = await new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'x', role: 'write' })
    .setProtectedHeader({ alg: 'HS256', kid: KID })
    .setExpirationTime(NOW_SECONDS + 60)
    .sign(Buffer.alloc(32));
  for (const token of [await sign({}, privateKey), `${unsigned}.${payload}.x`, symmetric]) {
    expect(await ask(token)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  }
  expect(requests()).toEqual([]);
});

test('the role and the workspaces are the token’s', async () => {
  const { ask, sign, account, requests } = await startWithIssuer();
  account.addWorkspace({ id: 12 });
  const reader = await sign({ role: undefined, scope: 'openid astria:read', workspaces: [12] });
  expect(await ask(reader, LIKE)).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  expect(await ask(reader)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(requests()).toEqual([]);
  const inside = { 'x-workspace-id': '12' };
  expect(await ask(reader, '{ tunes { nodes { title } } }', inside)).toEqual({
    data: { tunes: { nodes: [] } },
  });
});

test('an issuer out of reach is no fault of the caller’s, nor of this gateway', async () => {
  const { ask, sign, issuer, logged, fetch, clock } = await startWithIssuer();
  issuer.status = 500;
  const token = await sign();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{ __typename }"}',
  });
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    errors: [
      {
        message: 'The keys that verify tokens cannot be used at the moment: try again later.',
        extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: 2000 },
      },
    ],
  });
  expect(response.headers.get('retry-after')).toBe('2');
  issuer.status = 200;
  clock.advance(2000);
  expect(await ask(token)).toEqual(FIVE);
  expect(logged.join()).not.toContain(token);
});

/** A token that is made now, by whatever clock. */
const inTime = (ms: number, more: JWTPayload = {}): JWTPayload => ({
  exp: Math.ceil(ms / 1000) + 60,
  ...more,
});
const codeOf = ({ errors }: ExecutionResult) => errors?.[0]?.extensions?.code;
const MINUTE_MS = 60_000;

test('an hour without the issuer: no token of a known key is refused, and it is seldom asked', async () => {
  const { ask, sign, issuer, clock } = await startWithIssuer();
  expect(await ask(await sign())).toEqual(FIVE);
  issuer.status = 503;
  for (let n = 0; n < 120; n++) {
    clock.advance(MINUTE_MS / 2);
    expect(await ask(await sign(inTime(clock.now(), { sub: `ines-${n}` })))).toEqual(FIVE);
  }
  // Once a minute, at most, and six times more while the waits grow.
  expect(issuer.asked).toBeGreaterThan(10);
  expect(issuer.asked).toBeLessThan(1 + 6 + 120);
});

test('a key counts for a day without its issuer, and no longer', async () => {
  const { ask, sign, issuer, clock } = await startWithIssuer();
  expect(await ask(await sign())).toEqual(FIVE);
  issuer.status = 500;
  clock.advance(24 * 60 * MINUTE_MS - 1);
  expect(await ask(await sign(inTime(clock.now())))).toEqual(FIVE);
  clock.advance(5 * MINUTE_MS);
  expect(codeOf(await ask(await sign(inTime(clock.now()))))).toBe('UPSTREAM_UNAVAILABLE');
  issuer.status = 200;
  clock.advance(2000);
  expect(await ask(await sign(inTime(clock.now())))).toEqual(FIVE);
});

test('a key that the issuer withdraws is not taken any more after a quarter of an hour', async () => {
  const { ask, sign, publish, clock } = await startWithIssuer();
  expect(await ask(await sign())).toEqual(FIVE);
  await publish();
  clock.advance(10 * MINUTE_MS);
  expect(codeOf(await ask(await sign(inTime(clock.now()))))).toBe('UNAUTHENTICATED');
});

test('tokens of keys that nobody knows do not each ask the issuer, and a new key is known within 5 seconds of them', async () => {
  const { ask, sign, issuer, publish, clock, publicKey } = await startWithIssuer();
  const next = await generateKeyPair('ES256');
  const junk = async (n: number) =>
    codeOf(await ask(await sign(inTime(clock.now()), next.privateKey, `junk-${n}`)));
  for (let n = 0; n < 50; n++) expect(await junk(n)).toBe('UNAUTHENTICATED');
  expect(issuer.asked).toBe(1);
  await publish([publicKey, KID], [next.publicKey, 'k2']);
  for (let second = 0; second < 5; second++) {
    clock.advance(1000);
    await junk(second);
  }
  expect(await ask(await sign(inTime(clock.now()), next.privateKey, 'k2'))).toEqual(FIVE);
  expect(await ask(await sign(inTime(clock.now())))).toEqual(FIVE);
  expect(issuer.asked).toBeLessThanOrEqual(4);
});

test('while the issuer is away, nobody is told that a key it may have made meanwhile is none', async () => {
  const { ask, sign, issuer, publish, clock, publicKey } = await startWithIssuer();
  expect(await ask(await sign())).toEqual(FIVE);
  const next = await generateKeyPair('ES256');
  const newToken = () => sign(inTime(clock.now()), next.privateKey, 'k2');
  await publish([publicKey, KID], [next.publicKey, 'k2']);
  issuer.status = 500;
  for (let n = 0; n < 60; n++) {
    clock.advance(MINUTE_MS);
    expect(codeOf(await ask(await newToken()))).toBe('UPSTREAM_UNAVAILABLE');
  }
  issuer.status = 200;
  clock.advance(5000);
  expect(await ask(await newToken())).toEqual(FIVE);
});

test('a token may have a budget, which belongs to its subject', async () => {
  const { url, sign } = await startIssuer();
  const issuer = { JWT_JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  const { run, clock } = await startGateway({ environment: { ...issuer, ...UNKNOWN_COSTS } });
  const budget = { day: '0.15' };
  const create = (token: string) =>
    run(
      'mutation { createPrompt(input: { tuneId: 1504944, text: "x", numImages: 1 }) { prompt { id } } }',
      {},
      { authorization: `Bearer ${token}` },
    );
  expect((await create(await sign({ budget }))).errors).toBeUndefined();
  clock.advance(1);
  // Another token of the same subject.
  expect((await create(await sign({ budget, jti: 'other' }))).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', limit: { name: 'budgetDay', max: 15_000, found: 20_000 } } },
  ]);
  expect((await create(await sign({ budget, sub: 'noor' }))).errors).toBeUndefined();
  expect((await create(await sign())).errors).toBeUndefined();
});

test.each([[5], [{}], [{ day: 5 }], [{ day: '5', week: '1' }]])(
  'a token whose budget is %j is refused',
  async (budget) => {
    const { ask, sign } = await startWithIssuer();
    expect((await ask(await sign({ budget }))).errors).toMatchObject([
      { message: expect.stringContaining('claim `budget`'), extensions: { code: 'FORBIDDEN' } },
    ]);
  },
);

test('a budget that this gateway cannot keep to is refused', async () => {
  const { ask, sign } = await startWithIssuer();
  expect((await ask(await sign({ budget: { day: '5' } }))).errors).toMatchObject([
    { message: expect.stringContaining('BUDGET_UNKNOWN_IMAGE'), extensions: { code: 'FORBIDDEN' } },
  ]);
});
