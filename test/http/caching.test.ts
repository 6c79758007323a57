/** What caches may keep of answers, and that a client which has an answer is not sent it again. */
import { type IncomingMessage, request } from 'node:http';
import { isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { fileOf, presetOf, sha256 } from '../support/manifest.ts';

const VARY = 'Authorization, X-Workspace-Id, Origin, Accept, Accept-Encoding';
const OWN = 'private, no-cache';
const TUNES = '{ tunes { nodes { title } } }';
const MANY = '{ tunes(first: 50) { nodes { id title createdAt } } }';
const GALLERY = '{ gallery { tunes(first: 2) { nodes { id title } } } }';
const MODELS = '{ models { imageModels { name tuneId } } }';

type Headers = Record<string, string>;

async function start(options: TestGatewayOptions = {}) {
  const gateway = await startGateway(options);
  gateway.account.addTune({ id: 5, title: 'tune five' });
  /** As it came: `fetch` would decompress it. */
  async function get(query: string, headers: Headers = {}) {
    const url = `${gateway.url}?${new URLSearchParams({ query })}`;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, { headers }, resolve).on('error', reject).end();
    });
    const body = Buffer.concat(await response.toArray());
    const { etag, vary, 'cache-control': policy } = response.headers;
    return { status: response.statusCode, etag, vary, policy, body, headers: response.headers };
  }
  const policyOf = async (query: string, headers?: Headers) => (await get(query, headers)).policy;
  return { ...gateway, get, policyOf };
}

test('a query in an address has an ETag, by which its answer is not sent again', async () => {
  const { get, account, requests } = await start();
  const first = await get(TUNES);
  expect(first).toMatchObject({ status: 200, policy: OWN, vary: VARY });
  expect(first.etag).toMatch(/^"[\w-]{43}"$/);
  const etag = String(first.etag);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, `"other",${etag} ,"x"`, '*']) {
    const again = await get(TUNES, { 'if-none-match': known });
    expect(again).toMatchObject({ status: 304, etag, policy: OWN, vary: VARY });
    expect(again.body).toHaveLength(0);
    for (const name of [
      'content-type',
      'content-length',
      'content-encoding',
      'transfer-encoding',
    ]) {
      expect(again.headers).not.toHaveProperty(name);
    }
  }
  expect((await get(TUNES, { 'if-none-match': etag.replaceAll('"', '') })).status).toBe(200);
  account.addTune({ id: 6, title: 'tune six' });
  const changed = await get(TUNES, { 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(changed.etag).not.toBe(etag);
  // It is asked each time: nobody knows what has changed.
  expect(requests().length).toBe(8);
});

test('each encoding has an ETag of its own', async () => {
  const { get, account } = await start();
  for (let id = 10; id < 30; id++)
    account.addTune({ id, title: `tune ${id}, of a title that is long` });
  const codings = ['identity', 'gzip', 'br'];
  const askIn = (coding: string, known = '') =>
    get(MANY, { 'accept-encoding': coding, 'if-none-match': known });
  const answers = await Promise.all(codings.map((coding) => askIn(coding)));
  const etags = answers.map(({ etag }) => String(etag));
  expect(new Set(etags).size).toBe(3);
  for (const [index, coding] of codings.entries()) {
    const statuses = await Promise.all(
      etags.map(async (etag) => (await askIn(coding, etag)).status),
    );
    expect(statuses).toEqual(etags.map((_, other) => (other === index ? 304 : 200)));
  }
});

test.each<[string, string]>([
  [GALLERY, 'public, max-age=60'],
  [MODELS, 'public, max-age=86400'],
  [
    `{ ...M ...G } fragment M on Query ${MODELS} fragment G on Query ${GALLERY}`,
    'public, max-age=60',
  ],
  [
    '{ __typename g: gallery { __typename packs { edges { cursor node { slug costs { cost { usd } } } } pageInfo { hasNextPage endCursor } } } }',
    'public, max-age=60',
  ],
])('%s is for all', async (query, policy) => {
  const { get } = await start();
  const answer = await get(query);
  expect(answer).toMatchObject({ status: 200, policy, vary: VARY });
  expect(answer.etag).toBeDefined();
});

test.each([
  TUNES,
  '{ __typename }',
  '{ __schema { queryType { name } } }',
  '{ viewer { name } }',
  '{ tune(id: 1504944) { title } }',
  `{ tunes { nodes { title } } ...G } fragment G on Query ${GALLERY}`,
  // What a row of the gallery leads to is read with the caller's key.
  '{ gallery { tunes { nodes { baseTune { title } } } } }',
  '{ gallery { tunes { nodes { prompts(first: 1) { nodes { id } } } } } }',
  '{ gallery { packs { nodes { coverUrl } } } }',
  '{ gallery { tunes { nodes { ckptUrls } } } }',
  '{ gallery { tunes { nodes { ... on Node { id } } } } }',
  '{ gallery { tunes { nodes { ...T } } } } fragment T on Tune { origImages }',
  'query ($no: Boolean = false) { gallery { tunes { nodes { title origImages @include(if: $no) } } } }',
  '{ models { imageModels { tune { title } } } }',
])("%s is the caller's own", async (query) => {
  const { get } = await start();
  expect(await get(query)).toMatchObject({ status: 200, policy: OWN, vary: VARY });
});

