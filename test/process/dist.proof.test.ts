/** What is published, built into a folder of its own, with the packages beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { builtInAFolder } from '../support/built.ts';
import { startCollector } from '../support/collector.ts';
import { freePort } from '../support/free-port.ts';
import { END, file, post, text } from '../support/multipart.ts';
import { ask, ended, makeKey, start, started } from '../support/process.ts';

const { folder, inDist, launch } = builtInAFolder();

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
      MCP: 'on',
      METRICS: 'on',
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      RATE_LIMIT: '4/hour',
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

test('faults of the environment are told', async () => {
  const child = start({ PORT: 'x' }, launch);
  const [told, code] = await Promise.all([textOf(child.stderr), ended(child)]);
  expect(told).toMatch(/^The environment has faults:\nPORT is "x"/);
  expect(code).toBe(1);
});
