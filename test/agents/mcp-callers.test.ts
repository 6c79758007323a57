/** The same callers, roles, documents, workspaces, limits and budgets as of the graph. */
import { readFileSync } from 'node:fs';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { logLines } from '../../src/observe/log-lines.ts';
import { bearer, gatewayKeys, type TestKey, UNKNOWN_COSTS } from '../support/gateway-keys.ts';
import { apolloOf, fileOf } from '../support/manifest.ts';
import { HARBOUR } from './calling.ts';
import { startMcp } from './mcp.ts';

const SHIPPED = 'schema/trusted-documents.json';
const PAID = ['create_prompt', 'create_tune', 'run_pack'];
const BOUGHT = { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '1.00' };

const withKeys = (...keys: TestKey[]) => ({ GATEWAY_KEYS: gatewayKeys(...keys) });

async function toolsOf({ connect }: Awaited<ReturnType<typeof startMcp>>, name: string) {
  const { tools } = await (await connect(name)).client.listTools();
  return tools.map((tool) => tool.name);
}

test('a key that may only read is offered what reads, and nothing else runs for it', async () => {
  const gateway = await startMcp({ environment: withKeys({ name: 'reader', role: 'read' }) });
  const offered = await toolsOf(gateway, 'reader');
  expect(offered).toContain('find_tunes');
  expect(offered.filter((name) => PAID.includes(name))).toEqual([]);
  const { call } = await gateway.connect('reader');
  await expect(call('create_prompt', BOUGHT)).rejects.toThrow('Tool create_prompt not found');
  expect(gateway.requests()).toEqual([]);
});

test('the log has a line for each operation of a tool, with its caller', async () => {
  const { connect, logged } = await startMcp({
    environment: withKeys({ name: 'agent' }),
    watchers: (log) => [logLines(log)],
  });
  const { call } = await connect('agent');
  await call('get_account');
  const lines = logged.map((line) => JSON.parse(line)).filter(({ operation }) => operation);
  expect(lines).toEqual([expect.objectContaining({ operation: 'AgentAccount', caller: 'agent' })]);
});

test('a key for trusted documents alone is offered the tools whose documents are trusted', async () => {
  const find = print(parse(readFileSync('schema/agents/agent-tunes.graphql', 'utf8')));
  const gateway = await startMcp({
    environment: {
      ...withKeys({ name: 'page', documents: 'only' }, { name: 'agent' }),
      TRUSTED_DOCUMENTS: 'also',
      TRUSTED_DOCUMENTS_PATH: fileOf(apolloOf(find)),
    },
  });
  expect(await toolsOf(gateway, 'page')).toEqual(['find_tunes']);
  const { call } = await gateway.connect('page');
  expect((await call('find_tunes', { first: 1 })).isError).toBeUndefined();
  await expect(call('create_prompt', BOUGHT)).rejects.toThrow('not found');
  expect(await toolsOf(gateway, 'agent')).toHaveLength(9);
});

test('where only trusted documents are run, all tools run with the shipped ones', async () => {
  const environment = { TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_PATH: SHIPPED };
  const { connect, run } = await startMcp({ environment });
  const { client, call } = await connect();
  expect((await client.listTools()).tools).toHaveLength(9);
  expect((await call('create_prompt', BOUGHT)).isError).toBeUndefined();
  expect((await run('{ __typename }')).errors?.[0]?.message).toMatch(/Only trusted documents/);
});

test('where only trusted documents are run, and no tool could, the process does not start', () => {
  const TRUSTED_DOCUMENTS_PATH = fileOf(apolloOf('query Type { __typename }'));
  const environment = { MCP: 'on', TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_PATH };
  expect(() => readConfig(environment)).toThrow(
    'MCP is "on" and no tool could run: under TRUSTED_DOCUMENTS=only add schema/trusted-documents.json of this package to TRUSTED_DOCUMENTS_PATH, or leave MCP out',
  );
  expect(readConfig({ ...environment, MCP: 'off' }).servesMcp).toBe(false);
  expect(readConfig({ ...environment, TRUSTED_DOCUMENTS: 'also' }).servesMcp).toBe(true);
  expect(() => readConfig({ MCP: 'yes' })).toThrow('MCP is "yes" and must be on or off');
});

