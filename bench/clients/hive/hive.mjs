/** Starts Hive Gateway as docs/routers.md tells. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../test/support/free-port.ts';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const STARTS_WITHIN_MS = 120_000;

/** `args` say what it serves. Returns its address, and how it ends. */
export async function startHive(args) {
  const port = await freePort();
  const hive = spawn(
    process.execPath,
    [
      ...[here('node_modules/@graphql-hive/gateway/dist/bin.js'), ...args],
      ...['--config-path', 'gateway.config.mjs', '--host', '127.0.0.1', '--port', String(port)],
    ],
    { cwd: here('.'), env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [hive.stdout, hive.stderr]) stream.on('data', (text) => (log += text));
  const url = `http://127.0.0.1:${port}/graphql`;
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await sleep(200)) {
    assert.equal(hive.exitCode, null, `Hive Gateway ended:\n${log}`);
    const response = await fetch(`${url}?query={__typename}`).catch(() => undefined);
    if (response?.ok) return { url, log: () => log, end: () => hive.kill() };
  }
  hive.kill();
  throw new Error(`Hive Gateway did not start:\n${log}`);
}

export async function askAt(url, query, { variables, headers } = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-upstream-report': '1', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** Sends what the gateway itself refuses. Returns the error, and the name of the service that Hive adds to its extensions. */
export async function refusalKeepsItsExtensions(url, tuneId) {
  const query =
    'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }';
  const input = { tuneId, text: '', idempotencyKey: 'order 4712' };
  const { errors } = await askAt(url, query, { variables: { input } });
  const { serviceName, ...extensions } = errors[0].extensions;
  assert.deepEqual(extensions, {
    code: 'VALIDATION_FAILED',
    fieldErrors: [{ path: ['input', 'text'], message: "can't be blank" }],
    source: 'GATEWAY',
  });
  return { error: errors[0], serviceName };
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const INSPECT =
  'mutation ($f: Upload!) { inspectImage(input: { image: { file: $f } }) { inspection { name } } }';

/** Without the header a page of another site could send the form. */
export async function filesAreSentOn(url) {
  const send = async (headers) => {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query: INSPECT, variables: { f: null } }));
    form.append('map', JSON.stringify({ 0: ['variables.f'] }));
    form.append('0', new Blob([PNG], { type: 'image/png' }), 'a.png');
    return (await fetch(url, { method: 'POST', headers, body: form })).json();
  };
  const taken = await send({ 'apollo-require-preflight': 'true' });
  assert.equal(typeof taken.data?.inspectImage.inspection.name, 'string', JSON.stringify(taken));
  const refused = await send({});
  assert.equal(refused.errors[0].extensions.code, 'BAD_REQUEST');
}

/** Returns the data of all events of a subscription. */
export async function eventsOf(url, query) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  });
  const events = (await response.text()).matchAll(/^data: (\{.*)$/gm);
  return [...events].map(([, data]) => JSON.parse(data).data);
}
