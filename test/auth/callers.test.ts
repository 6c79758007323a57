/** Who may call, and what they may do. */
import { expect, onTestFinished, test } from 'vitest';
import { createCallers } from '../../src/auth/callers.ts';
import { readConfig } from '../../src/config.ts';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys, secretOf } from '../support/gateway-keys.ts';
import { begin, file } from '../support/multipart.ts';
import { tuneOf } from '../support/uploads.ts';

const KEYS = gatewayKeys({ name: 'web', role: 'read' }, { name: 'jobs' });
const guarded = { environment: { GATEWAY_KEYS: KEYS } };
const TUNES = '{ tunes { nodes { title } } }';

const HELD = { ASTRIA_AUTH_TOKEN: 'sd_held', WORKSPACE_ID: '12' };
const NAMED: [string, Record<string, string>, string | undefined, object][] = [
  [
    'nobody, where each brings its own key',
    { ASTRIA_BASE_URL: 'http://127.0.0.1:1' },
    undefined,
    { name: 'anonymous', role: 'write', credential: { token: undefined } },
  ],
  [
    'one who brings a key of Astria',
    { ASTRIA_BASE_URL: 'http://127.0.0.1:1' },
    'Bearer sd_a',
    { role: 'write', workspaces: undefined, credential: { token: 'sd_a' } },
  ],
  [
    'somebody on this machine, before a held key',
    HELD,
    undefined,
    { name: 'local', role: 'write', credential: { token: 'sd_held', workspaceId: '12' } },
  ],
  [
    'one who brings its own key to a held one',
    { ...HELD, GATEWAY_KEYS: KEYS, ALLOW_CALLER_KEYS: 'on' },
    'Bearer sd_a',
    { role: 'write', credential: { token: 'sd_a', workspaceId: undefined } },
  ],
  [
    'the holder of a gateway key',
    { ...HELD, GATEWAY_KEYS: KEYS },
    `bearer ${secretOf('web')}`,
    {
      name: 'web',
      role: 'read',
      workspaces: undefined,
      credential: { token: 'sd_held', workspaceId: '12', owner: 'web' },
    },
  ],
  ['a guest of the demo', {}, undefined, { name: 'anonymous', credential: { token: 'sd_demo' } }],
  ['a caller of the demo', {}, 'Bearer sd_x', { credential: { token: 'sd_x' } }],
  [
    'a caller of a demo with keys',
    { GATEWAY_KEYS: KEYS },
    `Bearer ${secretOf('jobs')}`,
    { name: 'jobs', credential: { token: 'sd_demo' } },
  ],
];

test.each(NAMED)('%s is known as such', async (_, environment, authorization, expected) => {
  const caller = await createCallers(readConfig(environment)).identify(authorization);
  expect(caller).toMatchObject(expected);
});

test('the name of one who brings a key tells keys apart, and no key', async () => {
  const { identify } = createCallers(readConfig({ ASTRIA_BASE_URL: 'http://127.0.0.1:1' }));
  const nameOf = async (key: string) => (await identify(`Bearer ${key}`)).name;
  expect(await nameOf('sd_a')).toMatch(/^key:[\da-f]{12}$/);
  expect(await nameOf('sd_a')).toBe(await nameOf('sd_a'));
  expect(await nameOf('sd_a')).not.toBe(await nameOf('sd_b'));
});

const STRANGERS: [string, Record<string, string>][] = [
  ['no header', {}],
  ['a key of Astria', { authorization: 'Bearer sd_test' }],
  ['an unknown key', { authorization: 'Bearer gk_secret-of-nobody' }],
  ['half a key', { authorization: `Bearer ${secretOf('web').slice(0, -1)}` }],
  ['a token', { authorization: 'Bearer eyJh.eyJz.c2ln' }],
  ['another scheme', { authorization: `Basic ${secretOf('web')}` }],
];
const ASKED: [string, string, RequestInit][] = [
  ['a query', '/graphql', post({ query: TUNES })],
  ['__typename', '/graphql', post({ query: '{ __typename }' })],
  ['introspection', '/graphql', post({ query: '{ __schema { queryType { name } } }' })],
  ['the gallery', '/graphql', post({ query: '{ gallery { tunes { nodes { id } } } }' })],
  ['the models', '/graphql', post({ query: '{ models { __typename } }' })],
  ['what is invalid', '/graphql', post({ query: '{ tuness }' })],
  ['what is no JSON', '/graphql', post('{')],
  ['a list', '/graphql', post([{ query: TUNES }])],
  ['a GET', `/graphql?query=${encodeURIComponent(TUNES)}`, {}],
  [
    'a form',
    '/graphql',
    {
      method: 'POST',
      headers: { 'x-requested-with': 'x' },
      body: new URLSearchParams({ query: TUNES }),
    },
  ],
  ['an upload', '/graphql', upload()],
];

function post(body: unknown): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: text };
}

function upload(): RequestInit {
  const body = new FormData();
  body.set('operations', JSON.stringify({ query: '{ __typename }', variables: { a: null } }));
  body.set('map', '{"0":["variables.a"]}');
  body.set('0', new Blob(['x'], { type: 'image/png' }), 'x.png');
  return { method: 'POST', headers: { 'apollo-require-preflight': 'x' }, body };
}

