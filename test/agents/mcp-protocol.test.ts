/** The address of the Model Context Protocol, and what a client is told of its tools. */
import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startMcp } from './mcp.ts';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };

const refusalOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  return [response.status, errors[0]?.message];
};

test('unless it is on, its address tells how to switch it on', async () => {
  const { post } = await startMcp({ environment: { MCP: 'off' } });
  expect(await refusalOf(await post(PING))).toEqual([
    404,
    'There is no MCP at this path: the operator serves it with MCP=on. The graph is at `/graphql`.',
  ]);
});

test('an operation whose parameters end like its address is for the graph', async () => {
  const { url } = await startMcp();
  const response = await fetch(`${url}?query={__typename}&from=/mcp`);
  expect([response.status, await response.json()]).toEqual([
    200,
    { data: { __typename: 'Query' } },
  ]);
});

test('the official client initializes, and lists the tools', async () => {
  const { connect, requests } = await startMcp();
  const { client } = await connect();
  expect(client.getServerVersion()).toMatchObject({ name: 'astria-graphql', title: 'Astria' });
  expect(client.getInstructions()).toContain('without maxCost to learn the price');
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'get_account',
    'list_models',
    'find_tunes',
    'find_prompts',
    'list_packs',
    'wait_for',
    'create_prompt',
    'create_tune',
    'run_pack',
  ]);
  expect(requests()).toEqual([]);
});

/** What the newest version of the protocol wants in each message. */
const NEWEST = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

const newest = (method: string, params: object = {}, more: Record<string, string> = {}) =>
  [
    { jsonrpc: '2.0', id: 1, method, params: { _meta: NEWEST, ...params } },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...more },
  ] as const;

test('a client of the newest version of the protocol needs no initialization', async () => {
  const { post } = await startMcp();
  const response = await post(...newest('tools/list'));
  expect(response.headers.get('content-type')).toBe('application/json');
  expect((await response.json()).result.tools).toHaveLength(9);
});

test('the list of tools fits into a prompt', async () => {
  const { connect } = await startMcp();
  const { client } = await connect();
  const list = await client.listTools();
  expect(list.tools.length).toBeLessThanOrEqual(12);
  expect(JSON.stringify(list).length).toBeLessThan(10_000);
});

test('each tool says whether it reads or pays, and what it takes and answers', async () => {
  const { connect } = await startMcp();
  const { tools } = await (await connect()).client.listTools();
  for (const { name, annotations, inputSchema, outputSchema } of tools) {
    const pays = ['create_prompt', 'create_tune', 'run_pack'].includes(name);
    expect(annotations, name).toEqual(
      pays
        ? { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true }
        : { readOnlyHint: true, openWorldHint: false },
    );
    expect(inputSchema.required?.includes('idempotencyKey') ?? false, name).toBe(pays);
    expect(inputSchema.additionalProperties, name).toBe(false);
    expect(Object.keys(outputSchema?.properties ?? {}), name).not.toEqual([]);
  }
});

test('messages are independent: no session is kept, and none is needed', async () => {
  const { post } = await startMcp();
  const response = await post(PING);
  expect([response.status, response.headers.get('mcp-session-id')]).toEqual([200, null]);
  expect(await response.text()).toContain('"result":{}');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
});

test('other methods than POST are not allowed', async () => {
  const { mcpUrl } = await startMcp();
  for (const method of ['GET', 'DELETE', 'PUT']) {
    const response = await fetch(mcpUrl, { method, headers: { accept: 'text/event-stream' } });
    expect(response.headers.get('allow')).toBe('POST');
    expect(await refusalOf(response)).toEqual([
      405,
      'MCP is spoken by POST here: send each message in a request of its own.',
    ]);
  }
});

interface Refused {
  what: string;
  message?: unknown;
  headers?: Record<string, string>;
  status: number;
  words: string;
}

