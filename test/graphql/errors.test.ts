/** The table of docs/errors.md: what the client learns of each failure. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const read = '{ tune(id: 5) { title } }';
const write = 'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }';

test.each([
  [read, { status: 401 }, { code: 'UNAUTHENTICATED' }],
  [read, { status: 403 }, { code: 'FORBIDDEN' }],
  [read, { status: 400 }, { code: 'BAD_REQUEST', source: 'ASTRIA' }],
  [read, { status: 402 }, { code: 'BAD_REQUEST', source: 'ASTRIA' }],
  [read, { status: 429 }, { code: 'RATE_LIMITED' }],
  [read, { status: 429, retryAfter: 7 }, { code: 'RATE_LIMITED', retryAfterMs: 7000 }],
  [read, { status: 500 }, { code: 'UPSTREAM_UNAVAILABLE' }],
  [read, { status: 502 }, { code: 'UPSTREAM_UNAVAILABLE' }],
  [read, { status: 503 }, { code: 'UPSTREAM_UNAVAILABLE' }],
  [read, { status: 504 }, { code: 'UPSTREAM_TIMEOUT' }],
  [read, { status: 302 }, { code: 'UPSTREAM_CONTRACT' }],
  [read, { broken: 'reset' }, { code: 'UPSTREAM_UNAVAILABLE' }],
  [read, { broken: 'halfway' }, { code: 'UPSTREAM_UNAVAILABLE' }],
  [read, { body: '' }, { code: 'UPSTREAM_CONTRACT' }],
  [read, { body: '{"id": 5, "title": "Fi' }, { code: 'UPSTREAM_CONTRACT' }],
  [read, { body: '[]' }, { code: 'UPSTREAM_CONTRACT' }],
  [read, { patch: { id: 'five' } }, { code: 'UPSTREAM_CONTRACT' }],
  [write, { status: 404 }, { code: 'NOT_FOUND' }],
  [write, { status: 429 }, { code: 'RATE_LIMITED', outcome: 'NOT_DONE' }],
  [write, { status: 504 }, { code: 'UPSTREAM_TIMEOUT', outcome: 'UNKNOWN' }],
  [write, { status: 502 }, { code: 'UPSTREAM_UNAVAILABLE', outcome: 'UNKNOWN' }],
  [write, { broken: 'reset' }, { code: 'UPSTREAM_UNAVAILABLE', outcome: 'UNKNOWN' }],
  [write, { status: 200, body: '' }, { code: 'UPSTREAM_CONTRACT', outcome: 'UNKNOWN' }],
] as const)('%s with %j', async (operation, fault, extensions) => {
  const { run, account, emulator } = await startGateway();
  account.addTune({ id: 5, title: 'Five' });
  emulator.fail(fault);
  const { errors } = await run(operation);
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions).toEqual(extensions);
  const told = JSON.stringify(errors);
  for (const secret of ['sd_test', '127.0.0.1', emulator.url, '/tunes', 'Bearer', 'html', 'Five']) {
    expect(told).not.toContain(secret);
  }
});

test('one bad argument leaves the status of the rest at 200', async () => {
  const { fetch } = await startGateway();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: '{ tune(id: "x") { id } tunes { nodes { id } } }' }),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    data: { tune: null, tunes: { nodes: [] } },
    errors: [{ extensions: { code: 'BAD_REQUEST' } }],
  });
});

test.each([
  ['/graphql?query={__typename}&variables={', {}],
  ['/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
  [
    '/graphql',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{a'.repeat(1000) }),
    },
  ],
])('a request that cannot be read is BAD_REQUEST, %#', async (url, init) => {
  const { fetch } = await startGateway();
  const answer = (await (await fetch(url, init)).json()) as { errors: { extensions: object }[] };
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
});

test('a broken connection is logged with its cause', async () => {
  const { run, emulator, logged } = await startGateway();
  emulator.fail({ broken: 'reset' });
  await run(read);
  expect(logged.join()).toMatch(/ECONNRESET|UND_ERR_SOCKET|other side closed/);
});

test('no answer in time is UPSTREAM_TIMEOUT', async () => {
  const { run, emulator } = await startGateway({ timeoutMs: 50 });
  emulator.fail({ latencyMs: 5000 });
  const { errors } = await run(read);
  expect(errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT' });
});

test('one failing relation leaves its siblings in place', async () => {
  const { run, account, emulator } = await startGateway();
  account.addTune({ id: 5, title: 'Five', token: 'five' });
  account.addTune({ id: 6, title: 'Six', token: 'six' });
  account.addPrompt({ id: 50, tune_id: 5, text: 'first' });
  account.addPrompt({ id: 60, tune_id: 6, text: 'second' });
  emulator.fail({ path: '/tunes/6', status: 500 });
  const answer = await run('{ prompts { nodes { text tune { token } } } }');
  expect(answer).toEqual({
    data: {
      prompts: {
        nodes: [
          { text: 'second', tune: null },
          { text: 'first', tune: { token: 'five' } },
        ],
      },
    },
    errors: [
      {
        message: 'Astria is not available.',
        locations: [{ line: 1, column: 26 }],
        path: ['prompts', 'nodes', 0, 'tune'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE' },
      },
    ],
  });
});

test('a relation that is gone is null, with an error', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({
    id: 50,
    tune_id: 5,
    text: '<faceid:7:1> woman',
    pack_id: 8,
    orig_prompt_id: 9,
  });
  const { data, errors } = await run(
    '{ prompt(id: 50) { tune { token } references { tuneId tune { token } } pack { slug } originalPrompt { text } } }',
  );
  expect(data).toEqual({
    prompt: {
      tune: null,
      references: [{ tuneId: 7, tune: null }],
      pack: null,
      originalPrompt: null,
    },
  });
  expect(errors?.map(({ message, extensions }) => [message, extensions]).sort()).toEqual([
    ['Pack 8 does not exist, or this key may not see it.', { code: 'NOT_FOUND' }],
    ['Prompt 9 does not exist, or this key may not see it.', { code: 'NOT_FOUND' }],
    ['Tune 5 does not exist, or this key may not see it.', { code: 'NOT_FOUND' }],
    ['Tune 7 does not exist, or this key may not see it.', { code: 'NOT_FOUND' }],
  ]);
});

test('a field of another type is null, counted by its route, and costs nothing else', async () => {
  const { run, account, emulator, drift } = await startGateway();
  account.addTune({ id: 5, title: 'Five', token: 'ohwx' });
  emulator.fail({ patch: { '0.title': 5 }, times: 2 });
  const five = { data: { tunes: { nodes: [{ title: null, token: 'ohwx' }] } } };
  expect(await run('{ tunes { nodes { title token } } }')).toEqual(five);
  expect(await run('{ tunes { nodes { title token } } }')).toEqual(five);
  expect(drift()).toEqual([
    { method: 'GET', route: '/tunes', field: 'title', kind: 'changed', count: 2 },
  ]);
});

test.each([
  ['{ tunes(first: 101) { nodes { id } } }', { name: 'first', max: 100, found: 101 }],
  ['{ tunes(first: -1) { nodes { id } } }', { name: 'first', max: 100, found: -1 }],
])('%s names its limit', async (operation, limit) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(operation);
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_REQUEST', limit });
  expect(requests()).toEqual([]);
});

test.each([
  [
    '{ tunes(after: "x") { nodes { id } } }',
    '`after` is "x", which is no cursor of this list: give `pageInfo.endCursor` as it came.',
  ],
  [
    '{ packs(after: "YmVmb3JlOjE") { nodes { id } } }',
    '`after` is "YmVmb3JlOjE", which is no cursor of this list: give `pageInfo.endCursor` as it came.',
  ],
  [
    '{ node(id: "5") { id } }',
    '`id` is "5", which is not a global id: give the `id` of an object, not its `astriaId`.',
  ],
  [
    '{ pack(id: "..") { id } }',
    '`id` is "..", which is not a pack: give its `id`, its `astriaId` or its `slug`.',
  ],
  [
    '{ tunes { nodes { titel } } }',
    'Cannot query field "titel" on type "Tune". Did you mean "title" or "token"?',
  ],
  ['{ tunes(first: "x") { nodes { id } } }', 'Int cannot represent non-integer value: "x"'],
  ['{ tunes', 'Syntax Error: Expected Name, found <EOF>.'],
])('%s is refused before any call', async (operation, message) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(operation);
  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_REQUEST' } }]);
  expect(requests()).toEqual([]);
});

test('one bad id of `nodes` costs its own place alone', async () => {
  const { run, account } = await startGateway();
  account.addTune({ id: 7, title: 'seven' });
  const id = Buffer.from('Tune:7').toString('base64');
  const { data, errors } = await run(`{ nodes(ids: ["5", "${id}"]) { ... on Tune { title } } }`);
  expect(data).toEqual({ nodes: [null, { title: 'seven' }] });
  expect(errors).toMatchObject([{ path: ['nodes', 0], extensions: { code: 'BAD_REQUEST' } }]);
});

test('a variable of the wrong type is BAD_REQUEST', async () => {
  const { run } = await startGateway();
  const { errors } = await run('query ($first: Int!) { tunes(first: $first) { nodes { id } } }', {
    first: 'many',
  });
  expect(errors).toMatchObject([
    {
      message:
        'Variable "$first" got invalid value "many"; Int cannot represent non-integer value: "many"',
      extensions: { code: 'BAD_REQUEST' },
    },
  ]);
});

test('null from a variable with a default is BAD_REQUEST where it may not be', async () => {
  const { run, logged } = await startGateway();
  const { errors } = await run(
    'query ($id: ID = 5) { tune(id: $id) { id } node(id: $id) { id } }',
    {
      id: null,
    },
  );
  expect(errors).toMatchObject([
    {
      message: 'Argument "id" of non-null type "ID!" must not be null.',
      path: ['tune'],
      extensions: { code: 'BAD_REQUEST' },
    },
    { path: ['node'], extensions: { code: 'BAD_REQUEST' } },
  ]);
  expect(logged).toEqual([]);
});

test('a defect here tells a request id and nothing else, and is logged under it', async () => {
  const { run, account, logged } = await startGateway({
    now: () => {
      throw new Error('sd_test at http://127.0.0.1');
    },
  });
  account.addTune({ id: 5 });
  const { errors } = await run('{ tune(id: 5) { status } }');
  expect(errors).toEqual([
    {
      message: 'Something went wrong here.',
      locations: [{ line: 1, column: 17 }],
      path: ['tune', 'status'],
      extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    },
  ]);
  expect(logged.join()).toContain(errors?.[0]?.extensions?.requestId);
});
