/**
 * Hive Gateway over two subgraphs: the gateway's, and that of a shop. The calls that reach Astria are counted. Hive gets the
 * arguments: `node federation.mjs --hive-router-runtime`.
 */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../../src/emulator/serve.ts';
import { startGatewayProcess } from '../../../test/kill/processes.ts';
import { askAt, eventsOf, filesAreSentOn, refusalKeepsItsExtensions, startHive } from './hive.mjs';
import { idOfTune, startOrders } from './orders.mjs';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const TUNE = 5_000_000;
const PROMPT = 45_000_000;
const COUNT = 40;
const range = Array.from({ length: COUNT }, (_, index) => index);

const emulator = await startEmulator({ seed: false, speed: 10 });
const account = emulator.account('sd_shop');
for (const index of range) {
  account.addTune({ id: TUNE + index, title: `tune ${index}`, steps: index });
  account.addPrompt({ id: PROMPT + index, tune_id: TUNE + index, text: `prompt ${index}` });
}
account.addTune({ id: 1504944, title: 'Flux' });
account.addWorkspace({ id: 679, title: 'Studio' });
account.addTune({ id: 679_000, title: 'tune of the studio', workspace_id: 679 });
emulator.account('sd_another').addTune({ id: 700_000, title: 'tune of another' });

const gone = TUNE + COUNT + 1000;
const orders = await startOrders([
  ...range.map((index) => ({
    number: `no. ${index}`,
    tune: TUNE + index,
    prompts: [PROMPT + index, PROMPT + ((index + 1) % COUNT)],
  })),
  { number: 'the last', tune: gone, prompts: [] },
]);
const gateway = await startGatewayProcess(MAIN, {
  ...{ SUBGRAPH: 'on', SHUTDOWN_DELAY: '0', LEDGER_PATH: ':memory:' },
  ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_shop', ALLOW_CALLER_KEYS: 'on' },
});
const subgraphUrl = gateway.url.replace('graphql', 'subgraph');
const hive = await startHive([
  ...['supergraph', ...process.argv.slice(2)],
  ...['--dev-service', `astria=${subgraphUrl}`, '--dev-service', `orders=${orders.url}`],
]);
const ask = (query, options) => askAt(hive.url, query, options);

/** Returns the calls that an act makes at Astria. */
async function callsFor(act) {
  const before = emulator.requests.length;
  await act();
  return emulator.requests.slice(before);
}
const pathsOf = (calls) => calls.map(({ method, path }) => `${method} ${path.split('?')[0]}`);

async function rowsOfManyOrdersTakeFewCalls() {
  const query = `{ orders(first: ${COUNT}) { nodes { number tune { title } prompts { text tune { steps } } } } }`;
  let answer;
  const calls = await callsFor(async () => {
    answer = await ask(query);
  });
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  assert.deepEqual(
    answer.data.orders.nodes,
    range.map((index) => ({
      number: `no. ${index}`,
      tune: { title: `tune ${index}` },
      prompts: [index, (index + 1) % COUNT].map((at) => ({
        text: `prompt ${at}`,
        tune: { steps: at },
      })),
    })),
  );
  console.log(`  ${COUNT} orders with their tunes and prompts: ${pathsOf(calls).join(', ')}`);
  assert.ok(calls.length <= 3, pathsOf(calls).join());
}

async function ordersOfManyTunesTakeOneRequest() {
  const before = orders.requests();
  const { data, errors } = await ask(
    '{ tunes(first: 20) { nodes { astriaId orders { number } } } }',
  );
  assert.equal(errors, undefined);
  assert.equal(orders.requests() - before, 1);
  const [{ astriaId, orders: found }] = data.tunes.nodes.filter((tune) => tune.orders.length > 0);
  assert.deepEqual(found, [{ number: `no. ${astriaId - TUNE}` }]);
}

