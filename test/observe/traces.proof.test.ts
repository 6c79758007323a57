/** Spans, as a collector gets them of the process: it alone reads OpenTelemetry's variables. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startCollector } from '../support/collector.ts';
import { ask, ended, started } from '../support/process.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const traceparent = `00-${TRACE}-${PARENT}-01`;
const CLIENT = 3;
const SERVER = 2;

/** An Astria that keeps the headers it gets, and knows no prompt. */
async function startAstria() {
  const heard: IncomingHttpHeaders[] = [];
  const server = createServer(({ headers, url }, response) => {
    heard.push(headers);
    response.writeHead(url?.startsWith('/tunes') ? 200 : 500).end('[]');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function startTraced(environment: Record<string, string> = {}) {
  const [collector, astria] = await Promise.all([startCollector(), startAstria()]);
  const { url, child } = await started({
    ASTRIA_BASE_URL: astria.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    ...environment,
  });
  /** What is not sent yet is sent as the process ends. */
  const stop = async () => {
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  };
  return { url, collector, astria, stop };
}

const authorization = 'Bearer sd_hush';

test('an operation and its calls are spans of the trace that the request came with', async () => {
  const { url, collector, astria, stop } = await startTraced();
  const headers = { authorization, traceparent, tracestate: 'a=b', 'x-request-id': 'mine' };
  await ask(url, 'query Tunes { tunes(filter: { title: "secret" }) { nodes { title } } }', headers);
  await stop();
  const [call, operation] = collector.spans();
  expect(operation).toMatchObject({
    name: 'query Tunes',
    traceId: TRACE,
    parentSpanId: PARENT,
    kind: SERVER,
    attributes: {
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Tunes',
      'graphql.document.hash': expect.stringMatching(/^[0-9a-f]{12}$/),
      'astria_graphql.caller': expect.stringMatching(/^key:/),
      'astria_graphql.request_id': 'mine',
    },
    status: { code: 0 },
  });
  expect(call).toMatchObject({
    name: 'GET /tunes',
    traceId: TRACE,
    parentSpanId: operation?.spanId,
    kind: CLIENT,
    attributes: {
      'http.request.method': 'GET',
      'url.template': '/tunes',
      'http.response.status_code': 200,
    },
  });
  expect(astria.heard[0]).toMatchObject({
    traceparent: `00-${TRACE}-${call?.spanId}-01`,
    tracestate: 'a=b',
  });
  expect(collector.paths).toEqual(['POST /v1/traces']);
  expect(collector.resource()).toMatchObject({ 'service.name': 'astria-graphql' });
  for (const secret of ['hush', 'secret', 'nodes']) expect(collector.text()).not.toContain(secret);
});

test('failures are told by their codes; a request without a trace begins one', async () => {
  const { url, collector, stop } = await startTraced({
    OTEL_SERVICE_NAME: 'ours',
    UPSTREAM_RETRIES: '0',
  });
  await ask(url, '{ prompts { nodes { text } } }', { authorization });
  await ask(url, 'mutation { deleteTune(input: { id: 5 }) { query { __typename } } }', {
    authorization,
    traceparent,
  });
  await stop();
  const [prompts, operation, , mutation] = collector.spans();
  expect(prompts).toMatchObject({
    attributes: { 'http.response.status_code': 500, 'error.type': '500' },
    status: { code: 2 },
  });
  expect(operation).toMatchObject({
    name: 'query',
    traceId: expect.not.stringMatching(TRACE),
    attributes: { 'error.type': 'UPSTREAM_UNAVAILABLE' },
    status: { code: 2 },
  });
  expect(operation?.parentSpanId).toBeUndefined();
  expect(mutation).toMatchObject({ name: 'mutation', traceId: TRACE, parentSpanId: PARENT });
  expect(collector.resource()).toMatchObject({ 'service.name': 'ours' });
});

test('without a collector no trace is made, and none passed on', async () => {
  const { url, astria, stop } = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  await ask(url, '{ tunes { nodes { title } } }', { authorization, traceparent });
  await stop();
  expect(astria.heard).toHaveLength(1);
  expect(astria.heard[0]).not.toHaveProperty('traceparent');
});

test('a collector that is gone costs no answer, and does not hold the end up', async () => {
  const { url, stop } = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  const answer = await ask(url, '{ tunes { nodes { title } } }', { authorization });
  expect(await answer.json()).toEqual({ data: { tunes: { nodes: [] } } });
  await stop();
});
