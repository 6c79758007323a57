/** How the process ends. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openRaw } from '../jobs/sockets.ts';
import { openEvents } from '../jobs/sse.ts';
import { freePort } from '../support/free-port.ts';
import { ask, ended, READY, start, started } from '../support/process.ts';

async function startAstria(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, environment: { ASTRIA_BASE_URL: `http://127.0.0.1:${port}` } };
}

const authorization = 'Bearer sd_a';
const create =
  'mutation { createTune(input: { title: "Ines", name: "woman", imageUrls: ["https://a.example/1.jpg"] }) { tune { title } } }';

/** Until the process has had the signal, and takes nothing new. */
const untilRefused = (url: string) =>
  expect
    .poll(() => ask(url, '{ __typename }').then(Boolean, () => false), { timeout: 20_000 })
    .toBe(false);

test('a paid mutation that is under way is answered, and the end is 0', async () => {
  const { server, environment } = await startAstria(() => {});
  const { child, url } = await started(environment);
  const answer = ask(url, create, { authorization });
  const [, response] = await once(server, 'request');
  child.kill('SIGTERM');
  await untilRefused(url);
  response.writeHead(201).end('{"id": 5, "title": "Ines"}');
  expect(await (await answer).json()).toEqual({
    data: { createTune: { tune: { title: 'Ines' } } },
  });
  expect(await ended(child)).toBe(0);
});

test('an answer that was due at the signal says that it is the last of its connection', async () => {
  const { server, environment } = await startAstria(() => {});
  const { child, url } = await started(environment);
  const agent = new Agent({ keepAlive: true });
  const query = encodeURIComponent('{ tunes { nodes { id } } }');
  const headers = { authorization };
  const outgoing = request(`${url}?query=${query}`, { agent, headers }).end();
  const [, answer] = await once(server, 'request');
  child.kill('SIGTERM');
  await untilRefused(url);
  answer.end('[]');
  const [response] = await once(outgoing, 'response');
  expect([response.statusCode, response.headers.connection]).toEqual([200, 'close']);
  expect(await text(response)).toBe('{"data":{"tunes":{"nodes":[]}}}');
  expect(await ended(child)).toBe(0);
});

test('when time is up the rest is cut off, and the end is 1', async () => {
  const { server, environment } = await startAstria(() => {});
  const { child, url } = await started({ ...environment, SHUTDOWN_TIMEOUT: '1' });
  const answer = ask(url, create, { authorization });
  answer.catch(() => {});
  await once(server, 'request');
  const beganMs = performance.now();
  child.kill('SIGTERM');
  await expect(answer).rejects.toThrow();
  expect(await ended(child)).toBe(1);
  expect(performance.now() - beganMs).toBeGreaterThan(800);
  expect(performance.now() - beganMs).toBeLessThan(10_000);
});

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

test('after the signal it is not ready and serves on; a second one ends it at once', async () => {
  const { child, url } = await started({ SHUTDOWN_DELAY: '40' });
  child.kill('SIGTERM');
  const readiness = async () => (await fetch(new URL('/readyz', url))).status;
  await expect.poll(readiness, { timeout: 20_000 }).toBe(503);
  const response = await ask(url, '{ __typename }');
  expect(response.status).toBe(200);
  // A proxy keeps its connections, and needs no new ones.
  expect(response.headers.get('connection')).toBe('keep-alive');
  // Sooner it would be taken for the first, passed on by npm.
  await sleep(400);
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(1);
});

