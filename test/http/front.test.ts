/** What the front answers by itself is as yoga would answer it. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Operations } from '../../src/graphql/operations.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createFront } from '../../src/http/front.ts';
import { createYogaServer } from '../../src/http/yoga.ts';
import { startGateway } from '../support/gateway.ts';

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { ...json, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const tunes = '{ tunes(first: 1) { nodes { title } } }';
const byFirst = 'query ($first: Int!) { tunes(first: $first) { nodes { title } } }';
const graphqlResponse = { accept: 'application/graphql-response+json' };

const DEEP = `${'a{'.repeat(1000)}b${'}'.repeat(1000)}`;

const CASES: [string, string, RequestInit][] = [
  ['a query', '/graphql', post({ query: tunes })],
  ['without calls', '/graphql', post({ query: '{ __typename }' })],
  ['introspection', '/graphql', post({ query: '{ __schema { queryType { name } } }' })],
  ['with the newer media type', '/graphql', post({ query: tunes }, graphqlResponse)],
  [
    'with several media types',
    '/graphql',
    post({ query: tunes }, { accept: 'application/graphql-response+json, application/json;q=0.9' }),
  ],
  ['with any media type', '/graphql', post({ query: tunes }, { accept: '*/*' })],
  ['with none that there is', '/graphql', post({ query: tunes }, { accept: 'image/png' })],
  [
    'with another charset',
    '/graphql',
    post({ query: tunes }, { accept: 'application/json; charset=latin1' }),
  ],
  ['as an event stream', '/graphql', post({ query: tunes }, { accept: 'text/event-stream' })],
  ['of a page', '/graphql', post({ query: tunes }, { origin: 'https://app.example' })],
  [
    'with a charset',
    '/graphql',
    post({ query: tunes }, { 'content-type': 'application/json; charset=utf-8' }),
  ],
  ['with variables', '/graphql', post({ query: byFirst, variables: { first: 1 } })],
  ['without the variable', '/graphql', post({ query: byFirst })],
  [
    'with a wrong variable',
    '/graphql',
    post({ query: byFirst, variables: { first: 'x' } }, graphqlResponse),
  ],
  ['with variables that are none', '/graphql', post({ query: byFirst, variables: [1] })],
  [
    'with an error in a field',
    '/graphql',
    post({ query: '{ tune(id: "x") { title } }' }, graphqlResponse),
  ],
  [
    'with an error at Astria',
    '/graphql',
    post({ query: '{ tune(id: 666) { title } viewer { email } }' }),
  ],
  ['with a bad key', '/graphql', post({ query: tunes }, { authorization: 'Basic x' })],
  ['with a bad workspace', '/graphql', post({ query: tunes }, { 'x-workspace-id': 'mine' })],
  [
    'with one operation of two',
    '/graphql',
    post({ query: 'query A { __typename } query B { a: __typename }', operationName: 'B' }),
  ],
  [
    'with none of the two',
    '/graphql',
    post({ query: 'query A { __typename } query B { a: __typename }' }),
  ],
  ['with a name that is not there', '/graphql', post({ query: tunes, operationName: 'Z' })],
  ['with a parameter of its own', '/graphql', post({ query: tunes, id: 1 })],
  ['with extensions', '/graphql', post({ query: tunes, extensions: { a: 1 } })],
  ['in a list', '/graphql', post([{ query: tunes }])],
  ['in broken JSON', '/graphql', post('{')],
  ['in no JSON', '/graphql', post('null')],
  ['in nothing', '/graphql', post('')],
  ['that is invalid', '/graphql', post({ query: '{ nonsense }' })],
  ['that is no GraphQL', '/graphql', post({ query: '{' })],
  ['by GET', `/graphql?query=${encodeURIComponent(tunes)}`, {}],
  [
    'by GET with variables',
    `/graphql?query=${encodeURIComponent(byFirst)}&variables={"first":1}`,
    {},
  ],
  ['by GET with broken variables', `/graphql?query=${encodeURIComponent(byFirst)}&variables={`, {}],
  ['by GET without a query', '/graphql', { headers: { accept: 'application/json' } }],
  [
    'by GET that is a mutation',
    `/graphql?query=${encodeURIComponent('mutation { deleteTune(input: { id: 5 }) { deletedId } }')}`,
    {},
  ],
  [
    'by GET twice over',
    `/graphql?query=${encodeURIComponent('{ a: __typename }')}&query=${encodeURIComponent('{ b: __typename }')}`,
    {},
  ],
  [
    'whose media type is the name of something else',
    '/graphql',
    post({ query: tunes }, { accept: 'constructor' }),
  ],
  ['too deep to be validated', `/graphql?query={${DEEP} ${DEEP}}`, {}],
  ['too deep to be validated, by POST', '/graphql', post({ query: `{${DEEP} ${DEEP}}` })],
  [
    'with a variable too deep to be written',
    `/graphql?query={__typename}&variables={"0":${'['.repeat(3000)}${']'.repeat(3000)}}`,
    {},
  ],
  ['by PUT', '/graphql', { ...post({ query: tunes }), method: 'PUT' }],
  ['elsewhere', '/elsewhere', post({ query: tunes })],
  ['as a form', '/graphql', { method: 'POST', body: new URLSearchParams({ query: tunes }) }],
  ['as GraphQL', '/graphql', post(tunes, { 'content-type': 'application/graphql' })],
];

