/** Requests of the Fetch API: they take the way of any other request, and nothing of it shows. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { asking, embedded } from '../support/embedded.ts';
import { END, file, PREFLIGHT } from '../support/multipart.ts';
import { tuneOf } from '../support/uploads.ts';

const TUNE = '{ tune(id: 1504944) { title } }';

test('a query is answered, and Astria asked for it', async () => {
  const { gateway, emulator } = await embedded();
  const response = await gateway.fetch(asking(TUNE, { headers: { 'x-request-id': 'r-1' } }));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': '40',
    'x-request-id': 'r-1',
  });
  for (const name of ['connection', 'keep-alive', 'transfer-encoding']) {
    expect(response.headers.has(name)).toBe(false);
  }
  expect(await response.json()).toEqual({ data: { tune: { title: 'Flux.1 dev' } } });
  expect(emulator.requests.map(({ path }) => path)).toEqual(['/tunes/1504944']);
});

test('an answer is text, whatever the client takes: who serves it compresses it', async () => {
  const { gateway } = await embedded();
  const headers = { accept: 'text/html', 'accept-encoding': 'br, gzip' };
  const page = await gateway.fetch(new Request('http://a/graphql', { headers }));
  expect(page.headers.get('content-encoding')).toBe(null);
  expect(await page.text()).toContain('<!doctype html>');
});

test('answers without a body, and those to other methods', async () => {
  const { gateway } = await embedded();
  const url = `http://app.example/graphql?query=${encodeURIComponent(TUNE)}`;
  const headers = { authorization: 'Bearer sd_demo' };
  const first = await gateway.fetch(new Request(url, { headers }));
  expect(first.status).toBe(200);
  await first.text();
  const etag = first.headers.get('etag') as string;
  const same = await gateway.fetch(
    new Request(url, { headers: { ...headers, 'if-none-match': etag } }),
  );
  expect([same.status, same.body]).toEqual([304, null]);
  const preflight = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
  const allowed = await gateway.fetch(new Request(url, { method: 'OPTIONS', headers: preflight }));
  expect([allowed.status, allowed.body]).toEqual([204, null]);
  const alive = await gateway.fetch(new Request('http://a/healthz', { method: 'HEAD' }));
  expect([alive.status, alive.body]).toEqual([200, null]);
  const nowhere = await gateway.fetch(new Request('http://a/graph', { method: 'PUT', body: 'x' }));
  expect(nowhere.status).toBe(404);
});

test('a body comes in pieces, as it is sent', async () => {
  const { gateway, emulator } = await embedded();
  const parts = [...tuneOf(1), file('0', Buffer.alloc(300_000, 'x')), END];
  const body = Readable.toWeb(Readable.from(parts));
  const upload = new Request('http://a/graphql', {
    method: 'POST',
    headers: {
      authorization: 'Bearer sd_demo',
      'content-type': 'multipart/form-data; boundary=boundary-of-the-test',
      ...PREFLIGHT,
    },
    body,
    duplex: 'half',
  } as RequestInit);
  const response = await gateway.fetch(upload);
  // The emulator has read the file: it says that these bytes are no picture.
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { fieldErrors: [{ message: 'must be an image' }] } }],
  });
  expect(JSON.stringify(emulator.requests)).toContain('"size":300000');
});

test('what is too large, or no HTTP, is refused as by a socket', async () => {
  const { gateway } = await embedded();
  const large = new Uint8Array(64_000).fill(32);
  let isCancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(large),
    cancel() {
      isCancelled = true;
    },
  });
  const tooLong = await gateway.fetch(asking('', { body: endless, duplex: 'half' } as RequestInit));
  expect([tooLong.status, await tooLong.json()]).toMatchObject([
    413,
    { errors: [{ extensions: { limit: { name: 'bodyBytes' } } }] },
  ]);
  // Some of the rest is read and dropped, so that the client gets its answer.
  await expect.poll(() => isCancelled).toBe(true);
  const head = await gateway.fetch(asking(TUNE, { headers: { 'x-long': 'x'.repeat(20_000) } }));
  expect([head.status, await head.json()]).toMatchObject([
    431,
    { errors: [{ extensions: { limit: { name: 'headBytes' } } }] },
  ]);
});

test('a client that leaves is noticed, before the answer and after it', async () => {
  const { gateway, emulator } = await embedded({ metrics: true });
  const running = async () =>
    /^astria_graphql_requests_running (\d+)$/m.exec(await gateway.metrics())?.[1];
  emulator.fail({ path: '/tunes/1504944', latencyMs: 60_000 });
  const leaving = new AbortController();
  const asked = gateway.fetch(asking(TUNE, { signal: leaving.signal }));
  await expect.poll(() => emulator.requests.length).toBe(1);
  expect(await running()).toBe('1');
  leaving.abort(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  await expect.poll(running).toBe('0');
  await expect(gateway.fetch(asking(TUNE, { signal: leaving.signal }))).rejects.toThrow('gone');
});

test('a body that breaks off fails the request', async () => {
  const { gateway } = await embedded();
  const pieces = (async function* () {
    yield Buffer.from('{"query":');
    throw new Error('the line is cut');
  })();
  const broken = Readable.toWeb(Readable.from(pieces));
  const asked = gateway.fetch(asking('', { body: broken, duplex: 'half' } as RequestInit));
  await expect(asked).rejects.toThrow('the line is cut');
});

test('a request whose body was read is told so', async () => {
  const { gateway } = await embedded();
  const request = asking(TUNE);
  await request.text();
  await expect(gateway.fetch(request)).rejects.toThrow(/was already read.*or a clone/);
});

test('events come one by one, until the reader cancels', async () => {
  const { gateway, emulator } = await embedded({ metrics: true }, { frozenAt: new Date() });
  const { id } = emulator.account('sd_demo').addPrompt({ trained_at: null });
  const streams = async () => /^astria_graphql_streams (\d+)$/m.exec(await gateway.metrics())?.[1];
  const query = `subscription { prompt(id: ${id}) { isDone } }`;
  const response = await gateway.fetch(asking(query, { headers: { accept: 'text/event-stream' } }));
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let seen = '';
  while (!seen.includes('event: next')) seen += Buffer.from((await reader.read()).value ?? []);
  expect(seen).toMatch(/^:\n\nevent: next\nid: .*\ndata: \{"data":\{"prompt":\{"isDone":false/);
  expect(await streams()).toBe('1');
  await reader.cancel();
  await expect.poll(streams).toBe('0');
});

test('the address of the client is what the program says', async () => {
  const { gateway } = await embedded({ rateLimit: '1/hour' });
  const codeFrom = async (remoteAddress?: string) => {
    const asked = asking('{ __typename }', { headers: { authorization: '' } });
    const response = await gateway.fetch(asked, { remoteAddress });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return errors?.[0]?.extensions.code ?? 'OK';
  };
  expect(await codeFrom('192.0.2.1')).toBe('OK');
  expect(await codeFrom('192.0.2.1')).toBe('RATE_LIMITED');
  expect(await codeFrom('192.0.2.2')).toBe('OK');
  expect(await codeFrom()).toBe('OK');
  expect(await codeFrom()).toBe('RATE_LIMITED');
});
