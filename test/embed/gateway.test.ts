/** Gateways within a program: its server, several of them, what they log, and their end. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openSubscription } from '../jobs/sockets.ts';
import { openEvents } from '../jobs/sse.ts';
import { newPath } from '../paid/ledger/support.ts';
import { AUTHORIZED, asking, embed, embedded } from '../support/embedded.ts';
import { ask as askAt } from '../support/process.ts';

const TITLE = '{ tune(id: 1504944) { title } }';
const WAITING = (id: number) => `subscription { prompt(id: ${id}) { isDone } }`;

async function listening(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/graphql`;
}

const ask = (url: string, query: string) => askAt(url, query, AUTHORIZED);

test("a program's own server answers requests and takes WebSockets", async () => {
  const { gateway, emulator } = await embedded({}, { frozenAt: new Date() });
  const server = createServer(gateway.listener).on('upgrade', gateway.upgrade);
  const url = await listening(server);
  const response = await ask(url, TITLE);
  expect(await response.json()).toEqual({ data: { tune: { title: 'Flux.1 dev' } } });
  const { id } = emulator.account(emulator.key).addPrompt({ trained_at: null });
  const { values, leave } = openSubscription(
    url,
    { query: WAITING(id as number) },
    { connectionParams: AUTHORIZED },
  );
  await expect.poll(values).toEqual([{ isDone: false }]);
  leave();
});

test('a body that another parser has read is told, instead of waited for', async () => {
  const { gateway } = await embedded();
  const server = createServer(async (request, response) => {
    await request.toArray();
    gateway.listener(request, response);
  });
  const response = await ask(await listening(server), TITLE);
  expect([response.status, await response.json()]).toEqual([
    500,
    {
      errors: [
        {
          message:
            'The body of the request was read before it came to the gateway: call its `listener` before any parser of bodies.',
          extensions: { code: 'INTERNAL' },
        },
      ],
    },
  ]);
});

test('several gateways know nothing of each other', async () => {
  const one = await embedded({ metrics: true });
  const other = await embedded({ metrics: true, maxUpstreamCalls: 1 });
  one.emulator.account('sd_demo').addTune({ id: 7, title: 'one' });
  other.emulator.account('sd_demo').addTune({ id: 7, title: 'other' });
  const titleIn = async ({ gateway }: typeof one) =>
    (await gateway.fetch(asking('{ tune(id: 7) { title } }'))).json();
  const counted = async ({ gateway }: typeof one) =>
    /^astria_graphql_operations_total\{.*code="OK"\} (\d+)$/m.exec(await gateway.metrics())?.[1];
  expect(await titleIn(one)).toEqual({ data: { tune: { title: 'one' } } });
  expect(await titleIn(other)).toEqual({ data: { tune: { title: 'other' } } });
  expect(await titleIn(other)).toEqual({ data: { tune: { title: 'other' } } });
  expect([await counted(one), await counted(other)]).toEqual(['1', '2']);
  // The program has these of its own.
  expect(await one.gateway.metrics()).not.toContain('process_');
  await one.gateway.close();
  expect(await titleIn(other)).toEqual({ data: { tune: { title: 'other' } } });
});

test('gateways may share a ledger: what one has paid for, the other does not pay again', async () => {
  const path = await newPath();
  const { gateway, emulator } = await embedded({ ledgerPath: path });
  const second = await embed({ astriaBaseUrl: emulator.url, ledgerPath: path });
  const paid =
    'mutation { createPrompt(input: { tuneId: 1504944, text: "x", idempotencyKey: "4711" }) { prompt { id } } }';
  const first = await (await gateway.fetch(asking(paid))).json();
  expect(first).toMatchObject({ data: { createPrompt: { prompt: { id: expect.any(String) } } } });
  expect(await (await second.fetch(asking(paid))).json()).toEqual(first);
  expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('metrics that are off are told so', async () => {
  const { gateway } = await embedded();
  await expect(gateway.metrics()).rejects.toThrow('Metrics are off: create the gateway with');
});

test('the logger gets what would be logged, and no secret', async () => {
  const lines: unknown[] = [];
  const log =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push([level, fields, message]);
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const { gateway, emulator } = await embedded({ logger });
  emulator.fail({ path: '/tunes/1504944', status: 200, body: { id: 'sd_secret' } });
  const headers = { 'x-request-id': 'r-1' };
  await gateway.fetch(asking(TITLE, { headers }));
  expect(lines).toMatchObject([
    ['error', { requestId: 'r-1', err: { type: 'OutOfContract' } }, 'an operation failed'],
    ['info', { requestId: 'r-1', kind: 'query', codes: ['UPSTREAM_CONTRACT'] }, 'operation'],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/sd_/);
});

test('the end: what is under way is answered, streams end, and new requests are refused', async () => {
  const { gateway, emulator } = await embedded({}, { frozenAt: new Date() });
  const url = await listening(createServer(gateway.listener));
  const { id } = emulator.account(emulator.key).addPrompt({ trained_at: null });
  const events = await openEvents(url, { query: WAITING(id as number) }, AUTHORIZED);
  await expect.poll(() => events.told.length).toBe(1);
  // Two rows, because two reads of one would be shared.
  for (const id of [7, 8]) emulator.account(emulator.key).addTune({ id });
  emulator.clearRequests();
  emulator.fail({ path: '/tunes/*', latencyMs: 1000, times: 2 });
  const slow = ask(url, '{ tune(id: 7) { title } }');
  const slowToo = gateway.fetch(asking('{ tune(id: 8) { title } }'));
  await expect
    .poll(() => emulator.requests.filter(({ path }) => path.startsWith('/tunes/')).length)
    .toBe(2);
  const closed = gateway.close();
  expect(gateway.close()).toBe(closed);
  const refused = await gateway.fetch(asking(TITLE));
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { errors: [{ message: /about to stop/, extensions: { code: 'OVERLOADED' } }] },
  ]);
  await closed;
  expect(await (await slow).json()).toEqual({ data: { tune: { title: 'Tune 7' } } });
  expect(await (await slowToo).json()).toEqual({ data: { tune: { title: 'Tune 8' } } });
  await events.ended;
  expect((await ask(url, TITLE)).status).toBe(503);
});

test('the end does not wait for ever', async () => {
  const { gateway, emulator } = await embedded({ shutdownTimeout: 1 });
  emulator.fail({ path: '/tunes/1504944', latencyMs: 60_000 });
  const asked = gateway.fetch(asking(TITLE)).catch((error) => error);
  await expect.poll(() => emulator.requests.length).toBe(1);
  await gateway.close();
  expect(await asked).toBeInstanceOf(Error);
});
