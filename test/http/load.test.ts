/** Clients that ask for more than there is room for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LOAD_LIMITS, loadLimits } from '../../src/http/load.ts';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { connectRaw, getOf, postOf } from '../support/raw-client.ts';

test.each([
  [undefined, 12_000],
  [20_000, 12_000],
  [1024, 724],
])(
  'with %s descriptors 10,000 streams leave room for others, or take what there is',
  (most, open) => {
    expect(loadLimits(10_000, most).connections.open).toBe(open);
  },
);

const POLL = { timeout: 20_000, interval: 50 };

/** Each answer to `LONG` has four megabytes: what the system keeps for a connection does not hold three of them. */
const ROWS = 100;
const TITLE = 'x'.repeat(40_000);
const LONG_ROWS = `tunes(first: ${ROWS}) { nodes { title } }`;
const long = (n: number) => `{ a${n}: ${LONG_ROWS} }`;

async function startLong(load: TestGatewayOptions['load']) {
  const gateway = await startGateway({ load });
  for (let id = 1; id <= ROWS; id++) gateway.account.addTune({ id, title: TITLE });
  return gateway;
}

const overloaded = (name: string, max: number) => ({
  status: 503,
  retryAfter: '1',
  code: 'OVERLOADED',
  limit: expect.objectContaining({ name, max }),
});

async function told(response: Response) {
  const { errors } = (await response.json()) as { errors?: { extensions: object }[] };
  const { code, limit } = (errors?.[0]?.extensions ?? {}) as { code?: string; limit?: object };
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, retryAfter, code, limit };
}

const ask = ({ fetch }: Awaited<ReturnType<typeof startGateway>>, query: string) =>
  fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

test('at most ten requests of a connection are answered at the same time', async () => {
  const { url, deps } = await startGateway();
  const { socket, statuses, text } = connectRaw(url);
  socket.resume().write(getOf('{ __typename }').repeat(12));
  await expect.poll(() => statuses().length, POLL).toBe(12);
  expect(statuses()).toEqual([...Array(10).fill(200), 503, 503]);
  expect(text()).toContain('"limit":{"name":"connectionRequests","max":10,"found":12}');
  // Once it has taken its answers it is as welcome as before.
  socket.write(getOf('{ __typename }'));
  await expect.poll(() => statuses().length, POLL).toBe(13);
  expect(statuses().at(-1)).toBe(200);
  expect(deps.load.refused).toMatchObject({ connectionRequests: 2 });
});

test('a connection that asks a hundred more is cut off', async () => {
  const { url, requests } = await startGateway();
  const { socket, isClosed, text } = connectRaw(url);
  socket
    .resume()
    .write(getOf('{ tunes { nodes { id } } }').repeat(LOAD_LIMITS.unanswered.most + 1));
  await expect.poll(isClosed, POLL).toBe(true);
  expect(text()).toBe('');
  expect(requests().length).toBeLessThan(2);
});

test('a request beyond the queue is refused, and nothing of it is done', async () => {
  const requestLimits = { running: 1, runningOfCaller: 1, waiting: 1, waitingOfCaller: 1 };
  const gateway = await startGateway({ load: { requests: requestLimits } });
  const { account, emulator, requests, deps } = gateway;
  account.addTune({ id: 5 });
  emulator.fail({ path: '/tunes', latencyMs: 1000 });
  const first = ask(gateway, '{ tunes { nodes { id } } }');
  await expect.poll(() => deps.load.turns.running, POLL).toBe(1);
  const second = ask(gateway, '{ tunes { nodes { title } } }');
  await expect.poll(() => deps.load.turns.waiting, POLL).toBe(1);
  const refusal = overloaded('waitingRequests', 1);
  expect(await told(await ask(gateway, '{ __typename }'))).toEqual(refusal);
  // Writes have places of their own.
  emulator.fail({ method: 'PATCH', latencyMs: 1000 });
  const renameTo = (title: string) =>
    ask(gateway, `mutation { updateTune(input: { id: 5, title: "${title}" }) { tune { id } } }`);
  const renamed = renameTo('a');
  await expect.poll(() => deps.load.writing.running, POLL).toBe(1);
  const renamedNext = renameTo('b');
  await expect.poll(() => deps.load.writing.waiting, POLL).toBe(1);
  const write = 'mutation { deleteTune(input: { id: 5 }) { deletedId } }';
  expect(await told(await ask(gateway, write))).toEqual(refusal);
  // Who asks what waits already waits with it.
  const same = ask(gateway, '{ tunes { nodes { title } } }');
  const answers = [first, second, same, renamed, renamedNext];
  for (const answer of answers) expect((await answer).status).toBe(200);
  expect(requests().filter((request) => request.startsWith('DELETE'))).toEqual([]);
  expect((await ask(gateway, write)).status).toBe(200);
  expect(deps.load).toMatchObject({ running: 0, waiting: 0 });
});

test('queries are refused while too many answers are unread', async () => {
  const max = 9_000_000;
  const gateway = await startLong({ unsent: { bytes: max, bytesOfCaller: max } });
  const { load } = gateway.deps;
  const { socket, statuses, text } = connectRaw(gateway.url);
  const asked = 8;
  socket.write(Array.from({ length: asked }, (_, n) => getOf(long(n))).join(''));
  await expect.poll(() => load.refused.unsentBytes, POLL).toBeGreaterThan(0);
  await expect.poll(() => load.turns.running + load.turns.waiting, POLL).toBe(0);
  expect(load.unsent.bytes).toBeLessThanOrEqual(max + 10_000);
  socket.resume();
  await expect.poll(() => statuses().length, POLL).toBe(asked);
  expect(statuses()[0]).toBe(200);
  expect(text()).toContain(`"limit":{"name":"unsentBytes","max":${max},"found":"more"}`);
  await expect.poll(() => load.unsent.bytes, POLL).toBe(0);
  expect((await ask(gateway, long(0))).status).toBe(200);
});