test('a caller who is bound to a workspace sees and spends there alone', async () => {
  const environment = withKeys({ name: 'studio', workspaces: ['679'] });
  const { connect, emulator } = await startMcp({ environment });
  const { call } = await connect('studio', { 'x-workspace-id': '679' });
  await call('find_tunes', { first: 1 });
  expect(emulator.requests.map(({ headers }) => headers['x-workspace-id'])).toEqual(['679']);
  const { call: outside } = await connect('studio', { 'x-workspace-id': '683' });
  const refused = await outside('find_tunes', { first: 1 });
  expect(refused).toMatchObject({ isError: true });
  expect(JSON.stringify(refused.content)).toContain('FORBIDDEN');
  // Whose the account is, is not theirs to know. The rest is answered.
  const account = await call('get_account');
  expect(account.isError).toBeUndefined();
  expect(JSON.stringify(account.content)).toContain('Missing: viewer.name. FORBIDDEN');
});

test('a budget that has no room is told with when it starts again', async () => {
  const environment = {
    ...UNKNOWN_COSTS,
    ...withKeys({ name: 'agent', budget: { day: '0.20' } }),
  };
  const { connect, requests } = await startMcp({ environment });
  const { call } = await connect('agent');
  expect((await call('create_prompt', BOUGHT)).isError).toBeUndefined();
  const refused = await call('create_prompt', { ...BOUGHT, idempotencyKey: 'harbour 2' });
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused.content)).toMatch(
    /FORBIDDEN: .* Nothing was made, and nothing was paid\. The budget starts again at 2026-11-02T00:00:00/,
  );
  expect(requests().filter((one) => one.startsWith('POST'))).toHaveLength(1);
});

test('each message counts in the rate limit, and so does each operation of a tool after its first', async () => {
  const environment = { ...withKeys({ name: 'agent' }), RATE_LIMIT: '3/hour' };
  const { post, run } = await startMcp({ environment });
  const call = (name: string, args: object) =>
    post(
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } },
      bearer('agent'),
    );
  const mara = {
    title: 'Mara',
    name: 'woman',
    imageUrls: ['https://example.com/mara.jpg'],
    idempotencyKey: 'mara 1',
    maxCost: 'unknown',
  };
  // An estimate, and the write.
  expect(await (await call('create_tune', mara)).text()).toContain('faceid:5300000');
  expect((await call('get_account', {})).status).toBe(200);
  const limited = await call('get_account', {});
  expect([limited.status, limited.headers.has('retry-after')]).toEqual([429, true]);
  expect(await run('{ __typename }', undefined, bearer('agent'))).toMatchObject({
    errors: [{ extensions: { code: 'RATE_LIMITED' } }],
  });
});

test('what a tool pays counts under the same key as of the graph', async () => {
  const { connect, run, requests } = await startMcp({ environment: withKeys({ name: 'agent' }) });
  const { call } = await connect('agent');
  const made = await call('create_prompt', BOUGHT);
  const { data } = await run(
    'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }',
    { input: { ...BOUGHT, numImages: 1 } },
    bearer('agent'),
  );
  expect(made.structuredContent).toMatchObject(data as object);
  expect(requests().filter((one) => one.startsWith('POST'))).toHaveLength(1);
});

test('an overloaded gateway begins nothing, and says when to call again', async () => {
  const none = { running: 0, runningOfCaller: 0, waiting: 0, waitingOfCaller: 0 };
  const { connect, requests } = await startMcp({ load: { requests: none } });
  const { call } = await connect();
  const refused = await call('get_account');
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused.content)).toContain('OVERLOADED');
  expect(JSON.stringify(refused.content)).toContain('Try again in 1 s.');
  expect(requests()).toEqual([]);
});
