/** The subgraph is served as the graph is: to the same callers, with the same bounds. */
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { openSubscription } from '../jobs/sockets.ts';
import { AUTHORIZED, embedded } from '../support/embedded.ts';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { post as postForm } from '../support/multipart.ts';
import { askingAt, form, JOBS, SDL, start, startSubgraph, TUNE } from './support.ts';

const TYPE = '{ __typename }';

test('its SDL is open only where introspection is', async () => {
  const { ask } = await start({ environment: { INTROSPECTION: 'off' } });
  expect(await ask(SDL)).toEqual({
    data: null,
    errors: [
      {
        message:
          'The SDL is told only where introspection is on: compose `schema/subgraph.graphql` of the package, or set INTROSPECTION=on.',
        path: ['_service'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'FORBIDDEN' },
      },
    ],
  });
  expect((await ask('{ __schema { __typename } }')).errors).toHaveLength(1);
  const { data } = await ask('{ _entities(representations: []) { __typename } }');
  expect(data).toEqual({ _entities: [] });
});

test.each([
  '{ node(id: "x") { id } }',
  '{ nodes(ids: []) { id } }',
  'mutation { updateTune(input: { id: 5 }) { query { __typename } } }',
])('what is not composed is not there: %s', async (query) => {
  const { ask } = await start();
  const { errors } = await ask(query);
  expect(errors).toMatchObject([
    { message: expect.stringMatching(/^Cannot query field/), extensions: { code: 'BAD_REQUEST' } },
  ]);
});

test('the gateway checks @oneOf, which a supergraph may have lost', async () => {
  const { ask, requests } = await start();
  const query = 'query ($input: CostEstimateInput!) { costEstimate(input: $input) { basis } }';
  for (const input of [
    {},
    { createPrompt: { tuneId: 5, text: 'x' }, createTheme: { theme: 'x', tuneIds: [5] } },
  ]) {
    const { errors } = await ask(query, { input });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Exactly one key must be specified'),
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
  }
  expect(requests()).toEqual([]);
});

test('the graph has nothing of what is for routers', async () => {
  const { run } = await start();
  expect((await run(SDL)).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});

test('it is off by default, for requests, uploads and WebSockets', async () => {
  const { url, fetch, requests } = await startGateway();
  const subgraphUrl = url.replace('graphql', 'subgraph');
  const OFF = {
    errors: [
      {
        message:
          'There is no subgraph at this path: the operator serves one with SUBGRAPH=on. The graph is at `/graphql`.',
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  };
  for (const path of ['/subgraph', '/subgraph/', '/x/subgraph']) {
    const response = await askingAt(url.replace('/graphql', path)).post({ query: TYPE });
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 404,
      body: OFF,
    });
  }
  expect((await fetch(`/subgraph?query=${TYPE}`)).status).toBe(404);
  expect(await postForm(subgraphUrl, form)).toEqual({ status: 404, ...OFF });
  const { end, ended } = openSubscription(subgraphUrl, { query: JOBS });
  await ended;
  expect(String((end.errors as Error).message)).toContain('404');
  expect(requests()).toEqual([]);
});

test('if it is off, the connection of a body that nobody reads ends', async () => {
  const { url } = await startGateway({ server: { keepAliveTimeout: 60_000 } });
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = `POST /subgraph HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 1000\r\n\r\n`;
  socket.resume().write(`${head}{`);
  await once(socket, 'close');
});

test('an embedded gateway serves it too', async () => {
  const { gateway } = await embedded({ subgraph: true });
  const search = new URLSearchParams({ query: SDL });
  const address = `http://app.example/api/subgraph?${search}`;
  const response = await gateway.fetch(new Request(address, { headers: AUTHORIZED }));
  expect(await response.json()).toEqual({
    data: { _service: { sdl: expect.stringContaining('@key(fields: "astriaId")') } },
  });
});

test('it is the same below another path, without GraphiQL', async () => {
  const { fetch } = await start();
  for (const path of ['/subgraph', '/subgraph/', '/x/y/subgraph']) {
    expect((await fetch(`${path}?query=${TYPE}`)).status).toBe(200);
    const page = await fetch(path, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).not.toContain('text/html');
  }
  expect((await fetch('/subgraphs')).status).toBe(404);
});

test('callers, roles, hosts, forms and rates are checked as for the graph', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'reader', role: 'read' });
  const { ask, post, subgraphUrl, url } = await start({
    environment: { GATEWAY_KEYS, RATE_LIMIT: '4/hour' },
  });
  expect(await ask(TUNE)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const headers = bearer('reader');
  expect(
    await ask('mutation { deleteTune(input: { id: 5 }) { deletedId } }', {}, headers),
  ).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  const asForm = await post(
    {},
    { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  );
  expect(asForm.status).toBe(415);
  // What is asked of the graph counts for the same caller.
  expect(await askingAt(url).ask(TUNE, {}, headers)).not.toHaveProperty('errors');
  expect(await ask(TUNE, {}, headers)).not.toHaveProperty('errors');
  expect((await post({ query: TUNE }, headers)).status).toBe(429);
  const local = await start();
  const port = new URL(local.subgraphUrl).port;
  const status = await new Promise((resolve) =>
    request(
      { port, host: '127.0.0.1', path: '/subgraph', headers: { host: 'attacker.example' } },
      (response) => resolve(response.resume().statusCode),
    ).end(),
  );
  expect(status).toBe(403);
  expect(new URL(subgraphUrl).pathname).toBe('/subgraph');
});

