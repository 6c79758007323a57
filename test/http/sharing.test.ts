/** What is asked at the same time is done once, for those who may see it, and for nobody else. */
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { frozenClock } from '../../src/emulator/clock.ts';
import { startEmulator } from '../../src/emulator/serve.ts';
import type { CallLog } from '../../src/upstream/call-log.ts';
import { Door, OPEN } from '../kill/door.ts';
import { NOW, startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';

const QUERY =
  'query A($title: String) { tunes(first: 3, filter: { title: $title }) { nodes { title } } } query B { tunes(first: 3) { nodes { astriaId } } }';

const VARY = 'Authorization, X-Workspace-Id, Origin, Accept, Accept-Encoding';

type Asking = { variables?: unknown; operationName?: string; headers?: Record<string, string> };

interface Slow extends TestGatewayOptions {
  /** All that is to be shared must have come by then. */
  latencyMs?: number;
}

/** A gateway that has seen the query before, before an Astria that takes its time. */
async function startSlow({ latencyMs = 100, ...options }: Slow = {}) {
  const environment = { ALLOW_CALLER_KEYS: 'on' };
  let executions = 0;
  const counting = { over: () => void executions++ };
  const gateway = await startGateway({ environment, watchers: () => [counting], ...options });
  const { account, emulator, fetch } = gateway;
  account.addWorkspace({ id: 679, title: 'Studio' });
  account.addTune({ id: 5, title: 'tune five' });
  const ask = async ({ headers, ...asked }: Asking = {}, signal?: AbortSignal) => {
    const body = JSON.stringify({ query: QUERY, operationName: 'A', ...asked });
    const type = { 'content-type': 'application/json' };
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { ...type, ...headers },
      body,
      signal,
    });
    return response.text();
  };
  await ask();
  emulator.clearRequests();
  executions = 0;
  const slow = (times = 20) => emulator.fail({ method: 'GET', path: '/tunes', latencyMs, times });
  slow();
  /** How often something was run, whatever it needed of Astria. */
  return { ...gateway, ask, slow, executions: () => executions };
}

const ANSWER = '{"data":{"tunes":{"nodes":[{"title":"tune five"}]}}}';

test('the same query by the same caller is one call, whatever else its headers say', async () => {
  const { ask, requests, executions } = await startSlow({ latencyMs: 1000 });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      ask({ headers: { traceparent: `00-${index}`, 'user-agent': `client ${index}` } }),
    ),
  );
  expect(new Set(answers)).toEqual(new Set([ANSWER]));
  expect(requests()).toEqual(['GET /tunes?limit=4']);
  expect(executions()).toBe(1);
});

test('another operation of the same document is run by itself', async () => {
  const { ask, executions } = await startSlow();
  expect(await Promise.all([ask(), ask({ operationName: 'B' })])).toEqual([
    ANSWER,
    '{"data":{"tunes":{"nodes":[{"astriaId":5}]}}}',
  ]);
  expect(executions()).toBe(2);
});

test('a query that joins a running one causes no further calls', async () => {
  const { run, account, requests, emulator } = await startGateway();
  account.addTune({ id: 5, title: 'tune five' });
  account.addPrompt({ id: 7, tune_id: 5, text: 'x' });
  emulator.fail({ path: '/tunes/5', latencyMs: 100 });
  const ask = () => run('{ prompt(id: 7) { tune { token createdAt } } }');
  const first = ask();
  while (requests().length < 2) await sleep(5);
  expect(await ask()).toEqual(await first);
  expect(requests()).toEqual(['GET /prompts/7', 'GET /tunes/5']);
});

test('different queries that need the same of Astria share a call, and a read after a write makes its own', async () => {
  const clock = frozenClock(NOW);
  const emulator = await startEmulator({ clock, seed: false });
  const door = new Door(emulator.url);
  onTestFinished(() => door.close());
  const logs: CallLog[] = [];
  const { ask, run, account, requests } = await startSlow({
    ...{ emulator, clock, baseUrl: await door.listen(), latencyMs: 0 },
    watchers: () => [{ begun: ({ context }) => void (context && logs.push(context.calls)) }],
  });
  account.addPrompt({ id: 7, tune_id: 5 });
  const released = Promise.withResolvers<void>();
  door.gates = {
    ...OPEN,
    async request({ path }) {
      if (path.startsWith('/tunes')) await released.promise;
      return 'on';
    },
  };
  logs.length = 0;
  const reads = () =>
    logs
      .flatMap(({ entries }) => entries.filter(({ route }) => route === '/tunes'))
      .map(({ kind }) => kind)
      .toSorted();
  const queries = [
    ask(),
    ask({ operationName: 'B' }),
    run('{ tunes(first: 3) { nodes { astriaId } } }'),
  ];
  await expect.poll(reads).toEqual(['made', 'shared', 'shared']);
  const mutation = run(
    'mutation { likePrompt(input: { id: 7 }) { query { tunes(first: 3) { nodes { id } } } } }',
  );
  await expect.poll(reads).toEqual(['made', 'made', 'shared', 'shared']);
  released.resolve();
  await Promise.all([...queries, mutation]);
  expect(requests().filter((request) => request.includes('/tunes'))).toEqual([
    'GET /tunes?limit=4',
    'GET /tunes?limit=4',
  ]);
});