async function nodesOfTheOtherSubgraphLeadHere() {
  const query = `query ($order: ID!, $tune: ID!) {
    order: node(id: $order) { id ... on Order { tune { title } } }
    tune: node(id: $tune) { id ... on Tune { title orders { number } } }
  }`;
  const variables = { order: 'order-no. 3', tune: idOfTune(TUNE + 3) };
  assert.deepEqual((await ask(query, { variables })).data, {
    order: { id: variables.order, tune: { title: 'tune 3' } },
    tune: { id: variables.tune, title: 'tune 3', orders: [{ number: 'no. 3' }] },
  });
}

async function whatIsGoneIsNull() {
  const query = `{ node(id: "order-the last") { ... on Order { number tune { title } } } }`;
  const { data, errors } = await ask(query);
  assert.equal(errors, undefined);
  assert.deepEqual(data.node.number, 'the last');
  assert.equal(data.node.tune?.title ?? null, null);
}

const CREATE = `mutation ($input: CreatePromptInput!) {
  createPrompt(input: $input) { prompt { id tune { title orders { number } } } }
}`;

async function isPaidOnce() {
  const input = { tuneId: TUNE + 7, text: 'a harbour', idempotencyKey: 'order 4711' };
  const answers = [];
  const calls = await callsFor(async () => {
    for (const _ of [1, 2]) answers.push(await ask(CREATE, { variables: { input } }));
  });
  const [first, second] = answers;
  assert.equal(first.errors, undefined, JSON.stringify(first.errors));
  assert.deepEqual(first.data.createPrompt.prompt.tune, {
    title: 'tune 7',
    orders: [{ number: 'no. 7' }],
  });
  assert.deepEqual(second.data, first.data);
  assert.equal(calls.filter(({ method }) => method === 'POST').length, 1);
  return first.data.createPrompt.prompt.id;
}

async function errorsKeepTheirExtensions() {
  const { serviceName } = await refusalKeepsItsExtensions(hive.url, TUNE);
  assert.equal(serviceName, 'astria');
  emulator.fail({ path: `/tunes/${TUNE + 5}`, status: 500, times: 3 });
  const broken = await ask('{ node(id: "order-no. 5") { ... on Order { tune { title } } } }');
  assert.deepEqual(broken.data, { node: { tune: { title: null } } });
  assert.equal(broken.errors[0].extensions.code, 'UPSTREAM_UNAVAILABLE');
}

async function headersArrive() {
  const titles = '{ tunes(first: 1) { nodes { title } } }';
  const title = async (headers) => (await ask(titles, { headers })).data.tunes.nodes[0].title;
  const calls = await callsFor(async () => {
    assert.equal(await title({ authorization: 'Bearer sd_another' }), 'tune of another');
    assert.equal(await title({ 'x-workspace-id': '679' }), 'tune of the studio');
  });
  const lists = calls.filter(({ path }) => path.startsWith('/tunes'));
  assert.equal(lists[0].headers.authorization, 'Bearer sd_another');
  assert.equal(lists[1].headers['x-workspace-id'], '679');
}

async function eventsCome(id) {
  const query = `subscription { prompt(id: "${id}") { isDone prompt { status tune { orders { number } } } } }`;
  const told = (await eventsOf(hive.url, query)).map(({ prompt }) => prompt);
  assert.deepEqual(told.at(-1), {
    isDone: true,
    prompt: { status: 'SUCCEEDED', tune: { orders: [{ number: 'no. 7' }] } },
  });
}

try {
  await rowsOfManyOrdersTakeFewCalls();
  await ordersOfManyTunesTakeOneRequest();
  await nodesOfTheOtherSubgraphLeadHere();
  await whatIsGoneIsNull();
  const id = await isPaidOnce();
  await errorsKeepTheirExtensions();
  await headersArrive();
  await filesAreSentOn(hive.url);
  await eventsCome(id);
} catch (error) {
  console.error(hive.log());
  throw error;
} finally {
  for (const one of [hive, orders]) one.end();
  await gateway.kill();
  await emulator.close();
}
