/** Callers that bring a token of an issuer. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { openEvents } from './jobs/sse.ts';
import { NOW, startGateway } from './support/gateway.ts';

const [ISSUER, AUDIENCE, KID] = ['https://issuer.example', 'astria', 'k1'];
const NOW_SECONDS = Date.parse(NOW) / 1000;

/** An issuer on this machine, whose keys can be out of reach. */
async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256', use: 'sig' }];
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
  const sign = (claims: JWTPayload = {}, key = privateKey) =>
    new SignJWT({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'ines',
      exp: NOW_SECONDS + 60,
      role: 'write',
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: KID })
      .sign(key);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  return { ...issuer, issuer, sign, url, publicKey };
}

async function startWithIssuer() {
  const { url, sign, issuer } = await startIssuer();
  const environment = { JWT_JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  const gateway = await startGateway({ environment });
  gateway.account.addTune({ id: 5, title: 'five' });
  const ask = (token: string, query = '{ tunes { nodes { title } } }', headers = {}) =>
    gateway.run(query, {}, { authorization: `Bearer ${token}`, ...headers });
  return { ...gateway, ask, sign, issuer };
}

const FIVE = { data: { tunes: { nodes: [{ title: 'five' }] } } };
const LIKE = 'mutation { likePrompt(input: { id: 7 }) { prompt { id } } }';

test('a token is checked once, and then known', async () => {
  const { ask, sign, issuer, deps } = await startWithIssuer();
  const token = await sign();
  expect(await ask(token)).toEqual(FIVE);
  expect(deps.callers.identify(`Bearer ${token}`)).toEqual({
    name: 'jwt:ines',
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
  const { ask, sign, issuer, logged, fetch } = await startWithIssuer();
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
        message: 'The keys that tokens are checked with cannot be had: ask again later.',
        extensions: { code: 'UPSTREAM_UNAVAILABLE' },
      },
    ],
  });
  issuer.status = 200;
  expect(await ask(token)).toEqual(FIVE);
  expect(logged.join()).not.toContain(token);
});
