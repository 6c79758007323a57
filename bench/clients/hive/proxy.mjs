/** Hive Gateway as a proxy before the gateway: `node proxy.mjs <the graph's address>`. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { askAt, eventsOf, filesAreSentOn, refusalKeepsItsExtensions, startHive } from './hive.mjs';

const [, , graph] = process.argv;
const schema = fileURLToPath(new URL('../../../schema/schema.graphql', import.meta.url));
const hive = await startHive(['proxy', graph, '--schema', schema]);
const ask = (query, { at = hive.url, ...rest } = {}) => askAt(at, query, rest);

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
  const { error, serviceName } = await refusalKeepsItsExtensions(hive.url, 1504944);
  assert.equal(typeof serviceName, 'string', 'Hive adds the name of the service');
  assert.deepEqual(error.path, ['createPrompt']);
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

async function eventsCome(id) {
  const query = `subscription { prompt(id: "${id}") { isDone prompt { status } } }`;
  const told = (await eventsOf(hive.url, query)).map(({ prompt }) => prompt);
  assert.ok(told.length >= 1);
  assert.deepEqual(told.at(-1), { isDone: true, prompt: { status: 'SUCCEEDED' } });
}

try {
  await readsCostWhatTheyCost();
  const id = await isPaidOnce();
  await errorsKeepTheirExtensions();
  await headersArrive();
  await filesAreSentOn(hive.url);
  await eventsCome(id);
} finally {
  hive.end();
}
