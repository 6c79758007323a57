/** Where the graph is, and that nothing else is read. */
import { request } from 'node:http';
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
  expect(await answer('GET', { accept: 'text/html' })).toBe(404);
  expect(requests()).toEqual([]);
});

test('below another path the graph is the same', async () => {
  const { fetch } = await startGateway();
  for (const path of ['/graphql', '/graphql/', '/x/graphql', '/x/y/graphql/']) {
    expect((await fetch(`${path}?query={__typename}`)).status).toBe(200);
    expect((await fetch(`${path}?y=1`, json('{ __typename }'))).status).toBe(200);
    const page = await fetch(`${path}?y=1`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toBe('text/html');
  }
});