const NONE = '{"data":{"tunes":{"nodes":[]}}}';

test.each<[string, Asking, string]>([
  ['another key', { headers: { authorization: 'Bearer sd_other' } }, NONE],
  ['another workspace', { headers: { 'x-workspace-id': '679' } }, NONE],
  ['all workspaces', { headers: { 'x-workspace-id': 'all' } }, ANSWER],
  ['other variables', { variables: { title: 'six' } }, NONE],
])('nothing is shared with %s', async (_, other, answer) => {
  const { ask, requests } = await startSlow();
  const [mine, theirs] = await Promise.all([ask(), ask(other)]);
  expect(mine).toBe(ANSWER);
  expect(theirs).toBe(answer);
  expect(requests()).toHaveLength(2);
});

test('each gets the media type it wants', async () => {
  const { fetch } = await startSlow();
  const types = ['application/json', 'application/graphql-response+json'];
  const responses = await Promise.all(
    types.map((accept) =>
      fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query: QUERY, operationName: 'A' }),
      }),
    ),
  );
  const found = responses.map(({ headers }) => headers.get('content-type'));
  expect(found).toEqual(types.map((type) => `${type}; charset=utf-8`));
  expect(await Promise.all(responses.map((response) => response.text()))).toEqual([ANSWER, ANSWER]);
});

test('the others still get their answer when one client leaves', async () => {
  const { ask, requests } = await startSlow();
  const leaving = new AbortController();
  const left = ask({}, leaving.signal);
  const stayed = ask();
  while (requests().length === 0) await sleep(5);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  expect(await stayed).toBe(ANSWER);
  expect(requests()).toHaveLength(1);
});

test('the shared work is aborted when the last client leaves', async () => {
  const { ask, requests, logged } = await startSlow();
  const leaving = new AbortController();
  const left = Promise.allSettled([ask({}, leaving.signal), ask({}, leaving.signal)]);
  while (requests().length === 0) await sleep(5);
  leaving.abort();
  await left;
  await sleep(20);
  // Nobody joins what has been given up.
  expect(await ask()).toBe(ANSWER);
  expect(requests()).toHaveLength(2);
  expect(logged).toEqual([]);
});

test('a read that comes after the answer of a write joins nothing that was begun before it', async () => {
  const { ask, run, requests, emulator } = await startSlow();
  const before = ask();
  const beforeToo = run('{ tunes(first: 3) { nodes { astriaId } } }');
  while (requests().length === 0) await sleep(5);
  await run('mutation { updateTune(input: { id: 5, title: "renamed" }) { tune { title } } }');
  emulator.clearFaults();
  expect(await ask()).toBe('{"data":{"tunes":{"nodes":[{"title":"renamed"}]}}}');
  expect(await run('{ tunes(first: 3) { nodes { astriaId } } }')).toMatchObject({ data: {} });
  const reads = requests().filter((request) => request === 'GET /tunes?limit=4');
  // One for the two before the write, and one for each that came after it: those came one after the other.
  expect(reads).toHaveLength(3);
  await Promise.all([before, beforeToo]);
});

test('writes are never shared, however alike', async () => {
  const { run, requests } = await startSlow();
  const write = 'mutation { createPrompt(input: { tuneId: 5, text: "x" }) { prompt { text } } }';
  await run(write);
  await Promise.all([run(write), run(write)]);
  expect(requests()).toEqual(Array(3).fill('POST /tunes/5/prompts'));
});

/** Their `Accept`, as they send it. */
const CLIENTS: Record<string, string> = {
  'Apollo Client 4': 'application/graphql-response+json,application/json;q=0.9',
  'graphql-request 7': 'application/graphql-response+json, application/json',
  'urql 5':
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
};

