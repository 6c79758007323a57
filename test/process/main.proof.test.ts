/** The process itself. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ask, ended, makeKey, start, started } from '../support/process.ts';

test('it says what it is, and the emulator loudly', async () => {
  const { printed, url } = await started();
  expect(printed).toContain('AN EMBEDDED EMULATOR, not Astria');
  expect(printed).toContain('the seeded account, unless a request brings another key');
  // Where there is no terminal this line is all that says what to open.
  expect(printed).toContain(`"graphiql":"${url}"`);
  const answer = await ask(url, '{ tunes(first: 1) { nodes { status } } }');
  expect(await answer.json()).toEqual({ data: { tunes: { nodes: [{ status: 'QUEUED' }] } } });
});

test('before the real Astria it names it, and never the key', async () => {
  const { printed } = await started({
    ASTRIA_BASE_URL: 'http://127.0.0.1:9',
    ASTRIA_AUTH_TOKEN: 'sd_secret',
    WORKSPACE_ID: '679',
    GRAPHIQL: 'off',
  });
  expect(printed).toContain('"graphiql":"off"');
  expect(printed).toContain('http://127.0.0.1:9');
  expect(printed).toContain('the configured key');
  expect(printed).toContain('679');
  expect(printed).not.toContain('sd_secret');
});

test('with keys it says whose, and no hash of any; one from the command opens it', async () => {
  const { authorization, entry } = await makeKey('read');
  const gateway = await started({ GATEWAY_KEYS: `[${entry}]`, HOST: '0.0.0.0' });
  expect(gateway.printed).toContain('for web (read)');
  expect(gateway.printed).not.toContain(JSON.parse(entry).hash.slice(7));
  const statusFor = async (authorization: string) =>
    (await ask(gateway.url, '{ viewer { name } }', { authorization })).status;
  expect(await statusFor(authorization)).toBe(200);
  expect(await statusFor('Bearer sd_demo')).toBe(401);
});

test('a held key that all could use is not put on the network', async () => {
  const child = start({ ASTRIA_AUTH_TOKEN: 'sd_secret', HOST: '0.0.0.0' });
  const [told, code] = await Promise.all([text(child.stderr), ended(child)]);
  expect(told).toMatch(/HOST is "0\.0\.0\.0" and is more than this machine.*GATEWAY_KEYS/);
  expect(told).not.toContain('sd_secret');
  expect(code).toBe(1);
});

test('faults of the environment are told, and end it with 1', async () => {
  const child = start({ PORT: 'x', LOG_LEVEL: 'loud' });
  const [told, code] = await Promise.all([text(child.stderr), ended(child)]);
  expect(told).toMatch(/^The environment has faults:\nPORT is "x".*\nLOG_LEVEL is "loud".*\n$/);
  expect(code).toBe(1);
});

test('a taken port is one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const child = start({ PORT: String(port) });
  const [told, code] = await Promise.all([text(child.stderr), ended(child)]);
  expect(told).toBe(`Port ${port} is taken: stop what listens there, or set PORT to another.\n`);
  expect(code).toBe(1);
});

test('a host that is none of this machine’s is one sentence', async () => {
  const child = start({ HOST: 'no.such.host.invalid' });
  const [told, code] = await Promise.all([text(child.stderr), ended(child)]);
  expect(told).toMatch(/^HOST no\.such\.host\.invalid cannot be listened on \(\w+\): .*\n$/);
  expect(code).toBe(1);
});

test.each([
  ['http://astria.example:9', true],
  ['http://10.0.0.1', true],
  ['http://localhost:9', false],
  ['https://astria.example', false],
])('before %s it is said whether keys can be read on the way: %j', async (baseUrl, isOpen) => {
  const { printed } = await started({ ASTRIA_BASE_URL: baseUrl, ASTRIA_AUTH_TOKEN: 'sd_secret' });
  const { hostname } = new URL(baseUrl);
  const warning = `ASTRIA_BASE_URL is http, and ${hostname} is not this machine: anybody on the way can read the keys of Astria; use https`;
  expect(printed.includes(warning)).toBe(isOpen);
  expect(printed).not.toContain('sd_secret');
});