test.each(CASES)('a query %s is answered as yoga alone would', async (_, path, init) => {
  for (const token of ['sd_test', '']) {
    const { fetch, account, deps } = await startGateway({ token });
    if (token) account.addTune({ id: 5, title: 'tune five' });
    const operations = new Operations(schema);
    const yoga = createYogaServer(deps, {
      operations,
      report: () => {},
      uploads: undefined,
    });
    const expected = await told(await yoga.fetch(`http://gateway${path}`, init));
    expect(await told(await fetch(path, init))).toEqual(expected);
    expect(await told(await fetch(path, init))).toEqual(expected);
  }
});

/** All that does not depend on when it was asked, and of whom. */
async function told(response: Response) {
  const body = (await response.text()).replace(/"requestId":"[^"]+"/, '"requestId":"…"');
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    allow: response.headers.get('allow'),
    body,
  };
}

test.each(['/graphql', '/graphql/', '/x/graphql'])(
  'a body to %s has a limit, and its refusal says which',
  async (path) => {
    const { fetch, requests } = await startGateway();
    const response = await fetch(path, post({ query: `{ __typename } #${'x'.repeat(1_000_000)}` }));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The body is longer than 1000000 bytes.',
          extensions: {
            code: 'BAD_REQUEST',
            limit: { name: 'bodyBytes', max: 1_000_000, found: expect.any(Number) },
          },
        },
      ],
    });
    expect(requests()).toEqual([]);
  },
);

test('yoga is not so much as loaded for what the front answers by itself', async () => {
  const { deps } = await startGateway();
  let isLoaded = false;
  const front = createFront(deps, {
    loadYoga: () => {
      isLoaded = true;
      return Promise.reject(new Error('not needed'));
    },
    operations: new Operations(schema),
    report: () => {},
  });
  const server = createServer(front).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (const [path, init] of [
    ['/graphql', post({ query: '{ __typename }' })],
    ['/graphql', post({ query: tunes })],
    [`/graphql?query=${encodeURIComponent(tunes)}`, {}],
  ] as const) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    expect(await response.json()).toHaveProperty('data');
  }
  expect(isLoaded).toBe(false);
  server.closeAllConnections();
  server.close();
});

test('a body in many small pieces is read whole', async () => {
  const { url } = await startGateway();
  const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(2000)}` });
  const outgoing = request(url, { method: 'POST', headers: json });
  outgoing.setNoDelay(true);
  for (const piece of body.match(/.{1,7}/g) ?? []) {
    if (!outgoing.write(piece)) await once(outgoing, 'drain');
    await new Promise(setImmediate);
  }
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  expect(Buffer.concat(await response.toArray()).toString()).toBe(
    '{"data":{"__typename":"Query"}}',
  );
});

test('a yoga that could not be loaded is loaded when it is needed again', async () => {
  const { deps } = await startGateway();
  const operations = new Operations(schema);
  let tries = 0;
  const front = createFront(deps, {
    loadYoga: async () => {
      tries++;
      if (tries === 1) throw new Error('too many open files');
      return createYogaServer(deps, {
        operations,
        report: () => {},
        uploads: undefined,
      });
    },
    operations,
    report: () => {},
  });
  const server = createServer(front).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = () => fetch(`http://127.0.0.1:${port}/graphql`, post([{ query: tunes }]));
  expect((await ask()).status).toBe(500);
  expect((await ask()).status).toBeLessThan(500);
  server.closeAllConnections();
  server.close();
});