test('a connection in use is never closed under a request: its last answer says so', async () => {
  const { child, url } = await started({ SHUTDOWN_DELAY: '1' });
  const over = ended(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const connections: (string | undefined)[] = [];
  while (connections.at(-1) !== 'close') {
    const outgoing = request(`${url}?query={__typename}`, { agent }).end();
    const [response] = await once(outgoing, 'response');
    expect(await text(response)).toBe('{"data":{"__typename":"Query"}}');
    connections.push(response.headers.connection);
    if (connections.length === 3) child.kill('SIGTERM');
    // Idle in between, as connections of a proxy are.
    await sleep(100);
  }
  expect(new Set(connections.slice(0, -1))).toEqual(new Set(['keep-alive']));
  expect(await over).toBe(0);
});

test('as long as a proxy uses up its idle connections, none is closed', async () => {
  const { child, url } = await started({ SHUTDOWN_DELAY: '2' });
  const agents = Array.from({ length: 14 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const ask = async (agent: Agent) => {
    const [response] = await once(
      request(`${url}?query={__typename}`, { agent }).end(),
      'response',
    );
    return [response.headers.connection, await text(response)];
  };
  await Promise.all(agents.map(ask));
  const over = ended(child);
  child.kill('SIGTERM');
  await untilRefused(url);
  for (const agent of agents) {
    expect(await ask(agent)).toEqual(['close', '{"data":{"__typename":"Query"}}']);
    await sleep(100);
  }
  expect(await over).toBe(0);
});

test('idle connections are closed in the end, and those on which nothing ever came', async () => {
  const { child, url } = await started({ SHUTDOWN_DELAY: '1' });
  const silent = connect(Number(new URL(url).port), '127.0.0.1');
  await once(silent, 'connect');
  await ask(url, '{ __typename }');
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
});

test('start, readiness and end are lines of the log, and nothing else is printed', async () => {
  const printed = await printedUntilTheEnd({});
  const lines = printed.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 30, msg: 'starting', version, node: process.version },
    { level: 40, msg: expect.stringMatching(/^AN EMBEDDED EMULATOR, not Astria/) },
    { level: 30, msg: 'ready', endpoint: expect.stringMatching(/^http:/), upstream: 'emulator' },
    { level: 30, msg: 'not ready, and serving on', signal: 'SIGTERM', delayMs: 0 },
    { level: 30, msg: 'closing: no new connection is taken', unanswered: 0 },
    { level: 30, msg: 'stopped' },
  ]);
});

test('an idle connection is kept longer than the 60 seconds of a proxy', async () => {
  const usual = await started();
  const set = await started({ KEEP_ALIVE_TIMEOUT: '7' });
  const hint = async ({ url }: { url: string }) =>
    (await ask(url, '{ __typename }')).headers.get('keep-alive');
  expect([await hint(usual), await hint(set)]).toEqual(['timeout=65', 'timeout=7']);
});

test('a stream ends without `complete`, who waits is told what is known, and the end is 0', async () => {
  const METRICS_PORT = String(await freePort());
  const { child, url } = await started({ SHUTDOWN_TIMEOUT: '10', METRICS: 'on', METRICS_PORT });
  const metrics = async () => (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
  const create =
    'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }';
  const { data } = await (await ask(url, create)).json();
  const { id } = data.createPrompt.prompt;
  const query = `subscription { prompt(id: "${id}") { isDone } }`;
  const stream = await openEvents(url, { query });
  const wait = ask(url, `{ waitFor(ids: ["${id}"], seconds: 55) { isDone } }`);
  const [busy, idle] = [await openRaw(url), await openRaw(url)];
  await busy.init();
  busy.subscribe('a', { query });
  await expect.poll(metrics).toContain('astria_graphql_streams 3\n');
  child.kill('SIGTERM');
  expect(await (await wait).json()).toEqual({ data: { waitFor: { isDone: false } } });
  await stream.ended;
  expect(stream.told.map(({ event }) => event)).not.toContain('complete');
  expect([(await busy.closed).code, (await idle.closed).code]).toEqual([1012, 1012]);
  expect(await ended(child)).toBe(0);
});

test('a WebSocket whose client is deaf is cut off when time is up', async () => {
  const { child, url } = await started({ SHUTDOWN_TIMEOUT: '1' });
  const { socket } = await openRaw(url);
  socket.pause();
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
});

test('a second signal ends it at once', async () => {
  const { server, environment } = await startAstria(() => {});
  const { child, url } = await started(environment);
  ask(url, create, { authorization }).catch(() => {});
  await once(server, 'request');
  child.kill('SIGINT');
  // npm and the terminal both send one, for a single Ctrl-C.
  child.kill('SIGINT');
  await sleep(400);
  expect(child.exitCode).toBeNull();
  child.kill('SIGINT');
  expect(await ended(child)).toBe(1);
});

async function printedUntilTheEnd(environment: Record<string, string>) {
  const child = start(environment);
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (printed.includes(READY) && !child.killed) child.kill('SIGTERM');
  }
  return printed;
}

test('a SHUTDOWN_TIMEOUT that a call to Astria may outlast is warned of at the start', async () => {
  const environment = { ASTRIA_BASE_URL: 'http://127.0.0.1:9' };
  expect(await printedUntilTheEnd({ ...environment, SHUTDOWN_TIMEOUT: '36' })).toContain(
    '"leastMs":32400,"upstreamTimeoutMs":35000,"msg":"SHUTDOWN_TIMEOUT leaves',
  );
  const usual = await printedUntilTheEnd(environment);
  expect(usual).not.toContain('SHUTDOWN_TIMEOUT');
});
