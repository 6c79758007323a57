/** What is published: the package, installed into an empty folder. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CONSUMER, IN_NEXT, QUIET, TSCONFIG } from '../embed/programs.ts';
import { startCollector } from '../support/collector.ts';
import { freePort } from '../support/free-port.ts';
import { installedInAFolder } from '../support/installed.ts';
import { END, file, post } from '../support/multipart.ts';
import { ask, command, ended, makeKey, start, started } from '../support/process.ts';
import { CREATED, tuneOf } from '../support/uploads.ts';

const run = promisify(execFile);
const { app, packed, bin } = installedInAFolder();
const inApp = (name: string) => join(app, name);
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
  expect(await run(bin, ['--version'], { env })).toEqual({
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
      LEDGER_PATH: inApp('ledger.sqlite'),
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

  const upload = [...tuneOf(1), file('0'), END];
  expect(await post(url, upload, { authorization })).toMatchObject(CREATED);

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

describe('what it exports', () => {
  test('its types are whole, and a program that uses them is checked', async () => {
    writeFileSync(inApp('consumer.mts'), CONSUMER);
    writeFileSync(inApp('tsconfig.json'), JSON.stringify({ ...TSCONFIG, files: ['consumer.mts'] }));
    const checked = run(resolve('node_modules/.bin/tsc'), ['-p', app]);
    await checked.catch(({ stdout }) => expect(stdout).toBe(''));
  });

  test('it reads no environment, prints nothing, handles no signals, and a program ends after it', async () => {
    writeFileSync(inApp('quiet.mjs'), QUIET);
    // Each of these would keep a gateway of its own process from starting.
    const env = { PORT: 'x', LOG_LEVEL: 'x', METRICS_PORT: 'x', REDIS_URL: 'x', GATEWAY_KEYS: 'x' };
    const { stdout, stderr } = await run(process.execPath, [inApp('quiet.mjs')], { env });
    expect([stdout, stderr]).toEqual(['', '']);
  });

  test('it answers within Next as elsewhere', async () => {
    writeFileSync(inApp('in-next.mjs'), IN_NEXT);
    const { stdout } = await run(process.execPath, [inApp('in-next.mjs')]);
    expect(JSON.parse(stdout)).toMatchObject([
      { data: { tune: { title: 'Flux.1 dev' } } },
      { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
      { data: { createTune: { tune: { title: 'x' } } } },
    ]);
  });

  test('a CommonJS program requires it', async () => {
    const program = "console.log(typeof require('astria-graphql').createGateway);";
    writeFileSync(inApp('required.cjs'), program);
    const { stdout } = await run(process.execPath, [inApp('required.cjs')]);
    expect(stdout).toBe('function\n');
  });

  test('the example of Vitest is green', async () => {
    copyFileSync('examples/embed/harbour.test.ts', inApp('harbour.test.ts'));
    const vitest = resolve('node_modules/vitest/vitest.mjs');
    const { stdout } = await run(process.execPath, [vitest, 'run', '--root', app, '--cache=false']);
    expect(stdout).toContain('2 passed');
  });
});
