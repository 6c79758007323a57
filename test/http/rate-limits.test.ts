/** How much one caller may ask in a while. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway as start } from '../support/gateway.ts';

const startGateway = (rate: string) => start({ token: '', environment: { RATE_LIMIT: rate } });
const post = (body: unknown, token?: string): RequestInit => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  },
  body: JSON.stringify(body),
});
const question = { query: '{ __typename }' };
const mutation = { query: 'mutation { deleteTune(input: { id: 1 }) { deletedId } }' };

test('too many operations are refused, and the error says when to retry', async () => {
  const { fetch, requests } = await startGateway('2/minute');
  const ask = () => fetch('/graphql', post({ query: '{ tunes { nodes { id } } }' }, 'sd_one'));
  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  const response = await ask();
  expect(response.status).toBe(429);
  const { errors } = (await response.json()) as { errors: { extensions: Json }[] };
  expect(errors).toEqual([
    {
      message: expect.stringMatching(
        /^2 operations may be asked for in 60 s: ask again in (?:60|59) s\.$/,
      ),
      extensions: {
        code: 'RATE_LIMITED',
        retryAfterMs: expect.any(Number),
        limit: { name: 'requests', max: 2, found: 3 },
      },
    },
  ]);
  const waitMs = errors[0]?.extensions.retryAfterMs as number;
  expect(waitMs).toBeGreaterThan(50_000);
  expect(response.headers.get('retry-after')).toBe(String(Math.ceil(waitMs / 1000)));
  expect(requests()).toHaveLength(2);
});

type Json = Record<string, unknown>;

test('each caller has its own limit, which resets in time', async () => {
  const { fetch } = await startGateway('1/s');
  const ask = async (token: string) => (await fetch('/graphql', post(question, token))).status;
  expect([await ask('sd_one'), await ask('sd_one'), await ask('sd_two')]).toEqual([200, 429, 200]);
  await sleep(1050);
  expect(await ask('sd_one')).toBe(200);
});

test('GETs, POSTs and mutations count alike, and a batch as many times as it holds operations', async () => {
  const { fetch } = await startGateway('6/minute');
  const ask = async (...[path, init]: Parameters<typeof fetch>) => (await fetch(path, init)).status;
  expect(await ask('/graphql', post(question))).toBe(200);
  expect(await ask('/graphql?query={__typename}')).toBe(200);
  expect(await ask('/graphql', post(mutation))).toBe(200);
  expect(await ask('/graphql', post([question, question, question]))).toBe(200);
  expect(await ask('/graphql', post(mutation))).toBe(429);
  expect(await ask('/graphql', post([question, question]))).toBe(429);
  expect(await ask('/graphql/?query={__typename}')).toBe(429);
  expect(await ask('/graphql?%71uery={__typename}')).toBe(429);
});

test('a caller without a key is counted by its address', async () => {
  const { url } = await startGateway('1/minute');
  const ask = async (localAddress: string) => {
    const asked = get(`${url}?query={__typename}`, { localAddress, agent: false });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect([await ask('127.0.0.1'), await ask('127.0.0.1'), await ask('127.0.0.2')]).toEqual([
    200, 429, 200,
  ]);
});

test('GraphiQL, health checks and preflights are not counted', async () => {
  const { fetch } = await startGateway('1/minute');
  for (let tries = 0; tries < 3; tries++) {
    expect((await fetch('/graphql', { headers: { accept: 'text/html' } })).status).toBe(200);
    expect((await fetch('/healthz')).status).toBe(200);
    const preflight = { method: 'OPTIONS', headers: { origin: 'https://app.example' } };
    expect((await fetch('/graphql', preflight)).status).toBe(204);
  }
  expect((await fetch('/graphql', post(question))).status).toBe(200);
});

test('a client that tries keys is stopped, but known callers at its address are not', async () => {
  const { fetch } = await startGateway('3/minute');
  const ask = async (token: string) => (await fetch('/graphql', post(question, token))).status;
  expect([await ask('no_1'), await ask('no_2'), await ask('no_3')]).not.toContain(429);
  expect(await ask('no_4')).toBe(429);
  expect(await ask('sd_right')).toBe(200);
});

test('without a limit nothing is counted', async () => {
  const { fetch } = await start();
  for (let tries = 0; tries < 20; tries++) {
    expect((await fetch('/graphql', post(question))).status).toBe(200);
  }
});
