/** What is published: the package, installed into an empty folder. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startCollector } from '../support/collector.ts';
import { freePort } from '../support/free-port.ts';
import { installedInAFolder } from '../support/installed.ts';
import { END, file, post, text } from '../support/multipart.ts';
import { ask, command, ended, makeKey, start, started } from '../support/process.ts';

const { folder, packed, bin } = installedInAFolder();
const { version, files } = JSON.parse(readFileSync('package.json', 'utf8'));

test('it holds what its manifest lists, and no sources', () => {
  const tops = new Set(packed.map((path) => path.split('/', 1)[0]));
  const expected = files.filter((path: string) => !path.startsWith('!'));
  expect([...tops].toSorted()).toEqual(
    [...expected, 'LICENSE', 'README.md', 'package.json'].toSorted(),
  );
  expect(packed.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([]);
});

test('the command is in the path of the scripts of the app', async () => {
  const env = { PATH: dirname(process.execPath) };
  expect(await promisify(execFile)(bin, ['--version'], { env })).toEqual({
    stdout: `${version}\n`,
    stderr: '',
  });
});

test('serve embeds the emulator, with all that is loaded only when it is wanted', async () => {
  const [collector, metricsPort, { authorization, entry }] = await Promise.all([
    startCollector(),
    freePort(),
    makeKey('write', bin),
  ]);
  const { child, printed, url } = await started(
    {
      GATEWAY_KEYS: `[${entry}]`,
      JWT_JWKS_URL: 'http://127.0.0.1:9/jwks',
      JWT_ISSUER: 'https://issuer.example',
      JWT_AUDIENCE: 'astria',
      LEDGER_PATH: join(folder, 'ledger.sqlite'),
      MCP: 'on',
      METRICS: 'on',
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      RATE_LIMIT: '4/hour',
    },
    { main: bin, args: ['serve'] },
  );
  expect(printed).toContain('AN EMBEDDED EMULATOR');

  const read = await ask(url, 'query Read { tunes(first: 1) { nodes { status } } }', {
    authorization,
  });
  expect(await read.json()).toEqual({ data: { tunes: { nodes: [{ status: 'QUEUED' }] } } });

  const refused = await ask(url, '{ tunes { nodes { titel } } }', { authorization });
  expect(await refused.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('Did you mean "title"') }],
  });

  const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.';
  const stranger = await ask(url, '{ __typename }', { authorization: `Bearer ${token}` });
  expect(stranger.status).toBe(401);

  const query =
    'mutation ($file: Upload) { createTune(input: { title: "x", images: [{ file: $file }] }) { tune { title } } }';
  const upload = [
    text('operations', { query, variables: { file: null } }),
    text('map', { 0: ['variables.file'] }),
    file('0'),
    END,
  ];
  expect(await post(url, upload, { authorization })).toMatchObject({
    status: 200,
    data: { createTune: { tune: { title: 'x' } } },
  });

  const tools = await fetch(new URL('/mcp', url), {
    method: 'POST',
    headers: {
      authorization,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(await tools.text()).toContain('"name":"find_tunes"');

  const limited = await ask(url, '{ __typename }', { authorization });
  expect(limited.status).toBe(429);

  const page = await fetch(url, { headers: { accept: 'text/html' } });
  expect(page.headers.get('content-security-policy')).toContain("script-src 'sha256-");
  const html = await page.text();
  expect(html).toContain(readFileSync('schema/operations/tunes.graphql', 'utf8').slice(0, 20));

  const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(await metrics.text()).toContain(
    'astria_graphql_operations_total{kind="query",code="OK"} 1',
  );

  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
  expect(collector.spans().map(({ name }) => name)).toContain('query Read');
});

test('serve answers a query before the emulator, with a key from key', async () => {
  const emulator = start({}, { main: bin, args: ['emulator', '--port', '0'] });
  const [printed] = await once(emulator.stdout.setEncoding('utf8'), 'data');
  const { authorization, entry } = await makeKey('read', bin);
  const environment = {
    ASTRIA_BASE_URL: /listens at (\S+)/.exec(printed)?.[1] as string,
    ASTRIA_AUTH_TOKEN: 'sd_demo',
    GATEWAY_KEYS: `[${entry}]`,
  };
  const { child, url } = await started(environment, { main: bin, args: ['serve'] });
  const answer = await ask(url, '{ tunes(first: 1) { nodes { status } } }', { authorization });
  expect(await answer.json()).toEqual({ data: { tunes: { nodes: [{ status: 'QUEUED' }] } } });
  child.kill('SIGTERM');
  emulator.kill('SIGTERM');
  expect(await Promise.all([child, emulator].map(ended))).toEqual([0, 0]);
});

test('check-config accepts and refuses', async () => {
  const accepted = await command(['check-config'], {
    main: bin,
    env: { PORT: '4001', ASTRIA_AUTH_TOKEN: 'sd_verysecret' },
  });
  expect(accepted).toMatchObject({ stderr: '', code: 0 });
  expect(accepted.stdout).toContain('PORT=4001\n');
  expect(accepted.stdout).not.toContain('verysecret');
  const refused = await command(['check-config'], { main: bin, env: { PORT: 'x' } });
  expect(refused).toMatchObject({ stdout: '', code: 1 });
  expect(refused.stderr).toMatch(/^The environment has faults:\nPORT is "x" and must be /);
});
