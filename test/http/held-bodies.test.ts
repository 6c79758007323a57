/** Bodies are in memory until their requests are answered: all of them together are bounded. */
import { expect, test } from 'vitest';
import { LOAD_LIMITS } from '../../src/http/load.ts';
import { startGateway } from '../support/gateway.ts';
import { BOUNDARY, PREFLIGHT } from '../support/multipart.ts';
import { connectRaw } from '../support/raw-client.ts';

const POLL = { timeout: 20_000, interval: 20 };
const KB = 1000;
/** What of a body does not count. */
const FREE = 16 * KB;
const TUNES = '{ tunes { nodes { id } } }';
const PASS_THROUGH = { token: '', environment: { NEW_KEY_RATE_LIMIT: '1000000/s' } };

async function start() {
  const bodies = { bytes: 300 * KB, bytesOfCaller: 200 * KB };
  const gateway = await startGateway({ ...PASS_THROUGH, load: { bodies } });
  // Until Astria has accepted their keys, callers count by their address.
  for (const key of ['attacker', 'honest']) await gateway.run(TUNES, {}, headersOf(key));
  gateway.emulator.clearRequests();
  return gateway;
}

/** Of so many bytes, by a text that no field asks for. */
const jsonOf = (bytes: number, query = '{ __typename }') => {
  const frame = JSON.stringify({ query, extensions: { x: '' } });
  return frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`);
};

const headersOf = (key: string, type = 'application/json') => ({
  'content-type': type,
  authorization: `Bearer sd_${key}`,
  ...PREFLIGHT,
});

/** Sends the beginning of a body, and no more of it. */
function begin(url: string, key: string, body: string, type?: string) {
  const client = connectRaw(url);
  const headers = { host: 'localhost', ...headersOf(key, type), 'content-length': 999 * KB };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  client.socket.write(`${['POST /graphql HTTP/1.1', ...lines].join('\r\n')}\r\n\r\n${body}`);
  return client;
}

const OPERATIONS = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"`;
const KINDS = [
  ['a body', '', undefined],
  ['the operations of an upload', OPERATIONS, `multipart/form-data; boundary=${BOUNDARY}`],
] as const;

test.each(KINDS)(
  '%s that does not end keeps others from a part of the room only',
  async (...kind) => {
    const [, prefix, type] = kind;
    const { url, fetch, deps } = await start();
    const { load } = deps;
    const ask = async (key: string, bytes: number) => {
      const sent = { method: 'POST', headers: headersOf(key), body: jsonOf(bytes) };
      const response = await fetch('/graphql', sent);
      const { errors } = (await response.json()) as { errors?: { extensions: object }[] };
      const retryAfter = response.headers.get('retry-after');
      return { status: response.status, retryAfter, extensions: errors?.[0]?.extensions };
    };
    const answered = { status: 200, retryAfter: null, extensions: undefined };
    const limit = { name: 'heldBodyBytes', max: 200 * KB, found: 'more' };
    const refused = {
      ...{ status: 503, retryAfter: '1' },
      extensions: { code: 'OVERLOADED', retryAfterMs: 1000, limit },
    };
    const sent = prefix.padEnd(190 * KB, 'x');
    const slow = begin(url, 'attacker', sent, type);
    await expect.poll(() => load.bodies.bytes, POLL).toBe(190 * KB - FREE);
    expect(await ask('attacker', 100 * KB)).toEqual(refused);
    // What is usual is taken all the same, and so is what others send.
    expect(await ask('attacker', 15 * KB)).toEqual(answered);
    expect(await ask('honest', 100 * KB)).toEqual(answered);
    expect(await ask('honest', 150 * KB)).toEqual(refused);
    expect(load.refused.heldBodyBytes).toBe(2);
    slow.socket.destroy();
    await expect.poll(() => load.bodies.bytes, POLL).toBe(0);
    expect(await ask('attacker', 190 * KB)).toEqual(answered);
  },
);

test('an upload that begins with more than there is room for is refused', async () => {
  const { url, deps } = await start();
  const [, prefix, type] = KINDS[1];
  const { socket, text, isClosed } = begin(url, 'attacker', prefix.padEnd(300 * KB, 'x'), type);
  socket.resume();
  await expect.poll(text, POLL).toMatch(/^HTTP\/1\.1 503 .*"name":"heldBodyBytes"/s);
  // What was not sent is not waited for: not for as long as an idle connection is kept, which is 5 s here.
  await expect.poll(isClosed, { timeout: 4000 }).toBe(true);
  await expect.poll(() => deps.load.bodies.bytes, POLL).toBe(0);
});

test('a body counts until its request is answered', async () => {
  const { fetch, deps, emulator } = await start();
  emulator.fail({ path: '/tunes', latencyMs: 500 });
  const body = jsonOf(150 * KB, TUNES);
  const asked = fetch('/graphql', { method: 'POST', headers: headersOf('honest'), body });
  await expect.poll(() => emulator.requests.length, POLL).toBe(1);
  expect(deps.load.bodies.bytes).toBe(150 * KB - FREE);
  expect((await asked).status).toBe(200);
  await expect.poll(() => deps.load.bodies.bytes, POLL).toBe(0);
});

test('ten bodies of the largest size of one caller are accepted at the same time', async () => {
  const { fetch } = await startGateway();
  expect(LOAD_LIMITS.bodies.bytesOfCaller).toBeGreaterThan(10 * 1000 * KB);
  const body = jsonOf(999 * KB);
  const headers = { 'content-type': 'application/json' };
  const post = () => fetch('/graphql', { method: 'POST', headers, body });
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await post()).status));
  expect(statuses).toEqual(Array(10).fill(200));
});
