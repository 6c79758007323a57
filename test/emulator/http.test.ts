import { expect, test } from 'vitest';
import { start } from './support.ts';

test.each([
  ['no key', undefined],
  ['another scheme', 'Token sd_test'],
  ['a key of another shape', 'Bearer test'],
])('%s is denied in plain text, whatever is accepted', async (_, authorization) => {
  const { emulator } = await start();
  const response = await fetch(`${emulator.url}/tunes`, {
    headers: { accept: 'application/json', ...(authorization && { authorization }) },
  });
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await response.text()).toBe('HTTP Token: Access denied.');
});

test('every thing answers with and without `.json`', async () => {
  const { get, patch, account } = await start();
  account.addTune({ id: 1 });
  account.addPrompt({ id: 2, tune_id: 1 });
  account.addPack({ id: 3 });
  account.addWorkspace({ id: 4 });
  const paths = ['/tunes', '/tunes/1', '/tunes/1/prompts', '/tunes/1/prompts/2', '/prompts/2'];
  for (const path of [...paths, '/packs', '/p/3', '/workspaces', '/workspaces/4', '/users']) {
    const plain = await get(path);
    expect([path, plain.status]).toEqual([path, 200]);
    expect((await get(`${path}.json`)).body).toEqual(plain.body);
  }
  const { body } = await patch('/tunes/1.json', { tune: { title: 'new' } });
  expect(body.title).toBe('new');
});

test.each(['/tunes/9', '/tunes/abc', '/prompts/9', '/p/9', '/tunes/9/prompts', '/nothing'])(
  '%s is not found, as Rails says it',
  async (path) => {
    const { get } = await start();
    const { status, body } = await get(path);
    expect({ status, body }).toEqual({ status: 404, body: { status: 404, error: 'Not Found' } });
  },
);

test('who has an answer already is told so', async () => {
  const { get, patch, account } = await start();
  account.addTune({ id: 1 });
  const first = await get('/tunes/1');
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[0-9a-f]+"$/);
  expect(first.headers.get('cache-control')).toBe('max-age=0, private, must-revalidate');
  const again = await get('/tunes/1', { 'if-none-match': `"other", ${etag}` });
  expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
  await patch('/tunes/1', { tune: { title: 'new' } });
  const changed = await get('/tunes/1', { 'if-none-match': etag });
  expect([changed.status, changed.body.title]).toEqual([200, 'new']);
  expect(changed.headers.get('etag')).not.toBe(etag);
});

test('a failure and a write have no ETag', async () => {
  const { get, patch, account } = await start();
  account.addTune({ id: 1 });
  expect((await get('/tunes/2')).headers.has('etag')).toBe(false);
  expect((await patch('/tunes/1', { tune: {} })).headers.has('etag')).toBe(false);
});

test('every request is written down as it came', async () => {
  const { post, get, emulator } = await start();
  await get('/tunes?name[]=man&limit=5', { 'x-workspace-id': 'all' });
  await post('/tunes', new URLSearchParams([['tune[title]', 'Maya']]));
  expect(emulator.requests).toMatchObject([
    {
      method: 'GET',
      path: '/tunes?name[]=man&limit=5',
      headers: { authorization: 'Bearer sd_test', 'x-workspace-id': 'all' },
      body: null,
    },
    { method: 'POST', path: '/tunes', body: { tune: { title: 'Maya' } } },
  ]);
  emulator.clearRequests();
  expect(emulator.requests).toEqual([]);
});

test('a name that would reach the prototype of everything is left out', async () => {
  const { post, emulator } = await start();
  await post('/tunes', new URLSearchParams([['tune[__proto__][polluted]', 'yes']]));
  expect(emulator.requests[0]?.body).toEqual({});
  expect({}).not.toHaveProperty('polluted');
});

test('two emulators know nothing of each other', async () => {
  const [one, other] = [await start(), await start()];
  one.account.addTune({ id: 1 });
  expect((await other.get('/tunes/1')).status).toBe(404);
});