const STALLED_MS = 1000;
const SLOW = `{ prompts { nodes { id } } }`;
const KINDS: [string, string, string?][] = [
  ['queries', getOf(long(1))],
  ['queries that stand behind a slow one', getOf(long(1)), getOf(SLOW)],
  ['event streams', getOf(long(1), { Accept: 'text/event-stream' })],
  [
    'mutations',
    postOf(`mutation { updateTune(input: { id: 5, title: "y" }) { query { ${LONG_ROWS} } } }`),
  ],
];

test.each(KINDS)('who takes nothing is cut off: %s', async (_, request, before = '') => {
  const connections = { open: 100, stalledMs: STALLED_MS };
  const { url, deps, emulator } = await startLong({ connections });
  emulator.fail({ path: '/prompts', latencyMs: 300 });
  const { socket } = connectRaw(url);
  // That it goes on asking is no sign that it takes anything.
  socket.write(`${before}${request.repeat(4)}GET / HTTP/1.1\r\nHost: localhost\r\n`);
  const asking = setInterval(() => socket.write('a: b\r\n'), STALLED_MS / 10);
  await expect.poll(() => deps.load.unsent.bytes, POLL).toBeGreaterThan(3_000_000);
  expect(deps.load.connections.open).toBe(1);
  await expect.poll(() => deps.load.connections.open, POLL).toBe(0);
  clearInterval(asking);
  expect(deps.load.unsent.bytes).toBe(0);
});

test('a slow client that keeps reading gets the whole answer', async () => {
  const connections = { open: 100, stalledMs: STALLED_MS };
  const { url } = await startLong({ connections });
  const { socket, statuses, text, takeSome } = connectRaw(url);
  socket.write(getOf(long(1)).repeat(4));
  for (let turn = 0; turn < 8; turn++) {
    await sleep(STALLED_MS / 4);
    await takeSome();
  }
  socket.resume();
  await expect.poll(() => text().length, POLL).toBeGreaterThan(4 * ROWS * TITLE.length);
  expect(statuses()).toEqual([200, 200, 200, 200]);
});

test('the longest idle connection is closed for a new one, but none with a request in flight', async () => {
  const gateway = await startGateway({ load: { connections: { open: 3, stalledMs: 30_000 } } });
  const { url, emulator, deps } = gateway;
  emulator.fail({ path: '/tunes', latencyMs: 500 });
  const busy = connectRaw(url);
  busy.socket.resume().write(getOf('{ tunes { nodes { id } } }'));
  await expect.poll(() => deps.load.turns.running, POLL).toBe(1);
  const open = async () => {
    const client = connectRaw(url);
    client.socket.resume();
    const before = deps.load.connections.open;
    await expect.poll(() => deps.load.connections.open, POLL).toBe(Math.min(3, before + 1));
    await sleep(50);
    return client;
  };
  const idle = [await open(), await open(), await open()];
  await expect
    .poll(() => idle.map(({ isClosed }) => isClosed()), POLL)
    .toEqual([true, false, false]);
  await expect.poll(() => busy.statuses(), POLL).toEqual([200]);
});

test('writes that wait for their ledger keep no read waiting', async () => {
  const requests = { ...LOAD_LIMITS.requests, running: 2, runningOfCaller: 1 };
  const gateway = await startGateway({ load: { requests } });
  const { ledger, load } = gateway.deps;
  ledger.begin = () => new Promise(() => {});
  const pay = 'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }';
  for (let time = 0; time < 3; time++) void gateway.run(pay).catch(() => {});
  await expect.poll(() => load.writing.running + load.writing.waiting, POLL).toBe(3);
  expect((await gateway.run('{ tunes { nodes { id } } }')).errors).toBeUndefined();
});

test('strangers with many addresses do not delay a known caller', async () => {
  const requests = { ...LOAD_LIMITS.requests, running: 2, runningOfCaller: 2 };
  const gateway = await startGateway({
    token: '',
    environment: { TRUSTED_PROXY: '127.0.0.1', NEW_KEY_RATE_LIMIT: '1000/s' },
    load: { requests, strangers: { ...requests, runningOfCaller: 1 } },
  });
  const { run, emulator, deps } = gateway;
  const asked = (key: string, address = '192.0.2.1') =>
    run('{ tunes { nodes { id } } }', {}, headersOf(key, address));
  await asked('known');
  emulator.fail({ path: '/tunes', latencyMs: 20_000, times: 4 });
  for (let n = 1; n <= 4; n++) void asked(`made-up-${n}`, `198.51.100.${n}`).catch(() => {});
  await expect.poll(() => deps.load.strange.running + deps.load.turns.running, POLL).toBe(2);
  await expect.poll(() => deps.load.strange.waiting + deps.load.turns.waiting, POLL).toBe(2);
  const answer = await run('{ packs { nodes { id } } }', {}, headersOf('known', '192.0.2.1'));
  expect(answer.errors).toBeUndefined();
  expect(deps.load.waiting).toBe(2);
});

const headersOf = (key: string, address: string) => ({
  authorization: `Bearer sd_${key}`,
  'x-forwarded-for': address,
});
