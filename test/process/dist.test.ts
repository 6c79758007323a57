/** What is published, built into a folder of its own, with the packages beside it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollector } from '../support/collector.ts';
import { freePort } from '../support/free-port.ts';
import { END, file, post, text } from '../support/multipart.ts';
import { ask, ended, makeKey, start, started } from '../support/process.ts';
import { hasRedis, startRedis } from '../support/redis.ts';

const folder = mkdtempSync(join(tmpdir(), 'astria-graphql-'));
const inDist = (name: string) => join(folder, 'dist', name);
const launch = { main: inDist('main.js') };

beforeAll(async () => {
  const build = ['-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')];
  await promisify(execFile)('node_modules/.bin/tsc', build);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const name of ['package.json', 'schema']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test('it serves the emulator, with all that is loaded only when it is wanted', async () => {
  const [collector, metricsPort, { authorization, entry }] = await Promise.all([
    startCollector(),
    freePort(),
    makeKey(inDist('process/gateway-key.js'), 'write'),
  ]);
  const { child, printed, url } = await started(
    {
      GATEWAY_KEYS: `[${entry}]`,
      JWT_JWKS_URL: 'http://127.0.0.1:9/jwks',
      JWT_ISSUER: 'https://issuer.example',
      JWT_AUDIENCE: 'astria',
      LEDGER_PATH: join(folder, 'ledger.sqlite'),
      METRICS: 'on',
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      RATE_LIMIT: '3/hour',
    },
    launch,
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

test.runIf(hasRedis)('it keeps its ledger in Redis', async () => {
  const redis = await startRedis();
  try {
    const { url } = await started({ REDIS_URL: redis.url }, launch);
    const ready = await fetch(new URL('/readyz', url));
    expect(await ready.json()).toMatchObject({ status: 'ready', checks: { ledger: 'writable' } });
  } finally {
    await redis.stop();
  }
});

test.runIf(hasRedis)('a Redis with a password wants it, and is told it from a file', async () => {
  const redis = await startRedis();
  try {
    await redis.redis.config('SET', 'requirepass', 'hunter2');
    const REDIS_PASSWORD_FILE = join(folder, 'password');
    writeFileSync(REDIS_PASSWORD_FILE, 'hunter2\n');
    const { url } = await started({ REDIS_URL: redis.url, REDIS_PASSWORD_FILE }, launch);
    const ready = await fetch(new URL('/readyz', url));
    expect(await ready.json()).toMatchObject({ checks: { ledger: 'writable' } });
    const child = start({ REDIS_URL: redis.url }, launch);
    expect(await textOf(child.stderr)).toMatch(/^The environment has faults:\nREDIS_URL .*NOAUTH/);
  } finally {
    await redis.stop();
  }
});

test('faults of the environment are told', async () => {
  const child = start({ PORT: 'x' }, launch);
  const [told, code] = await Promise.all([textOf(child.stderr), ended(child)]);
  expect(told).toMatch(/^The environment has faults:\nPORT is "x"/);
  expect(code).toBe(1);
});
