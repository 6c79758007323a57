/** What `deploy/nginx.conf` and `deploy/haproxy.cfg` promise, in front of three gateways. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../src/emulator/serve.ts';
import { logLines } from '../../src/observe/log-lines.ts';
import { startCollector } from '../support/collector.ts';
import { startDeployedProxy } from '../support/deployed-proxies.ts';
import { startGateway } from '../support/gateway.ts';
import { begin, END, file } from '../support/multipart.ts';
import { listen } from '../support/odd-astria.ts';
import { ask, ended, started } from '../support/process.ts';
import { PROXY_NAMES, type ProxyName } from '../support/proxies.ts';
import { CREATED, has, startSink, tuneOf } from '../support/uploads.ts';

const ONE_PHOTO = tuneOf(1);
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const MADE_UP = { 'content-type': 'application/json', authorization: 'Bearer sd_made_up' };
const QUERY = '{"query":"{ __typename }"}';

async function startBehind(name: ProxyName, baseUrl?: string) {
  const options = {
    baseUrl,
    environment: { ALLOW_CALLER_KEYS: 'on', NEW_KEY_RATE_LIMIT: '999999999/s' },
    watchers: (log: Logger) => [logLines(log)],
  };
  const first = await startGateway(options);
  const { emulator, clock } = first;
  const gateways = [first];
  while (gateways.length < 3) gateways.push(await startGateway({ ...options, emulator, clock }));
  const hosts = gateways.map(({ url }) => new URL(url).host);
  const proxy = await startDeployedProxy(name, { gateways: hosts });
  onTestFinished(proxy.stop);
  const ask = (headers: Record<string, string>) =>
    fetch(proxy.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: QUERY,
    });
  /** The ids of the requests that each gateway has logged. */
  const logged = () =>
    gateways.map((gateway) =>
      gateway.logged
        .map((line) => JSON.parse(line) as { msg: string; requestId: string })
        .filter(({ msg }) => msg === 'operation')
        .map(({ requestId }) => requestId),
    );
  return { ...proxy, ask, logged };
}

/** Sends the header once for each value, which `fetch` does not. */
async function idOfTwo(url: string, values: string[]) {
  const outgoing = request(url, { method: 'POST', agent: false });
  outgoing.setHeader('content-type', 'application/json').setHeader('x-request-id', values);
  outgoing.end(QUERY);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.resume();
  return response.headers['x-request-id'] as string;
}

/** Sends a body that is longer than a gateway reads of it, until its connection breaks or it is answered. */
async function sendLarge(url: string, bytes: number) {
  const outgoing = request(url, { method: 'POST', agent: false, headers: MADE_UP });
  const over = new Promise((resolve) => outgoing.on('error', resolve).on('close', resolve));
  outgoing.on('response', (response) => response.resume());
  outgoing.end(Buffer.alloc(bytes, ' '));
  await over;
}

