/** What browsers, and pages of other sites, may do. */
import { get, request } from 'node:http';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';

const APP = 'https://app.example';
const form = 'application/x-www-form-urlencoded';
const write = 'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }';
const json = (query: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

test.each(['sd_test', ''])(
  'no form of another site’s page is taken, whoever’s the key (%j)',
  async (token) => {
    const { fetch, requests } = await startGateway({ token });
    const send = (headers: Record<string, string>) =>
      fetch('/graphql', {
        method: 'POST',
        headers: { origin: 'https://evil.example', ...headers },
        body: new URLSearchParams({ query: write }),
      });
    for (const type of [form, 'text/plain', 'multipart/form-data; boundary=x']) {
      const refused = await send({ 'content-type': type });
      expect(refused.status).toBe(415);
      expect(await refused.json()).toMatchObject({
        errors: [{ extensions: { code: 'BAD_REQUEST' } }],
      });
    }
    expect(requests()).toEqual([]);
    const authorization = token ? undefined : 'Bearer sd_test';
    await send({
      'content-type': form,
      'x-requested-with': 'x',
      ...(authorization && { authorization }),
    });
    expect(requests()).toEqual(['POST /tunes/1504944/prompts']);
  },
);

const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  },
});

test('pages of any site may send requests if each request has its own key', async () => {
  const { fetch } = await startGateway({ token: '' });
  const { status, headers } = await fetch('/graphql', preflight(APP));
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-origin')).toBe(APP);
  expect(headers.get('access-control-allow-headers')).toBe('authorization');
  expect(headers.get('access-control-allow-credentials')).not.toBe('true');
});

test.each<[string, string | undefined, string, boolean]>([
  ['no site by default', undefined, APP, false],
  ['a site of the list', `https://a.example, ${APP}`, APP, true],
  ['no other site', 'https://a.example', APP, false],
  ['no page that has no origin', 'https://a.example', 'null', false],
  ['any site where the caller is told', '*', APP, true],
])('before a held key CORS_ORIGINS lets in %s', async (_, CORS_ORIGINS, origin, isLetIn) => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'web' });
  const { fetch } = await startGateway({
    environment: { GATEWAY_KEYS, ...(CORS_ORIGINS && { CORS_ORIGINS }) },
  });
  const asked = {
    ...json('{ __typename }'),
    headers: { origin, 'content-type': 'application/json', ...bearer('web') },
  };
  for (const init of [preflight(origin), asked, { headers: { origin } }]) {
    const { headers } = await fetch('/graphql', init);
    expect(headers.get('access-control-allow-origin')).toBe(isLetIn ? origin : null);
    expect(headers.get('vary')).toContain('Origin');
  }
});

test.each<[string, string, RequestInit, number]>([
  ['of a query', '/graphql', json('{ __typename }'), 200],
  ['of a batch', '/graphql', { ...json(''), body: '[{"query":"{ __typename }"}]' }, 200],
  [
    'to a bad key',
    '/graphql',
    {
      ...json('{ __typename }'),
      headers: { 'content-type': 'application/json', authorization: 'x' },
    },
    401,
  ],
  ['to what is too long', '/graphql', json('x'.repeat(1_100_000)), 413],
  ['elsewhere', '/nowhere', {}, 404],
  ['to a preflight', '/graphql', preflight(APP), 204],
])('every answer tells browsers to be careful: one %s', async (_, path, init, status) => {
  const { fetch } = await startGateway({ token: '' });
  const response = await fetch(path, init);
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
});

test('introspection can be switched off, and with it all hints at names', async () => {
  const { run } = await startGateway({ environment: { INTROSPECTION: 'off' } });
  const long = `#${'x'.repeat(90_000)}`;
  for (const query of [
    '{ __schema { queryType { name } } }',
    'query { __type(name: "Tune") { name } }',
    `{ __schema { queryType { name } } } ${long}`,
  ]) {
    const { data, errors } = await run(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain('introspection has been disabled');
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
  }
  expect(await run('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  for (const [query, variables] of [
    ['{ tuness { nodes { id } } }'],
    [`{ tuness { nodes { id } } } ${long}`],
    ['{ tunes(frist: 1) { nodes { id } } }'],
    ['{ tunes { nodes { titel } } }'],
    [
      'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
      { input: { titel: 'x', title: 'x', modelType: 'LORAA' } },
    ],
  ] as [string, object?][]) {
    const answer = JSON.stringify(await run(query, variables as Record<string, unknown>));
    expect(answer).toContain('BAD_REQUEST');
    expect(answer).not.toContain('Did you mean');
  }
});

/** `fetch` does not let one say another host. */
const askAs = (url: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      headers: { host, 'content-type': 'application/json' },
    });
    asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    asked.end('{"query":"{ __typename }"}');
  });

test('a held key that is for its own machine is not for a page whose name was led here', async () => {
  const { url } = await startGateway();
  expect(await askAs(url, 'evil.example')).toBe(403);
  expect(await askAs(url, 'evil.example:4000')).toBe(403);
  for (const host of ['localhost', '127.0.0.1:4000', '[::1]:4000']) {
    expect(await askAs(url, host)).toBe(200);
  }
  const open = await startGateway({ token: '' });
  expect(await askAs(open.url, 'gateway.example')).toBe(200);
});

test.each([
  [undefined, 'A POST needs a `Content-Type`: send `application/json`.'],
  ['text/plain', 'A POST of `text/plain` cannot be read: send `application/json`.'],
])('a body of the type %s is refused in words', async (type, message) => {
  const { fetch } = await startGateway();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'apollo-require-preflight': 'true', ...(type && { 'content-type': type }) },
    body: Buffer.from('{"query":"{ __typename }"}'),
  });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ errors: [{ message }] });
});

test.each<[string, string, Record<string, string>, number]>([
  ['without CORS', '/graphql?query={__typename}', { 'sec-fetch-mode': 'no-cors' }, 403],
  ['by a link', '/graphql?query={__typename}', { 'sec-fetch-mode': 'navigate' }, 403],
  ['by `fetch`', '/graphql?query={__typename}', { 'sec-fetch-mode': 'cors' }, 200],
  [
    'for GraphiQL',
    '/graphql?query={__typename}',
    { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' },
    200,
  ],
])('a page of another site that asks %s', async (_, path, headers, status) => {
  const { url } = await startGateway();
  // `fetch` says a mode of its own.
  const from = (site: string) =>
    new Promise((resolve, reject) => {
      const asked = get(new URL(path, url), { headers: { 'sec-fetch-site': site, ...headers } });
      asked.on('response', (response) => resolve(response.resume().statusCode));
      asked.on('error', reject);
    });
  expect(await from('cross-site')).toBe(status);
  expect(await from('same-origin')).toBe(200);
});

test.each(['{ __typename }', 'mutation { deleteTune(id: 4) { id } }'])(
  'the case of a type means nothing: %s',
  async (query) => {
    const { fetch } = await startGateway();
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'Application/JSON; Charset=UTF-8' },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(200);
  },
);
