/** The examples of `examples/embed`. The one that is a test is run in `test/process/package.proof.test.ts`. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from '../../examples/embed/fastify.ts';
import { forSignedIn } from '../../examples/embed/signed-in.ts';
import { startEmulator } from '../../src/embed.ts';
import { openSubscription } from '../jobs/sockets.ts';
import { openEvents } from '../jobs/sse.ts';
import { AUTHORIZED, asking, embed } from '../support/embedded.ts';
import { gatewayKeys, secretOf } from '../support/gateway-keys.ts';
import { END, file, post } from '../support/multipart.ts';
import { CREATED, tuneOf } from '../support/uploads.ts';

const TITLE = '{ tune(id: 1504944) { title } }';
const TITLED = { data: { tune: { title: 'Flux.1 dev' } } };

async function startedEmulator() {
  const emulator = await startEmulator({ frozenAt: new Date() });
  onTestFinished(() => emulator.close());
  return emulator;
}

async function withFastify() {
  const emulator = await startedEmulator();
  const app = await createApp({ astriaBaseUrl: emulator.url, ledgerPath: ':memory:' });
  onTestFinished(() => app.close());
  app.post('/echo', async ({ body }) => body);
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return { emulator, app, origin, url: `${origin}/graphql` };
}

const send = (url: string, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...AUTHORIZED },
    body: JSON.stringify(body),
  });

test('Fastify has the graph with its uploads and GraphiQL, beside routes of its own', async () => {
  const { origin, url } = await withFastify();
  expect(await (await send(url, { query: TITLE })).json()).toEqual(TITLED);
  const upload = [...tuneOf(1), file('0'), END];
  expect(await post(url, upload, AUTHORIZED)).toMatchObject(CREATED);
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  const [, script] = /"js":"([\w.-]+)"/.exec(await page.text()) ?? [];
  expect((await fetch(`${url}/assets/${script}`)).status).toBe(200);
  expect(await (await send(`${origin}/echo`, { x: 1 })).json()).toEqual({ x: 1 });
});

test('Fastify takes WebSockets, and closes although streams are open', async () => {
  const { emulator, app, url } = await withFastify();
  const { id } = emulator.account(emulator.key).addPrompt({ trained_at: null });
  const query = `subscription { prompt(id: ${id}) { isDone } }`;
  const events = await openEvents(url, { query }, AUTHORIZED);
  const subscription = openSubscription(url, { query }, { connectionParams: AUTHORIZED });
  await expect
    .poll(() => [events.values(), subscription.values()])
    .toEqual([[{ isDone: false }], [{ isDone: false }]]);
  await app.close();
  await Promise.all([events.ended, subscription.ended]);
});

test('a route handler answers by the methods that it exports', async () => {
  const emulator = await startedEmulator();
  vi.stubEnv('ASTRIA_BASE_URL', emulator.url);
  vi.stubEnv('LEDGER_PATH', ':memory:');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { GET, POST, OPTIONS, runtime } = await import('../../examples/embed/route.ts');
  expect(runtime).toBe('nodejs');
  const url = 'https://app.example/api/graphql';
  expect(await (await POST(asking(TITLE))).json()).toEqual(TITLED);
  const read = new Request(`${url}?query={__typename}`, { headers: AUTHORIZED });
  expect(await (await GET(read)).json()).toEqual({ data: { __typename: 'Query' } });
  const preflight = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
  const allowed = await OPTIONS(new Request(url, { method: 'OPTIONS', headers: preflight }));
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://a.example');
});

test('users that are signed in share a key, and others reach nothing', async () => {
  const emulator = await startedEmulator();
  const gateway = await embed({
    astriaBaseUrl: emulator.url,
    astriaAuthToken: emulator.key,
    gatewayKeys: gatewayKeys({ name: 'app' }),
  });
  const handle = forSignedIn(gateway, {
    gatewayKey: secretOf('app'),
    isSignedIn: async ({ headers }) => headers.get('cookie') === 'session=1',
  });
  const as = (cookie: string) => handle(asking(TITLE, { headers: { cookie } }));
  expect((await as('session=2')).status).toBe(401);
  expect(emulator.requests).toEqual([]);
  expect(await (await as('session=1')).json()).toEqual(TITLED);
});