test('a trusted document is kept as any other', async () => {
  const path = fileOf(presetOf(GALLERY, TUNES));
  const environment = { TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_PATH: path };
  const { fetch } = await start({ environment });
  const policyById = async (document: string) => {
    const answer = await fetch(`/graphql?documentId=sha256:${sha256(document)}`);
    return answer.headers.get('cache-control');
  };
  expect(await policyById(GALLERY)).toBe('public, max-age=60');
  expect(await policyById(TUNES)).toBe(OWN);
});

test('models are cached for as long as Astria said', async () => {
  const { policyOf, clock, emulator } = await start();
  expect(await policyOf(MODELS)).toBe('public, max-age=86400');
  clock.advance(86_000_500);
  expect(await policyOf(MODELS)).toBe('public, max-age=399');
  clock.advance(399_000);
  // The last half second is over for a cache before it has begun.
  expect(await policyOf(MODELS)).toBe(OWN);
  clock.advance(1000);
  emulator.fail({ path: '/cli/models', status: 500 });
  expect(await policyOf(MODELS)).toBe('public, max-age=60');
});

test('no answer to a caller who is bound to workspaces is public', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'bound', workspaces: ['personal'] }, { name: 'free' });
  const { policyOf } = await start({ environment: { GATEWAY_KEYS } });
  expect(await policyOf(GALLERY, bearer('free'))).toBe('public, max-age=60');
  expect(await policyOf(GALLERY, bearer('bound'))).toBe(OWN);
});

test("no answer with the gateway's own picture addresses is public", async () => {
  const { policyOf } = await start({ hasOwnMedia: true });
  expect(await policyOf(GALLERY)).toBe(OWN);
});

test.each<[string, string, Headers]>([
  ['a document with a fault', '{ tunez }', {}],
  ['a field that fails', '{ gallery { tunes(first: 101) { nodes { id } } } }', {}],
  ['a mutation', 'mutation { likePrompt(input: { id: 7 }) { prompt { id } } }', {}],
  ['a key that is none', GALLERY, { authorization: 'Bearer nobody' }],
  ['a workspace that is none', GALLERY, { 'x-workspace-id': 'none' }],
  ['a report', GALLERY, { 'x-upstream-report': '1' }],
  ['what is answered in no media type of ours', GALLERY, { accept: 'image/png' }],
  [
    'a page of another site',
    GALLERY,
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ],
])('of the answer to %s nothing is kept', async (_, query, headers) => {
  const { get } = await start({ environment: { CORS_ORIGINS: 'https://a.example' } });
  const answer = await get(query, { ...headers, 'if-none-match': '*' });
  expect(answer.status).not.toBe(304);
  expect(answer).toMatchObject({ policy: 'no-store', etag: undefined, vary: VARY });
});

test('nor of a stream, a POST, or a form', async () => {
  const { get, fetch } = await start();
  for (const accept of ['text/event-stream', 'multipart/mixed']) {
    const { headers, etag } = await get(GALLERY, { accept, 'if-none-match': '*' });
    expect([headers['cache-control'], etag]).toEqual(['no-store', undefined]);
  }
  for (const body of [{ query: GALLERY }, [{ query: GALLERY }]]) {
    const { status, headers } = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-none-match': '*' },
      body: JSON.stringify(body),
    });
    expect([status, headers.get('cache-control'), headers.get('etag')]).toEqual([
      200,
      'no-store',
      null,
    ]);
  }
});

test('identical queries in flight share the answer and its ETag, each with its own 304', async () => {
  const { get, emulator, requests } = await start();
  const { etag } = await get(TUNES);
  emulator.clearRequests();
  emulator.fail({ path: '/tunes', latencyMs: 2000 });
  const answers = await Promise.all([
    get(TUNES),
    get(TUNES, { 'if-none-match': String(etag) }),
    get(TUNES, { 'if-none-match': '"other"' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 304, 200]);
  expect(new Set(answers.map((answer) => answer.etag))).toEqual(new Set([etag]));
  expect(requests()).toHaveLength(1);
});

/** To add one is to say that it tells everybody the same: look at where its type is reached from. */
test('only these fields are public', () => {
  const marked = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => {
      const fields = Object.values(type.getFields()).filter(
        ({ extensions }) => extensions.isForAll,
      );
      return fields.length > 0 ? [`${type.name}: ${fields.map(({ name }) => name).join(' ')}`] : [];
    });
  expect(marked).toMatchInlineSnapshot(`
    [
      "Gallery: packs tunes",
      "ImageModel: name resolutions title tuneId",
      "ModelCatalogue: defaultImageModel defaultVideoModel imageModels videoModels",
      "Money: milliCents usd",
      "Pack: astriaId baseTuneId costs createdAt id logo mainClassName modelType multiplier multiplierApi publicAt slug subtitle title token updatedAt",
      "PackConnection: edges nodes pageInfo",
      "PackCost: className cost numImages",
      "PackEdge: cursor node",
      "PageInfo: endCursor hasNextPage hasPreviousPage startCursor",
      "PromptConnection: edges nodes pageInfo",
      "PromptEdge: cursor node",
      "Query: gallery models",
      "Tune: astriaId baseTuneId branch createdAt faceCrop id isApi modelType name reference startedTrainingAt status steps title token trainedAt updatedAt",
      "TuneConnection: edges nodes pageInfo",
      "TuneEdge: cursor node",
      "VideoModel: aspectRatios generatesAudio motionControl name needsInputVideo supportsAudioReference supportsImageReferences supportsLastFrame title",
    ]
  `);
});
