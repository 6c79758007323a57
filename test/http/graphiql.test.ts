import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Script } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { exampleOperations, TABS } from '../../src/http/example-operations.ts';
import { createGraphiql } from '../../src/http/graphiql.ts';
import type { GraphiqlPage } from '../../src/http/graphiql-page.ts';
import { startGateway } from '../support/gateway.ts';
import { gatewayKeys } from '../support/gateway-keys.ts';

const BROWSER = { accept: 'text/html,*/*;q=0.8' };

const between = (text: string, start: string, end: string) =>
  text.slice(text.indexOf(start) + start.length).split(end, 1)[0] as string;
const settingsIn = (page: string) =>
  JSON.parse(between(page, '<script id="settings" type="application/json">', '</script>'));

test('GraphiQL comes from here, is asked for without a key, and runs one script and what that loads', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'web' });
  const { fetch, emulator } = await startGateway({ environment: { GATEWAY_KEYS } });
  for (const path of ['/graphql', '/graphql/', '/graphql?query=%7B__typename%7D']) {
    const response = await fetch(path, { headers: BROWSER });
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).not.toMatch(/(?:src|href)="https?:/);
    const script = between(page, '<script type="module">', '</script>');
    // It is JavaScript.
    new Script(`(() => {${script}})`);
    const hash = createHash('sha256').update(script).digest('base64');
    expect(response.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash}' 'strict-dynamic'`,
      "worker-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      'font-src data:',
      // An Astria by http is an emulator in a process of its own, whose pictures are shown too.
      `img-src 'self' data: https: ${emulator.url}`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
  }
});

