/** Trusted documents: how a request names one, and that nothing else gets past them where they are alone. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { openEvents } from '../jobs/sse.ts';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { apolloOf, fileOf, presetOf, sha256 } from '../support/manifest.ts';
import { END, file, post, text } from '../support/multipart.ts';

const TUNE = 'query Tune($id: ID!) { tune(id: $id) { title } }';
const TYPE = 'query Type { __typename }';
const INSPECT =
  'mutation Inspect($file: Upload!) { inspectImage(input: { image: { file: $file } }) { inspection { glasses } } }';
const RENAME =
  'mutation Rename($id: ID!) { updateTune(input: { id: $id, title: "other" }) { tune { title } } }';
const JOBS = 'subscription Jobs($ids: [ID!]!) { jobs(ids: $ids) { __typename } }';
const FREE = 'query Free { tune(id: 5) { title } }';
const TEXTS = [TUNE, TYPE, INSPECT, RENAME, JOBS];

const idOf = (document: string) => `sha256:${sha256(document)}`;
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

const KEYS = gatewayKeys({ name: 'page', documents: 'only' }, { name: 'server' });
const PATH = 'TRUSTED_DOCUMENTS_PATH';

type Environment = Record<string, string>;

async function start(trust: string, environment: Environment = {}, rest: TestGatewayOptions = {}) {
  const path: Environment = trust === 'off' ? {} : { [PATH]: fileOf(presetOf(...TEXTS)) };
  const gateway = await startGateway({
    ...rest,
    environment: { TRUSTED_DOCUMENTS: trust, ...path, ...environment },
  });
  gateway.account.addTune({ id: 5, title: 'tune five' });
  const { fetch } = gateway;
  const headersOf = (name: string | undefined) => (name ? bearer(name) : {});
  async function ask(body: unknown, name?: string) {
    const headers = { ...JSON_TYPE, ...headersOf(name) };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch('/graphql', init);
    return { status: response.status, answer: await response.json() };
  }
  async function askByGet(members: Record<string, unknown>, name?: string) {
    const texts = Object.entries(members).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const response = await fetch(`/graphql?${new URLSearchParams(texts)}`, {
      headers: { accept: GRAPHQL_RESPONSE, ...headersOf(name) },
    });
    return { status: response.status, answer: await response.json() };
  }
  return { ...gateway, ask, askByGet, headersOf };
}

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const JSON_TYPE = { 'content-type': 'application/json', accept: GRAPHQL_RESPONSE };

const refusal = (code: string, message: string) => ({
  errors: [{ message, extensions: { code } }],
});
const NOT_FOUND = {
  status: 400,
  answer: refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'),
};
const NOT_SUPPORTED = {
  status: 400,
  answer: refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'),
};
const FORBIDDEN = {
  status: 403,
  answer: refusal(
    'FORBIDDEN',
    'Only trusted documents may be run here: name one by its `documentId`. The operator of this gateway adds documents to the manifest.',
  ),
};
const OTHER = {
  status: 400,
  answer: refusal(
    'BAD_REQUEST',
    'The id names a different document than `query` contains: send only one of them.',
  ),
};
const TITLE = { status: 200, answer: { data: { tune: { title: 'tune five' } } } };
const VARIABLES = { variables: { id: '5' } };

test.each(['also', 'only'])('under %s a document is named by its id, either way', async (trust) => {
  const { ask, askByGet, url } = await start(trust);
  const byId = { documentId: idOf(TUNE), ...VARIABLES };
  const byHash = { ...persisted(sha256(TUNE)), ...VARIABLES };
  for (const asked of [byId, byHash, { ...byId, ...byHash }, { ...byId, query: TUNE }]) {
    expect(await ask(asked)).toEqual(TITLE);
    expect(await askByGet(asked)).toEqual(TITLE);
    expect(await ask([asked])).toEqual({ status: 200, answer: [TITLE.answer] });
  }
  const form = [text('operations', { documentId: idOf(INSPECT), variables: { file: null } })];
  const parts = [...form, text('map', { 0: ['variables.file'] }), file('0'), END];
  expect(await post(url, parts)).toEqual({
    status: 200,
    data: { inspectImage: { inspection: { glasses: null } } },
  });
});

test('the text of a trusted document is one too, and its white space counts', async () => {
  const { ask } = await start('only');
  expect(await ask({ query: TUNE, ...VARIABLES })).toEqual(TITLE);
  expect(await ask({ query: TUNE, ...persisted(sha256(TUNE)), ...VARIABLES })).toEqual(TITLE);
  expect(await ask({ query: `${TUNE} `, ...VARIABLES })).toEqual(FORBIDDEN);
});

test.each<[string, object]>([
  ['an id of nothing', { documentId: idOf('query None { a }') }],
  ['a hash of nothing', persisted(sha256('query None { a }'))],
  ['the hash in capitals', { documentId: `sha256:${sha256(TUNE).toUpperCase()}` }],
  ['a hash in capitals', persisted(sha256(TUNE).toUpperCase())],
  ['a prefix in capitals', { documentId: `SHA256:${sha256(TUNE)}` }],
  ['the beginning of an id', { documentId: idOf(TUNE).slice(0, -1) }],
  ['an id with a space', { documentId: `${idOf(TUNE)} ` }],
  ['a name of a prototype', { documentId: '__proto__' }],
  ['another', { documentId: 'constructor' }],
  ['a prototype by its hash', persisted('toString')],
  ['an unknown id beside a document', { documentId: 'none', query: TUNE }],
])('%s is told as unknown', async (_, asked) => {
  for (const trust of ['also', 'only']) {
    const { ask, askByGet } = await start(trust);
    expect(await ask({ ...asked, ...VARIABLES })).toEqual(NOT_FOUND);
    expect(await askByGet({ ...asked, ...VARIABLES })).toEqual(NOT_FOUND);
  }
});

test.each<[string, object, string]>([
  [
    'a number',
    { documentId: 5 },
    '`documentId` must be a text, such as `sha256:` and the hash of a document.',
  ],
  [
    'a list',
    { documentId: [idOf(TUNE)] },
    '`documentId` must be a text, such as `sha256:` and the hash of a document.',
  ],
  [
    'another version',
    persisted(sha256(TUNE), 2),
    '`extensions.persistedQuery` must be `{ "version": 1, "sha256Hash": "…" }`, with the hash of a document.',
  ],
  [
    'no hash',
    { extensions: { persistedQuery: {} } },
    '`extensions.persistedQuery` must be `{ "version": 1, "sha256Hash": "…" }`, with the hash of a document.',
  ],
  [
    'a text',
    { extensions: { persistedQuery: sha256(TUNE) } },
    '`extensions.persistedQuery` must be `{ "version": 1, "sha256Hash": "…" }`, with the hash of a document.',
  ],
])('%s is no id', async (_, asked, message) => {
  const { ask } = await start('also');
  expect(await ask(asked)).toEqual({ status: 400, answer: refusal('BAD_REQUEST', message) });
});

test('another document beside an id is refused, whichever of them is trusted', async () => {
  for (const trust of ['also', 'only']) {
    const { ask, askByGet, requests } = await start(trust);
    for (const asked of [
      { documentId: idOf(TYPE), query: FREE },
      { ...persisted(sha256(TYPE)), query: FREE },
      { documentId: idOf(TYPE), query: TUNE },
      { documentId: idOf(FREE), query: TYPE },
      { ...persisted(sha256(FREE)), query: TYPE },
      { documentId: idOf(TYPE), ...persisted(sha256(TUNE)) },
    ]) {
      expect(await ask({ ...asked, ...VARIABLES })).toEqual(OTHER);
      expect(await askByGet({ ...asked, ...VARIABLES })).toEqual(OTHER);
    }
    expect(requests()).toEqual([]);
  }
});

test('beside others, a free document is run, with its own hash too; nothing is registered by it', async () => {
  const { ask } = await start('also');
  expect(await ask({ query: FREE })).toEqual(TITLE);
  expect(await ask({ query: FREE, ...persisted(sha256(FREE)) })).toEqual(TITLE);
  expect(await ask({ query: FREE, documentId: idOf(FREE) })).toEqual(TITLE);
  expect(await ask(persisted(sha256(FREE)))).toEqual(NOT_FOUND);
});

test('with TRUSTED_DOCUMENTS=only other documents are refused in every form of request', async () => {
  const { ask, askByGet, fetch, url, requests } = await start('only');
  expect(await ask({ query: FREE })).toEqual(FORBIDDEN);
  expect(await ask({ query: FREE, ...persisted(sha256(FREE)) })).toEqual(FORBIDDEN);
  expect(await askByGet({ query: FREE })).toEqual(FORBIDDEN);
  // One with a fault tells nothing of the schema.
  expect(await ask({ query: '{ tunez }' })).toEqual(FORBIDDEN);
  expect(await ask({ query: '{' })).toEqual(FORBIDDEN);
  expect(await ask({ query: '{ __schema { types { name } } }' })).toEqual(FORBIDDEN);
  const typed = (type: string, body: string) =>
    fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': type, 'apollo-require-preflight': 'true' },
      body,
    }).then((response) => response.json());
  expect(await typed('application/graphql', FREE)).toEqual(FORBIDDEN.answer);
  const form = String(new URLSearchParams({ query: FREE }));
  expect(await typed('application/x-www-form-urlencoded', form)).toEqual(FORBIDDEN.answer);
  const query = INSPECT.replace('glasses', 'bald');
  const operations = text('operations', { query, variables: { file: null } });
  const parts = [operations, text('map', { 0: ['variables.file'] }), file('0'), END];
  expect(await post(url, parts)).toEqual({ status: 403, ...FORBIDDEN.answer });
  const events = await openEvents(url, { query: JOBS.replace('Jobs', 'Others') });
  await events.ended;
  expect(events.told[0]?.result).toEqual(FORBIDDEN.answer);
  expect(requests()).toEqual([]);
});

test('a stream of a trusted document is opened by its id', async () => {
  const { url } = await start('only');
  const events = await openEvents(url, {
    documentId: idOf(JOBS),
    variables: { ids: ['1'] },
  } as never);
  expect(events.response.status).toBe(200);
  expect(events.response.headers.get('content-type')).toMatch('text/event-stream');
  events.leave();
});

test('each operation of a batch gets its own error', async () => {
  const { ask, requests } = await start('only');
  const trusted = { documentId: idOf(TYPE) };
  expect(await ask([trusted, { query: FREE }, { documentId: 'none' }, null])).toMatchObject({
    answer: [
      { data: { __typename: 'Query' } },
      FORBIDDEN.answer,
      NOT_FOUND.answer,
      { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    ],
  });
  expect(requests()).toEqual([]);
});

test('the body of a GET is not read', async () => {
  const { url, requests } = await start('only');
  const { hostname, port, pathname } = new URL(url);
  const path = `${pathname}?${new URLSearchParams({ documentId: idOf(TYPE) })}`;
  const body = JSON.stringify({ query: FREE, documentId: idOf(TUNE), ...VARIABLES });
  const headers = { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) };
  const asked = request({ hostname, port, path, headers }).end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(await json(response)).toEqual({ data: { __typename: 'Query' } });
  expect(requests()).toEqual([]);
});

test('a mutation is no more allowed in an address by its id', async () => {
  const { askByGet, requests } = await start('only');
  const { status, answer } = await askByGet({ documentId: idOf(RENAME), ...VARIABLES });
  expect(status).toBe(405);
  expect(answer).toEqual(
    refusal('BAD_REQUEST', 'Can only perform a mutation operation from a POST request.'),
  );
  expect(requests()).toEqual([]);
});

test('a key for trusted documents may only run those, and another key may run any', async () => {
  const { ask, askByGet } = await start('also', { GATEWAY_KEYS: KEYS });
  expect(await ask({ query: FREE }, 'server')).toEqual(TITLE);
  expect(await ask({ query: FREE }, 'page')).toEqual(FORBIDDEN);
  expect(await askByGet({ query: FREE }, 'page')).toEqual(FORBIDDEN);
  expect(await ask({ documentId: idOf(TUNE), ...VARIABLES }, 'page')).toEqual(TITLE);
});

test('what is off: no id is taken, and a key for trusted documents alone runs nothing', async () => {
  const { ask, askByGet, deps } = await start('off', {
    GATEWAY_KEYS: gatewayKeys({ name: 'page' }),
  });
  const byId = { documentId: idOf(TUNE), ...VARIABLES };
  expect(await ask(byId, 'page')).toEqual(NOT_SUPPORTED);
  expect(await askByGet(byId, 'page')).toEqual(NOT_SUPPORTED);
  expect(await ask({ ...byId, query: TUNE }, 'page')).toEqual(TITLE);
  // Its file may change while the process lives.
  const [key] = deps.config.gatewayKeys;
  deps.callers.renew({ gatewayKeys: [{ ...(key as NonNullable<typeof key>), documents: 'only' }] });
  expect(await ask({ query: TUNE, ...VARIABLES }, 'page')).toEqual(FORBIDDEN);
});

test('GraphiQL and introspection are off where they are alone, unless they are switched on', async () => {
  const page = { headers: { accept: 'text/html' } };
  const alone = await start('only');
  expect((await alone.fetch('/graphql', page)).headers.get('content-type')).not.toMatch('html');
  const { config } = alone.deps;
  expect([config.introspection, config.graphiql]).toEqual([false, false]);
  const open = await start('only', { GRAPHIQL: 'on', INTROSPECTION: 'on' });
  expect((await open.fetch('/graphql', page)).headers.get('content-type')).toMatch('html');
  expect(open.deps.config.introspection).toBe(true);
  const beside = await start('also');
  expect([beside.deps.config.introspection, beside.deps.config.graphiql]).toEqual([true, true]);
});

test('no document is read for a request: trusted ones were at the start, others are not at all', async () => {
  const { ask, deps } = await start('only');
  const reads = vi.spyOn(deps.load, 'readInTurn');
  expect(await ask({ documentId: idOf(TUNE), ...VARIABLES })).toEqual(TITLE);
  expect(await ask({ query: TYPE })).toMatchObject({ status: 200 });
  expect(await ask({ query: FREE })).toEqual(FORBIDDEN);
  expect(await ask([{ query: FREE }])).toMatchObject({ answer: [FORBIDDEN.answer] });
  expect(reads).not.toHaveBeenCalled();
});

test('identical questions by an id are run once', async () => {
  let executions = 0;
  const watchers = () => [{ over: () => void executions++ }];
  const { ask, emulator, requests } = await start('only', {}, { watchers });
  emulator.fail({ method: 'GET', path: '/tunes/5', latencyMs: 2000, times: 20 });
  const byId = { documentId: idOf(TUNE), ...VARIABLES };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(byId)));
  expect(answers).toEqual(Array(20).fill(TITLE));
  expect(requests()).toEqual(['GET /tunes/5']);
  expect(executions).toBe(1);
});

test.each<[string, unknown, string]>([
  ['Apollo', apolloOf(TUNE), sha256(TUNE)],
  [
    'Relay',
    { [createHash('md5').update(TUNE).digest('hex')]: TUNE },
    createHash('md5').update(TUNE).digest('hex'),
  ],
  ['names of your own', { __proto__x: TYPE, ['__proto__']: TUNE }, '__proto__'],
])(
  'ids of %s are taken as they stand in the file, and by the hash of the text',
  async (_, manifest, id) => {
    const { ask } = await start('only', { [PATH]: fileOf(manifest) });
    for (const asked of [{ documentId: id }, persisted(id), { documentId: idOf(TUNE) }]) {
      expect(await ask({ ...asked, ...VARIABLES })).toEqual(TITLE);
    }
  },
);

test('several files count together, and none of what changes in them until the next start', async () => {
  const files = [fileOf(presetOf(TYPE)), fileOf(apolloOf(TUNE))];
  const { ask } = await start('only', { [PATH]: files.join(', ') });
  writeFileSync(files[1] as string, JSON.stringify(apolloOf(FREE)));
  expect(await ask({ documentId: idOf(TYPE) })).toMatchObject({ status: 200 });
  expect(await ask({ documentId: idOf(TUNE), ...VARIABLES })).toEqual(TITLE);
  expect(await ask({ documentId: idOf(FREE) })).toEqual(NOT_FOUND);
});
