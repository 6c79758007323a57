/** A client of Hive Gateway, which passes everything on to the gateway: `node run.mjs <url of the gateway>`. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [, , graph] = process.argv;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const STARTS_WITHIN_MS = 120_000;

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const hive = spawn(
  process.execPath,
  [
    here('node_modules/@graphql-hive/gateway/dist/bin.js'),
    ...['proxy', graph, '--schema', here('../../../schema/schema.graphql')],
    ...['--config-path', 'gateway.config.mjs', '--host', '127.0.0.1', '--port', String(port)],
  ],
  { cwd: here('.'), env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
);
let log = '';
for (const stream of [hive.stdout, hive.stderr]) stream.on('data', (text) => (log += text));

const url = `http://127.0.0.1:${port}/graphql`;

async function started() {
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await sleep(200)) {
    assert.equal(hive.exitCode, null, `Hive Gateway ended:\n${log}`);
    const response = await fetch(`${url}?query={__typename}`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`Hive Gateway did not start:\n${log}`);
}

async function ask(query, { variables, headers, at = url } = {}) {
  const response = await fetch(at, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-upstream-report': '1', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const RELATIONS =
  '{ tunes(first: 5) { nodes { title prompts(first: 2) { nodes { text tune { title } references { tune { title } } } } } } }';

async function readsCostWhatTheyCost() {
  const [direct, through] = [await ask(RELATIONS, { at: graph }), await ask(RELATIONS)];
  assert.equal(through.errors, undefined);
  assert.deepEqual(through.data, direct.data);
  assert.equal(through.extensions.upstream.calls, direct.extensions.upstream.calls);
}

const CREATE = `mutation ($input: CreatePromptInput!) {
  createPrompt(input: $input) { prompt { id } }
}`;

async function isPaidOnce() {
  const input = { tuneId: 1504944, text: 'a harbour', idempotencyKey: 'order 4711' };
  const [first, second] = [
    await ask(CREATE, { variables: { input } }),
    await ask(CREATE, { variables: { input } }),
  ];
  const { id } = first.data.createPrompt.prompt;
  assert.equal(second.data.createPrompt.prompt.id, id);
  const made = second.extensions.upstream.requests.filter(({ method }) => method === 'POST');
  assert.deepEqual(made, []);
  return id;
}

async function errorsKeepTheirExtensions() {
  const input = { tuneId: 1504944, text: '', idempotencyKey: 'order 4712' };
  const { errors } = await ask(CREATE, { variables: { input } });
  const { serviceName, ...extensions } = errors[0].extensions;
  assert.equal(typeof serviceName, 'string', 'Hive adds the name of the service');
  assert.deepEqual(extensions, {
    code: 'VALIDATION_FAILED',
    fieldErrors: [{ path: ['input', 'text'], message: "can't be blank" }],
    source: 'GATEWAY',
  });
  assert.deepEqual(errors[0].path, ['createPrompt']);
}

async function headersArrive() {
  const asked = '{ viewer { email } }';
  const own = await ask(asked);
  const other = await ask(asked, { headers: { authorization: 'Bearer sd_another' } });
  assert.notEqual(other.data.viewer.email, own.data.viewer.email);
  const { data } = await ask('{ workspaces { astriaId } }');
  const headers = { 'x-workspace-id': String(data.workspaces[0].astriaId) };
  const titles = '{ tunes(first: 3) { nodes { title } } }';
  const there = await ask(titles, { headers });
  assert.ok(there.data.tunes.nodes.length > 0);
  assert.notDeepEqual(there.data, (await ask(titles)).data);
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** Without the header a page of another site could send the form. */
async function filesAreSentOn() {
  const form = () => {
    const query =
      'mutation ($f: Upload!) { inspectImage(input: { image: { file: $f } }) { inspection { name } } }';
    const form = new FormData();
    form.append('operations', JSON.stringify({ query, variables: { f: null } }));
    form.append('map', JSON.stringify({ 0: ['variables.f'] }));
    form.append('0', new Blob([PNG], { type: 'image/png' }), 'a.png');
    return form;
  };
  const headers = { 'apollo-require-preflight': 'true' };
  const taken = await (await fetch(url, { method: 'POST', headers, body: form() })).json();
  assert.equal(typeof taken.data.inspectImage.inspection.name, 'string');
  const refused = await (await fetch(url, { method: 'POST', body: form() })).json();
  assert.equal(refused.errors[0].extensions.code, 'BAD_REQUEST');
}

async function eventsCome(id) {
  const query = `subscription { prompt(id: "${id}") { isDone prompt { status } } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  });
  const events = (await response.text()).matchAll(/^data: (\{.*)$/gm);
  const told = [...events].map(([, data]) => JSON.parse(data).data.prompt);
  assert.ok(told.length >= 1);
  assert.deepEqual(told.at(-1), { isDone: true, prompt: { status: 'SUCCEEDED' } });
}

try {
  await started();
  await readsCostWhatTheyCost();
  const id = await isPaidOnce();
  await errorsKeepTheirExtensions();
  await headersArrive();
  await filesAreSentOn();
  await eventsCome(id);
} finally {
  hive.kill();
}
