import { expect, test } from 'vitest';
import { type Json, PHOTO, start } from './support.ts';

const tune = { title: 'Maya', image_urls: [PHOTO] };

test.each([
  [400, 'application/json', '{"status":400,"error":"Bad Request"}'],
  [401, 'text/plain', 'HTTP Token: Access denied.'],
  [429, 'text/plain', 'Retry later\n'],
  [500, 'application/json', '{"status":500,"error":"Internal Server Error"}'],
  [502, 'text/html', '<h1>502 Bad Gateway</h1>'],
  [503, 'text/html', '<h1>503 Service Temporarily Unavailable</h1>'],
  [504, 'text/html', '<h1>504 Gateway Time-out</h1>'],
])('a %i looks like one of Rails or of the proxy', async (status, type, text) => {
  const { emulator } = await start();
  emulator.fail({ status });
  const response = await fetch(`${emulator.url}/tunes`);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain(type);
  expect(await response.text()).toContain(text);
});

test('a fault meets as many requests as it says, of the kind it says', async () => {
  const { get, post, emulator } = await start();
  emulator.fail({ method: 'GET', path: '/tunes', status: 500, times: 2 });
  expect((await get('/prompts')).status).toBe(200);
  expect((await post('/tunes', { tune })).status).toBe(201);
  expect((await get('/tunes')).status).toBe(500);
  expect((await get('/tunes/5300000')).status).toBe(500);
  expect((await get('/tunes')).status).toBe(200);
});

test.each([
  ['/tunes/*', ['/tunes/1'], ['/tunes', '/tunes/1/prompts']],
  ['/tunes/**', ['/tunes/1', '/tunes/1/prompts'], ['/prompts/1']],
  ['/^.prompts$/', ['/prompts'], ['/prompts/1']],
  [/\/prompts$/, ['/prompts', '/tunes/1/prompts'], ['/prompts/1']],
])('the path %s means %j and not %j', async (path, met, spared) => {
  const { get, emulator } = await start();
  emulator.fail({ path, status: 418, times: 99 });
  for (const one of met) expect([one, (await get(one)).status]).toEqual([one, 418]);
  for (const one of spared) expect([one, (await get(one)).status]).not.toEqual([one, 418]);
});

test('faults are used in their order, and can be taken back', async () => {
  const { get, emulator } = await start();
  emulator.fail({ status: 500 });
  emulator.fail({ status: 503 });
  emulator.fail({ status: 502, times: 5 });
  expect((await get('/tunes')).status).toBe(500);
  expect((await get('/tunes')).status).toBe(503);
  expect((await get('/tunes')).status).toBe(502);
  emulator.clearFaults();
  expect((await get('/tunes')).status).toBe(200);
});

test('a 504 may come after the write, which is there then', async () => {
  const { get, post, emulator } = await start();
  emulator.fail({ method: 'POST', status: 504, afterWrite: true });
  expect((await post('/tunes', { tune })).status).toBe(504);
  expect((await get<Json[]>('/tunes')).body).toMatchObject([{ title: 'Maya' }]);
});

test('without it, what failed has not happened', async () => {
  const { get, post, emulator } = await start();
  emulator.fail({ method: 'POST', status: 504 });
  expect((await post('/tunes', { tune })).status).toBe(504);
  expect((await get('/tunes')).body).toEqual([]);
});

test('a reset is no answer at all, before or after the write', async () => {
  const { get, post, emulator } = await start();
  emulator.fail({ method: 'POST', broken: 'reset' });
  await expect(post('/tunes', { tune })).rejects.toThrow('fetch failed');
  expect((await get('/tunes')).body).toEqual([]);
  emulator.fail({ method: 'POST', broken: 'reset', afterWrite: true });
  await expect(post('/tunes', { tune })).rejects.toThrow('fetch failed');
  expect((await get<Json[]>('/tunes')).body).toHaveLength(1);
});

test('a body breaks off in its middle, or pretends that it is whole', async () => {
  const { get, account, emulator } = await start();
  account.addTune({ id: 1 });
  const { length } = JSON.stringify((await get('/tunes/1')).body);
  emulator.fail({ broken: 'halfway' });
  await expect(get('/tunes/1')).rejects.toThrow('terminated');
  emulator.fail({ broken: 'cut-json' });
  const cut = await fetch(`${emulator.url}/tunes/1`, {
    headers: { authorization: 'Bearer sd_test' },
  });
  expect([cut.status, (await cut.text()).length]).toEqual([200, Math.floor(length / 2)]);
  emulator.fail({ broken: 'empty' });
  expect(await get('/tunes/1')).toMatchObject({ status: 200, body: '' });
});

test('fields of the real answer are patched', async () => {
  const { get, account, emulator } = await start();
  account.addTune({ id: 1 });
  account.addTune({ id: 2, title: 'Maya' });
  emulator.fail({ path: '/tunes', patch: { '*.steps': 'many', '0.id': null, 'no.such': 1 } });
  expect((await get<Json[]>('/tunes')).body).toMatchObject([
    { id: null, title: 'Maya', steps: 'many' },
    { id: 1, steps: 'many' },
  ]);
  expect((await get('/tunes/1')).body.steps).toBeNull();
});

test('another body stands in for the real one', async () => {
  const { get, emulator } = await start();
  emulator.fail({ path: '/tunes', body: [{ id: 5 }] });
  expect((await get('/tunes')).body).toEqual([{ id: 5 }]);
  emulator.fail({ status: 422, body: { base: ['no'] } });
  expect(await get('/tunes')).toMatchObject({ status: 422, body: { base: ['no'] } });
});

test('when to come back is said if it is known', async () => {
  const { get, emulator } = await start();
  const retryAfter = async () => (await get('/tunes')).headers.get('retry-after');
  emulator.fail({ status: 429 });
  expect(await retryAfter()).toBeNull();
  emulator.fail({ status: 429, retryAfter: 3 });
  expect(await retryAfter()).toBe('3');
  emulator.unknowns.retryAfter = 30;
  emulator.fail({ status: 429 });
  expect(await retryAfter()).toBe('30');
  emulator.fail({ status: 503 });
  expect(await retryAfter()).toBeNull();
});

test('an answer is late', async () => {
  const { get, emulator } = await start();
  emulator.fail({ latencyMs: 120 });
  const before = performance.now();
  expect((await get('/tunes')).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(119);
});

test('faults can be set from another process', async () => {
  const { send, get, emulator } = await start();
  const path = '/emulator/faults';
  expect((await send('POST', path, { path: '/tunes', status: 503, times: 2 })).status).toBe(201);
  expect((await get('/tunes')).status).toBe(503);
  expect((await get(path)).body).toEqual([{ path: '/tunes', status: 503, times: 1 }]);
  expect((await send('DELETE', path)).status).toBe(204);
  expect((await get('/tunes')).status).toBe(200);
  const misspelt = await send('POST', path, { statusCode: 503 });
  expect(misspelt).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('statusCode') },
  });
  expect(emulator.requests).toHaveLength(2);
});