test('a reload is answered from what the browser has: the page by its ETag, the rest by its name', async () => {
  const { fetch } = await startGateway();
  const first = await fetch('/graphql', { headers: { ...BROWSER, 'accept-encoding': 'br' } });
  const { assets } = settingsIn(await first.text());
  const etag = first.headers.get('etag') as string;
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const headers = { ...BROWSER, 'accept-encoding': 'br', 'if-none-match': known };
    const again = await fetch('/graphql', { headers });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  const other = { ...BROWSER, 'accept-encoding': 'gzip', 'if-none-match': etag };
  expect((await fetch('/graphql', { headers: other })).status).toBe(200);
  expect(Object.keys(assets).sort()).toEqual(
    ['css', 'editorWorkerService', 'graphql', 'js', 'json'].sort(),
  );
  for (const name of Object.values(assets)) {
    const response = await fetch(`/graphql/assets/${name}`, {
      headers: { 'accept-encoding': 'br' },
    });
    await response.body?.cancel();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
  expect((await fetch('/graphql/assets/none.js')).status).toBe(404);
});

test('what a reload transfers is under 50 kB, with the question for the schema', async () => {
  const { url, fetch } = await startGateway();
  const page = await sizeOf(await fetch('/graphql', { headers: BROWSER }));
  const { getIntrospectionQuery } = await import('graphql');
  const query = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
  const schema = await globalThis.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  expect(page + (await sizeOf(schema))).toBeLessThan(50_000);
});

async function sizeOf(response: Response) {
  await response.body?.cancel();
  return Number(response.headers.get('content-length'));
}

test('eight tabs teach, all examples are in the menu, and what costs money says so', async () => {
  const { fetch } = await startGateway();
  const page = await (await fetch('/graphql', { headers: BROWSER })).text();
  const { tabs, groups, headers } = settingsIn(page);
  expect(tabs).toEqual(TABS);
  expect(tabs).toHaveLength(8);
  const names: string[] = groups.flatMap(({ examples }: { examples: { name: string }[] }) =>
    examples.map(({ name }) => name),
  );
  expect(names.toSorted()).toEqual(
    exampleOperations()
      .map(({ name }) => name)
      .toSorted(),
  );
  expect(names).toEqual(expect.arrayContaining(TABS.flat()));
  const [read, pay, change] = groups;
  for (const { query } of read.examples) expect(query).toMatch(/^(?:query|subscription)/m);
  for (const { query } of [...pay.examples, ...change.examples])
    expect(query).toMatch(/^mutation/m);
  // By its name in the document, not in the folder.
  for (const { examples } of groups) {
    for (const { title, query } of examples) expect(query).toContain(` ${title}`);
  }
  expect(read.examples.map(({ title }: { title: string }) => title)).toContain('PromptLive');
  // In one tab two pictures are asked for, and seen to arrive.
  expect(tabs).toContainEqual(['create-prompt', 'prompt-live']);
  expect(exampleOperations().find(({ name }) => name === tabs[0][0])?.kind).toBe('read');
  expect(pay.examples.map(({ about }: { about: string }) => about)).toContain(
    'Makes an instant reference of a person from a photo: ready at once, without training. Costs money.',
  );
  expect(headers).toContain('X-Workspace-Id');
  expect(headers).not.toContain('Authorization');
});

test('one tab estimates, and then spends with the same variables', async () => {
  const examples = exampleOperations();
  const tab = TABS.find((names) => names.includes('estimate-cost')) ?? [];
  const [estimate, spend] = tab.map((name) => examples.find((one) => one.name === name));
  expect([estimate?.kind, spend?.kind]).toEqual(['read', 'pay']);
  expect(JSON.parse(spend?.variables ?? '')).toMatchObject(JSON.parse(estimate?.variables ?? ''));
  const { run } = await startGateway({ seed: true, token: 'sd_demo' });
  const together = `${estimate?.query}\n${spend?.query}`;
  const { errors } = await run(together, JSON.parse(spend?.variables ?? ''));
  // Both are there: which of them is run, one says by its name.
  expect(errors).toMatchObject([{ message: expect.stringContaining('EstimateCost') }]);
});

test.each([
  ['an emulator', {}, 'sd_…', 'No key is needed: without one'],
  [
    'Astria',
    { ALLOW_CALLER_KEYS: 'on', ASTRIA_BASE_URL: 'https://api.astria.ai' },
    'sd_…',
    'Your key from astria.ai',
  ],
  [
    'a held key',
    { ASTRIA_AUTH_TOKEN: 'sd_held' },
    'sd_…',
    'No key is needed: this gateway holds one.',
  ],
  [
    'callers of its own',
    { GATEWAY_KEYS: gatewayKeys({ name: 'web' }) },
    'gk_…',
    'Your key to this gateway',
  ],
])('before %s it says which key it takes', async (_, environment, placeholder, hint) => {
  const page = await pageUnder(environment);
  expect(settingsIn(page)).toMatchObject({ placeholder, hint: expect.stringContaining(hint) });
  expect(page).not.toContain('sd_held');
});

test('before the emulator, a refused key may be left out', async () => {
  expect(settingsIn(await pageUnder({})).refused).toContain('empty the field');
  const held = { ASTRIA_AUTH_TOKEN: 'sd_held', GATEWAY_KEYS: gatewayKeys({ name: 'web' }) };
  expect(settingsIn(await pageUnder(held)).refused).toContain('paste yours here');
});

test('pictures are shown from here and by https', async () => {
  const { headers } = await askedUnder({ ASTRIA_BASE_URL: 'https://api.astria.ai' }, '/graphql');
  expect(headers.get('content-security-policy')).toContain("img-src 'self' data: https:;");
});

test('a browser is led from / to it, whatever a proxy has put in front; others are told where the graph is', async () => {
  const { fetch } = await startGateway();
  const led = await fetch('/', { headers: BROWSER, redirect: 'manual' });
  expect([led.status, led.headers.get('location')]).toEqual([302, 'graphql']);
  const other = await fetch('/');
  expect([other.status, await other.text()]).toEqual([404, expect.stringContaining('/graphql')]);
});

test('it can be switched off', async () => {
  const { fetch } = await startGateway({ environment: { GRAPHIQL: 'off' } });
  const response = await fetch('/graphql', { headers: { accept: 'text/html' } });
  expect(response.status).toBe(406);
  expect(await response.text()).not.toContain('<script');
  expect((await fetch('/', { headers: BROWSER })).status).toBe(404);
});

test('the page is made once, and slow clients share its bytes', async () => {
  let made = 0;
  const page = fakePage('<p>GraphiQL</p>');
  const ask = await listenWith(async () => {
    made += 1;
    return page;
  });
  const answers = await Promise.all([ask(), ask(), ask()]);
  for (const answer of answers) expect(await answer.text()).toBe('<p>GraphiQL</p>');
  expect(made).toBe(1);
});

test('the reason why the page cannot be made is not shown, and the next request tries again', async () => {
  const troubles: unknown[] = [];
  const makes = [() => Promise.reject(new Error('out of memory')), async () => fakePage('here')];
  const ask = await listenWith(async () => (await makes.shift()?.()) as GraphiqlPage, troubles);
  const failed = await ask();
  expect([failed.status, await failed.text()]).toEqual([
    503,
    'GraphiQL is not to be had just now. Ask again; operations are answered all the same.',
  ]);
  expect(troubles).toEqual([expect.objectContaining({ message: 'out of memory' })]);
  expect(await (await ask()).text()).toBe('here');
});

test('COMPRESSION=off leaves it as it is', async () => {
  const response = await askedUnder({ COMPRESSION: 'off' }, '/graphql');
  expect(response.headers.get('content-encoding')).toBeNull();
});

function fakePage(text: string): GraphiqlPage {
  const bytes = new Uint8Array(Buffer.from(text));
  const html = {
    type: 'text/html',
    digest: '1',
    bytes: { identity: bytes, br: bytes, gzip: bytes },
  };
  return { html, policy: "default-src 'none'", assets: new Map() };
}

async function listenWith(make: () => Promise<GraphiqlPage>, troubles: unknown[] = []) {
  const onTrouble = (error: unknown) => troubles.push(error);
  const show = createGraphiql(readConfig({ COMPRESSION: 'off' }), { make, onTrouble });
  return listening(show);
}

async function listening(show: ReturnType<typeof createGraphiql>, path = '/graphql') {
  const server = createServer((request, response) => void show(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return () => fetch(`http://127.0.0.1:${port}${path}`, { headers: BROWSER });
}

async function askedUnder(environment: Record<string, string>, path: string) {
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const ask = await listening(createGraphiql(readConfig(environment), { onTrouble }), path);
  return ask();
}

const pageUnder = async (environment: Record<string, string>) =>
  (await askedUnder(environment, '/graphql')).text();