test('clients whose `Accept` headers mean the same share an answer', async () => {
  const { ask, requests, executions } = await startSlow({ latencyMs: 1000 });
  const clients = Object.values(CLIENTS);
  const forty = Array.from({ length: 40 }, (_, index) =>
    ask({ headers: { accept: clients[index % clients.length] as string } }),
  );
  const axios = Array.from({ length: 40 }, () =>
    ask({ headers: { accept: 'application/json, text/plain, */*' } }),
  );
  expect(new Set(await Promise.all([...forty, ...axios]))).toEqual(new Set([ANSWER]));
  // One for each media type.
  expect(executions()).toBe(2);
  expect(requests()).toEqual(['GET /tunes?limit=4']);
});

test('each client of a shared answer gets its own headers', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'web' });
  const environment = { GATEWAY_KEYS, CORS_ORIGINS: 'https://a.example, https://b.example' };
  const { url, emulator, requests, account } = await startGateway({ environment });
  account.addTune({ id: 5, title: 'tune five' });
  emulator.fail({ path: '/tunes', latencyMs: 100 });
  const askFrom = (origin: string, host: string, id?: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { origin, host, ...(id && { 'x-request-id': id }), ...bearer('web') };
      const type = { 'content-type': 'application/json' };
      request(url, { method: 'POST', headers: { ...headers, ...type } }, resolve)
        .on('error', reject)
        .end(JSON.stringify({ query: '{ tunes(first: 3) { nodes { title } } }' }));
    });
  const responses = await Promise.all([
    askFrom('https://a.example', 'one.example', 'first'),
    askFrom('https://b.example', 'two.example:4000', 'second'),
    askFrom('https://evil.example', 'one.example', 'third'),
    askFrom('https://a.example', 'one.example'),
  ]);
  const told = responses.map(({ headers }) => [
    headers['access-control-allow-origin'],
    headers.vary,
    headers['x-request-id'],
  ]);
  expect(told).toEqual([
    ['https://a.example', VARY, 'first'],
    ['https://b.example', VARY, 'second'],
    [undefined, VARY, 'third'],
    // That it was shared shows here: who brings no id is told the one under which the answer is logged.
    ['https://a.example', VARY, 'first'],
  ]);
  for (const response of responses) {
    expect(Buffer.concat(await response.toArray()).toString()).toBe(ANSWER);
  }
  expect(requests()).toEqual(['GET /tunes?limit=4']);
});

test('a batch of queries shares; one with a write in it does not', async () => {
  const { fetch, requests, executions } = await startSlow();
  const send = async (...operations: object[]) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(operations),
    });
    return response.text();
  };
  const query = { query: QUERY, operationName: 'A' };
  const viewer = { query: '{ viewer { email } }' };
  const shared = await Promise.all([send(query, viewer), send(query, viewer)]);
  expect(shared[0]).toContain(ANSWER);
  expect(shared[1]).toBe(shared[0]);
  expect(executions()).toBe(2);
  const write = {
    query: 'mutation { createPrompt(input: { tuneId: 5, text: "x" }) { prompt { text } } }',
  };
  await Promise.all([send(write, write), send(write, write)]);
  expect(requests().filter((asked) => asked.startsWith('POST'))).toHaveLength(4);
});

/** Beside a query that is as it should be: what is wrong with them is not the other's. */
const BROKEN: [string, object | string][] = [
  ['extensions that are none', { query: QUERY, operationName: 'A', extensions: 'x' }],
  ['variables that are none', { query: QUERY, operationName: 'A', variables: [1] }],
  [
    'a number that is too large',
    JSON.stringify({ query: QUERY, operationName: 'A', variables: { title: 7 } }).replace(
      '7',
      '1e400',
    ),
  ],
];

test.each(BROKEN)('a request with %s has no part in the answer to another', async (_, body) => {
  const { ask, fetch } = await startSlow();
  const sendBroken = async () => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/graphql', { method: 'POST', headers, body: text })).text();
  };
  const [first, mine, last] = await Promise.all([
    sendBroken(),
    ask({ variables: { title: null } }),
    sendBroken(),
  ]);
  expect(mine).toBe(ANSWER);
  for (const broken of [first, last]) expect(broken).toContain('"errors"');
});

test('a GET shares too', async () => {
  const { fetch, requests, executions } = await startSlow();
  const search = new URLSearchParams({ query: QUERY, operationName: 'A' });
  const get = async () => (await fetch(`/graphql?${search}`)).text();
  expect(await Promise.all([get(), get(), get()])).toEqual([ANSWER, ANSWER, ANSWER]);
  expect(requests()).toHaveLength(1);
  expect(executions()).toBe(1);
});