test('the same text is not the same question to the graph and to the subgraph', async () => {
  const { ask, run, emulator } = await start();
  emulator.fail({ path: '/tunes', latencyMs: 100, times: 2 });
  const query = '{ tunes { nodes { title } } __type(name: "_Entity") { kind } }';
  const [plain, composed] = await Promise.all([run(query), ask(query)]);
  expect(plain.data?.__type).toBeNull();
  expect(composed.data?.__type).toEqual({ kind: 'UNION' });
});

test('an idempotency key pays once for the graph and the subgraph', async () => {
  const { ask, run, account, requests } = await start();
  account.addTune({ id: 1504944, title: 'Flux', model_type: null });
  const mutation = `mutation { createPrompt(input: { tuneId: 1504944, text: "a harbour", idempotencyKey: "order 4711" }) { prompt { id } } }`;
  const [first, second] = [await ask(mutation), await run(mutation)];
  expect(first.errors).toBeUndefined();
  expect(second.data).toEqual(first.data);
  expect(requests().filter((one) => one.startsWith('POST'))).toHaveLength(1);
});

test('a public answer may be cached, an entity may not', async () => {
  const { fetch } = await startSubgraph({ seed: true, token: 'sd_demo' });
  const policyOf = async (query: string) =>
    (await fetch(`/subgraph?${new URLSearchParams({ query })}`)).headers.get('cache-control');
  expect(await policyOf('{ gallery { tunes(first: 2) { nodes { id title } } } }')).toMatch(
    /^public, max-age=\d+$/,
  );
  expect(
    await policyOf(
      '{ _entities(representations: [{ __typename: "Tune", astriaId: 1504944 }]) { ... on Tune { title } } }',
    ),
  ).toBe('private, no-cache');
  expect(await policyOf(SDL)).toBe('private, no-cache');
});

test('pictures of the embedded emulator have addresses below the graph', async () => {
  const { url, ask } = await startSubgraph({ seed: true, token: 'sd_demo', hasOwnMedia: true });
  const { data } = await ask('{ prompts(first: 5) { nodes { images { url } } } }');
  const [address] = JSON.stringify(data).match(/http[^"]*\/images\/[^"]*/) ?? [];
  expect(address).toContain(`${url}/images/`);
  expect((await fetch(address as string)).status).toBe(200);
});
