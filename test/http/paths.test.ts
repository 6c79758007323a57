/** Where the graph is, and that nothing else is read. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';

const json = (query: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

test.each([
  ...['/elsewhere?x=/graphql', '/e?/graphql/', '/graphql#', '/graphql/.', '/graphql/x/..'],
  ...['/graphql\\', '/a\\..\\graphql', '/graphqlx', '/'],
])('nothing is read of a request to %s, whoever sends it', async (path) => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'web' });
  const { url, requests } = await startGateway({ environment: { GATEWAY_KEYS } });
  const { port } = new URL(url);
  const answer = (method: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      // Not by an URL, which would be put right.
      request({ port, host: '127.0.0.1', path, method, headers }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end(method === 'POST' ? JSON.stringify({ query: '{ tunez }' }) : undefined);
    });
  const type = { 'content-type': 'application/json' };
  expect(await answer('POST', type)).toBe(404);
  expect(await answer('POST', { ...type, ...bearer('web') })).toBe(404);
  expect(await answer('POST', { 'content-type': 'multipart/form-data; boundary=x' })).toBe(404);
  // To `/` browsers come, and are led on.
  expect(await answer('GET', { accept: 'text/html' })).toBe(path === '/' ? 302 : 404);
  expect(requests()).toEqual([]);
});

test('below another path the graph is the same', async () => {
  const { fetch } = await startGateway();
  for (const path of ['/graphql', '/graphql/', '/x/graphql', '/x/y/graphql/']) {
    expect((await fetch(`${path}?query={__typename}`)).status).toBe(200);
    expect((await fetch(`${path}?y=1`, json('{ __typename }'))).status).toBe(200);
    const page = await fetch(`${path}?y=1`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  }
});

const QUERY = '?query={__typename}';
const HOST = ['Host', '127.0.0.1'];
const SLASH = 'The path must begin with one slash, without a host: ask for `/graphql`.';

test.each([
  ['the host in the path', `//x.example/graphql${QUERY}`, HOST, SLASH],
  ['and a backslash', `/\\x.example/graphql${QUERY}`, HOST, SLASH],
  ['a whole address', `http://127.0.0.1/graphql${QUERY}`, HOST, SLASH],
  ['a whole address that a name makes whole', `http://x/graphql${QUERY}`, ['Host', 'a'], SLASH],
  ['no path', '*', HOST, SLASH],
  ['a health check elsewhere', '//x.example/healthz', HOST, SLASH],
  [
    'two hosts',
    `/graphql${QUERY}`,
    [...HOST, 'host', 'x.example'],
    'The header `Host` is there twice: send it once.',
  ],
  [
    'two callers',
    `/graphql${QUERY}`,
    [...HOST, 'Authorization', 'Bearer sd_a', 'authorization', 'Bearer sd_b'],
    'The header `Authorization` is there twice: send it once.',
  ],
])('who is asked for is told once: %s', async (_, path, headers, message) => {
  const { url } = await startGateway({ token: '' });
  const { port } = new URL(url);
  const told = new Promise<string>((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, headers, setHost: false });
    asked.on('error', reject).end();
    asked.on('response', async (response) =>
      resolve(`${response.statusCode} ${await text(response)}`),
    );
  });
  expect(await told).toBe(
    `400 ${JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })}`,
  );
});