describe.each(PROXY_NAMES)('%s', (name) => {
  test('large bodies that gateways refuse keep no other caller out', async () => {
    const { url, ask } = await startBehind(name);
    let isOver = false;
    const flood = async () => {
      while (!isOver) await sendLarge(url, 20_000_000);
    };
    const floods = Array.from({ length: 3 }, flood);
    const statuses: number[] = [];
    for (let n = 0; n < 30; n++) {
      statuses.push((await ask({ authorization: 'Bearer sd_honest' })).status);
      await sleep(30);
    }
    isOver = true;
    await Promise.all(floods);
    expect(statuses).toEqual(statuses.map(() => 200));
  });

  test('each caller reaches one gateway, and all gateways have callers', async () => {
    const { ask, logged } = await startBehind(name);
    for (let caller = 0; caller < 40; caller++) {
      const own = `caller-${caller}`;
      for (const turn of ['first', 'second']) {
        const headers = { authorization: `Bearer sd_${caller}`, 'x-request-id': `${own}-${turn}` };
        expect((await ask(headers)).status).toBe(200);
      }
      const reached = logged().filter((ids) => ids.some((id) => id.startsWith(`${own}-`)));
      expect(reached).toHaveLength(1);
    }
    for (const ids of logged()) expect(ids.length).toBeGreaterThan(0);
  });

  test('one id stands in the answer, and in the logs of both', async () => {
    const { ask, logged, accesses, url } = await startBehind(name);
    const idOf = async (headers: Record<string, string>) =>
      (await ask(headers)).headers.get('x-request-id');
    // The gateway keeps no id like the last.
    const ids = [
      await idOf({}),
      await idOf({ 'x-request-id': 'mine' }),
      await idOf({ 'x-request-id': '"; not fit' }),
      await idOfTwo(url, ['fit', '"; not fit']),
    ];
    expect(ids[1]).toBe('mine');
    expect(logged().flat().toSorted()).toEqual(ids.toSorted());
    const told = () => accesses().filter(({ status }) => status === 200);
    await expect.poll(() => told().map(({ requestId }) => requestId)).toEqual(ids);
    expect(told().map(({ client }) => client)).toEqual(ids.map(() => '127.0.0.1'));
  });

  test('one trace leads from the client to Astria, and its spans have the id of the request', async () => {
    const collector = await startCollector();
    const emulator = await startEmulator();
    onTestFinished(() => emulator.close());
    const { url, child } = await started({
      ASTRIA_BASE_URL: emulator.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    const proxy = await startDeployedProxy(name, { gateways: [new URL(url).host] });
    onTestFinished(proxy.stop);
    const answer = await ask(proxy.url, '{ tunes { nodes { id } } }', {
      authorization: 'Bearer sd_demo',
      traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
    });
    expect(answer.status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
    const spans = collector.spans();
    expect(spans.map(({ traceId }) => traceId)).toEqual([TRACE, TRACE]);
    expect(spans.at(-1)?.attributes).toMatchObject({
      'astria_graphql.request_id': answer.headers.get('x-request-id'),
    });
  });

  test('a large file arrives at Astria while it is sent', async () => {
    const sink = await startSink(() => ({ status: 201, body: { id: 1, title: 'Ines' } }));
    const { url } = await startBehind(name, sink.url);
    const photo = file('0', Buffer.alloc(4_000_000, 'x'));
    const { outgoing, answer } = begin(url);
    for (const piece of ONE_PHOTO) outgoing.write(piece);
    outgoing.write(photo.subarray(0, 2_000_000));
    await expect.poll(() => sink.seen.body.length).toBeGreaterThan(1_500_000);
    expect(sink.seen.isWhole).toBe(false);
    outgoing.end(Buffer.concat([photo.subarray(2_000_000), END]));
    expect(await answer).toEqual(CREATED);
    expect(sink.seen.body).toEqual(has('xxxx'));
  });

  test('Astria hears of a client that leaves during an upload', async () => {
    const sink = await startSink(() => undefined);
    const { url } = await startBehind(name, sink.url);
    const { outgoing } = begin(url);
    for (const piece of ONE_PHOTO) outgoing.write(piece);
    outgoing.write(file('0', Buffer.alloc(400_000)).subarray(0, 200_000));
    await expect.poll(() => sink.seen.body.length).toBeGreaterThan(100_000);
    outgoing.destroy();
    await expect.poll(() => sink.seen.brokeOffAt).toBeGreaterThan(0);
  });

  test.each(['GET', 'POST'])(
    'the gateway hears of a client that leaves before its answer to a %s',
    async (method) => {
      const seen = { arrived: 0, left: 0 };
      // It never answers, so only a client that leaves ends its response.
      const gateway = await listen((incoming, response) => {
        if (incoming.url === '/readyz') return response.end();
        incoming.resume();
        seen.arrived += 1;
        response.on('close', () => {
          seen.left += 1;
        });
      });
      const proxy = await startDeployedProxy(name, { gateways: [new URL(gateway).host] });
      onTestFinished(proxy.stop);
      const outgoing = request(proxy.url, { method, agent: false }).on('error', () => {});
      outgoing.end(method === 'POST' ? QUERY : undefined);
      await expect.poll(() => seen.arrived).toBe(1);
      expect(seen.left).toBe(0);
      outgoing.destroy();
      await expect.poll(() => seen.left).toBe(1);
    },
  );

  test('the gateway is told by what protocol the proxy was asked, whatever the client says', async () => {
    const told: unknown[] = [];
    const gateway = await listen(({ url, headers }, response) => {
      if (url !== '/readyz') told.push(headers['x-forwarded-proto']);
      response.end();
    });
    const proxy = await startDeployedProxy(name, { gateways: [new URL(gateway).host] });
    onTestFinished(proxy.stop);
    await fetch(proxy.url, { headers: { 'x-forwarded-proto': 'https' } });
    expect(told).toEqual(['http']);
  });
});