test.each<Refused>([
  {
    what: 'what is not sent as JSON',
    headers: { 'content-type': 'text/plain' },
    status: 415,
    words: '`application/json`',
  },
  { what: 'a batch', message: [PING, PING], status: 400, words: 'holds one message' },
  {
    what: 'a page of another site',
    headers: { origin: 'https://evil.example' },
    status: 403,
    words: 'CORS_ORIGINS',
  },
  {
    what: 'a key that is not known',
    headers: { authorization: 'Bearer gk_x' },
    status: 401,
    words: 'Authorization',
  },
])('$what is refused, with what to do', async ({ message = PING, headers, status, words }) => {
  const { post, requests } = await startMcp();
  const response = await post(message, headers);
  expect(await refusalOf(response)).toEqual([status, expect.stringContaining(words)]);
  expect(requests()).toEqual([]);
});

test('a page that CORS_ORIGINS names may use the tools, and one of this gateway', async () => {
  const CORS_ORIGINS = 'https://app.example';
  const { post, mcpUrl } = await startMcp({ environment: { CORS_ORIGINS } });
  expect((await post(PING, { origin: CORS_ORIGINS })).status).toBe(200);
  expect((await post(PING, { origin: mcpUrl.origin })).status).toBe(200);
  expect((await post(PING, { origin: 'http://localhost:3000' })).status).toBe(403);
  expect((await post(PING, { origin: 'null' })).status).toBe(403);
});

test('where all pages may ask, those of this machine alone may use the tools', async () => {
  // Callers bring their own keys.
  const { post } = await startMcp({ token: '' });
  const authorization = 'Bearer sd_demo';
  for (const [origin, status] of [
    ['http://localhost:3000', 200],
    ['http://[::1]:3000', 200],
    ['https://evil.example', 403],
  ] as const) {
    expect((await post(PING, { authorization, origin })).status, origin).toBe(status);
  }
});

test('a name of another site that leads here is no name of this gateway', async () => {
  const { mcpUrl } = await startMcp({ token: '' });
  const host = `evil.example:${mcpUrl.port}`;
  // `fetch` does not send another name.
  const asked = request(mcpUrl, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sd_demo',
      'content-type': 'application/json',
      host,
      origin: `http://${host}`,
    },
  }).end(JSON.stringify(PING));
  const [{ statusCode }] = await once(asked, 'response');
  expect(statusCode).toBe(403);
});

test('what is no JSON, or no message, is an error of the protocol', async () => {
  const { post } = await startMcp();
  for (const message of ['{', '{}', '"x"']) {
    const response = await post(message);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: {} });
  }
});

test('a body that is too long, or no UTF-8, is refused before it is read as a message', async () => {
  const { post, mcpUrl } = await startMcp();
  expect((await post({ ...PING, params: { x: 'x'.repeat(1_000_001) } })).status).toBe(413);
  const headers = { 'content-type': 'application/json', accept: '*/*' };
  const body = Buffer.from([0x22, 0xff, 0x22]);
  expect(await refusalOf(await fetch(mcpUrl, { method: 'POST', headers, body }))).toEqual([
    400,
    'The body is not UTF-8: send it in that.',
  ]);
});

test('to a client of the newest version a tool reports too', async () => {
  const { post, passUntil } = await startMcp();
  const args = { ids: ['VHVuZTo1MjM5MDc4'], seconds: 6 };
  const params = { name: 'wait_for', arguments: args, _meta: { ...NEWEST, progressToken: 7 } };
  const waiting = post(...newest('tools/call', params, { 'mcp-name': 'wait_for' })).then(
    (response) => response.text(),
  );
  await passUntil(waiting);
  expect(await waiting).toContain('"progressToken":7,"progress":5,"total":6');
  expect(await waiting).toContain('"isDone":false');
});

test('nobody can keep a stream open without a job', async () => {
  const { post } = await startMcp();
  const params = { notifications: { toolsListChanged: true } };
  const response = await post(...newest('subscriptions/listen', params));
  expect(await response.text()).toContain('Subscription limit reached');
});

test('behind a prefix that a proxy adds it is the same', async () => {
  const { mcpUrl } = await startMcp();
  const response = await fetch(new URL('/astria/mcp', mcpUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify(PING),
  });
  expect(response.status).toBe(200);
});

test('a notification is accepted', async () => {
  const { post } = await startMcp();
  const response = await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  expect([response.status, await response.text()]).toEqual([202, '']);
});