test.each(ASKED)('%s needs a caller that is known', async (_, path, init) => {
  const { fetch, requests } = await startGateway(guarded);
  for (const [, headers] of STRANGERS) {
    const response = await fetch(path, { ...init, headers: { ...init.headers, ...headers } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The header `Authorization` must be `Bearer gk_…`, with a key of this gateway.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
  }
  expect(requests()).toEqual([]);
  const known = await fetch(path, { ...init, headers: { ...init.headers, ...bearer('web') } });
  expect(known.status).not.toBe(401);
});

test('what a known caller asks is asked with the held key, and the caller’s own goes nowhere', async () => {
  const { run, emulator, account } = await startGateway(guarded);
  account.addTune({ id: 5, title: 'five' });
  expect(await run(TUNES, {}, bearer('web'))).toEqual({
    data: { tunes: { nodes: [{ title: 'five' }] } },
  });
  expect(emulator.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer sd_test']);
});

const WRITE = 'mutation { likePrompt(input: { id: 7 }) { prompt { id } } }';

test('who may only read changes nothing, by whichever way', async () => {
  const { fetch, run, requests, account } = await startGateway(guarded);
  account.addPrompt({ id: 7 });
  const forbidden = {
    errors: [
      {
        message: 'You may read only: a mutation needs a key, or a token, with the role `write`.',
        extensions: { code: 'FORBIDDEN' },
      },
    ],
  };
  const two = `query A { __typename } ${WRITE.replace('mutation', 'mutation B')}`;
  const long = `${WRITE} #${'x'.repeat(90_000)}`;
  for (const body of [{ query: WRITE }, { query: two, operationName: 'B' }, { query: long }]) {
    const init = post(body);
    const response = await fetch('/graphql', {
      ...init,
      headers: { ...init.headers, ...bearer('web') },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual(forbidden);
  }
  const viaGet = await fetch(`/graphql?query=${encodeURIComponent(WRITE)}`, {
    headers: bearer('web'),
  });
  expect(viaGet.status).toBe(405);
  expect(requests()).toEqual([]);
  expect((await run(WRITE, {}, bearer('jobs'))).errors).toBeUndefined();
  expect(requests()).toContain('POST /prompts/7/likes');
});

test.each(['', ' '])('the header `Authorization: %s` is as none', async (authorization) => {
  const gateway = await startGateway();
  const asked = '{ viewer { email } }';
  const answer = await gateway.run(asked);
  expect(answer.errors).toBeUndefined();
  expect(await gateway.run(asked, {}, { authorization })).toEqual(answer);
  const { run } = await startGateway(guarded);
  expect((await run(asked, {}, { authorization })).errors?.[0]?.extensions).toEqual({
    code: 'UNAUTHENTICATED',
  });
});

test('of an upload by one who may only read, no file is read', async () => {
  const gateway = await startGateway(guarded);
  const { outgoing, answer } = begin(gateway.url, bearer('web'));
  for (const piece of tuneOf(1)) outgoing.write(piece);
  outgoing.write(file('0').subarray(0, 100));
  // It comes while the file is still on its way.
  expect(await answer).toMatchObject({
    status: 403,
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  outgoing.destroy();
  expect(gateway.requests()).toEqual([]);
});

test.each(['application/json', 'multipart/form-data; boundary=x'])(
  'a stranger who goes on sending %s is answered, and cut off soon',
  async (type) => {
    const gateway = await startGateway(guarded);
    const beganMs = performance.now();
    const { outgoing, answer } = begin(gateway.url, { 'content-type': type });
    outgoing.on('error', () => {});
    const writing = setInterval(() => outgoing.write(Buffer.alloc(1000)), 20);
    onTestFinished(() => clearInterval(writing));
    expect(await answer).toMatchObject({ status: 401 });
    await new Promise((resolve) => outgoing.once('close', resolve));
    expect(performance.now() - beganMs).toBeLessThan(10_000);
  },
);

test('without a held key nobody reaches Astria without one, but for what is public', async () => {
  const { run, requests, emulator } = await startGateway({ token: '' });
  const answer = await run(
    '{ __typename models { __typename } gallery { tunes(first: 1) { nodes { id } } } tunes { nodes { id } } viewer { email } }',
  );
  expect(answer.data).toMatchObject({
    __typename: 'Query',
    gallery: { tunes: { nodes: [{ id: expect.any(String) }] } },
    tunes: null,
    viewer: null,
  });
  expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([
    'UNAUTHENTICATED',
    'UNAUTHENTICATED',
  ]);
  expect(requests().sort()).toEqual(['GET /cli/models', 'GET /gallery/tunes?limit=2']);
  expect(emulator.requests.map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    undefined,
  ]);
});

test('callers of one held key share reads, and never an operation', async () => {
  const { run, requests, emulator, account } = await startGateway(guarded);
  account.addTune({ id: 5, title: 'five' });
  for (const name of ['web', 'jobs']) await run(TUNES, {}, bearer(name));
  emulator.clearRequests();
  emulator.fail({ method: 'GET', path: '/tunes', latencyMs: 100, times: 4 });
  const [web, jobs, stranger] = await Promise.all([
    run(TUNES, {}, bearer('web')),
    run(TUNES, {}, bearer('jobs')),
    run(TUNES),
  ]);
  expect(web).toEqual({ data: { tunes: { nodes: [{ title: 'five' }] } } });
  expect(jobs).toEqual(web);
  expect(stranger).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(requests()).toHaveLength(1);
});

test('no key is in the log, whatever happens', async () => {
  const { run, emulator, logged, fetch } = await startGateway(guarded);
  emulator.fail({ path: '/tunes', broken: 'cut-json' });
  await run(TUNES, {}, bearer('web'));
  emulator.fail({ path: '/tunes', broken: 'reset' });
  const answer = await run(TUNES, {}, bearer('web'));
  const page = await (await fetch('/graphql', { headers: { accept: 'text/html' } })).text();
  expect(logged.length).toBeGreaterThan(0);
  for (const text of [logged.join(), JSON.stringify(answer), page]) {
    expect(text).not.toContain('sd_test');
    expect(text).not.toContain(secretOf('web'));
  }
});
