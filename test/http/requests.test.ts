/** What each kind of request is answered with: status, media type and body, recorded in `__snapshots__`. */
import { expect, test } from 'vitest';
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
  [
    'as a form of somebody who may',
    '/graphql',
    {
      method: 'POST',
      headers: { 'x-requested-with': 'a page' },
      body: new URLSearchParams({ query: byFirst, variables: '{"first":1}', operationName: '' }),
    },
  ],
  [
    'as GraphQL of somebody who may',
    '/graphql',
    post(tunes, { 'content-type': 'application/graphql', 'x-requested-with': 'a page' }),
  ],
  [
    'as JSON with capitals',
    '/graphql',
    post({ query: tunes }, { 'content-type': 'APPLICATION/JSON' }),
  ],
  [
    'as JSON of GraphQL',
    '/graphql',
    post({ query: tunes }, { 'content-type': 'application/graphql+json' }),
  ],
  ['as other JSON', '/graphql', post({ query: tunes }, { 'content-type': 'application/hal+json' })],
  ['as text', '/graphql', post({ query: tunes }, { 'content-type': 'text/plain' })],
  ['in a JSON text', '/graphql', post('"{ tunes }"')],
  ['in a list of other things', '/graphql', post('[null, "x"]')],
  ['in an empty list', '/graphql', post('[]')],
  ['that is not text', '/graphql', post({ query: 5 })],
  ['that is missing', '/graphql', post({ variables: {} })],
  ['by HEAD', '/graphql', { method: 'HEAD' }],
  ['with a slash more', '/graphql/', post({ query: tunes })],
  ['below another path', '/x/graphql', post({ query: tunes })],
  ['with an empty name', '/graphql', post({ query: tunes, operationName: '' })],
  ['two of which are mutations', '/graphql', post([{ query: tunes }, { query: 'mutation { x }' }])],
  [
    'in several parts, of any kind',
    '/graphql',
    post({ query: tunes }, { accept: 'multipart/mixed' }),
  ],
  [
    'with a type weighed at nothing',
    '/graphql',
    post({ query: tunes }, { accept: 'application/json;q=0, application/graphql-response+json' }),
  ],
];

test.each(CASES)('a query %s', async (_, path, init) => {
  for (const token of ['sd_test', '']) {
    const { fetch, account } = await startGateway({ token });
    if (token) account.addTune({ id: 5, title: 'tune five' });
    const first = await told(await fetch(path, init));
    expect(first).toMatchSnapshot(token ? 'with a held key' : 'without a key');
    expect(await told(await fetch(path, init))).toEqual(first);
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
