/** Bodies that are no uploads: how many operations they may hold, and how long they may take. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const post = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});
const batch = (count: number) =>
  JSON.stringify(Array.from({ length: count }, () => ({ query: '{ __typename }' })));

test('ten operations may come at once', async () => {
  const { fetch } = await startGateway();
  const response = await fetch('/graphql', post(batch(10)));
  expect(await response.json()).toEqual(
    Array.from({ length: 10 }, () => ({ data: { __typename: 'Query' } })),
  );
});

const ELEVEN = {
  errors: [
    {
      message:
        'The request holds 11 operations, but at most 10 are allowed: send several requests.',
      extensions: { code: 'BAD_REQUEST', limit: { name: 'batch', max: 10, found: 11 } },
    },
  ],
};

test.each(['', '\n ', '\uFEFF'])(
  'eleven may not, after %j, as each of them is told',
  async (before) => {
    const { fetch } = await startGateway();
    const response = await fetch('/graphql', post(before + batch(11)));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(Array(11).fill(ELEVEN));
  },
);

test('the status says so too for clients that read it', async () => {
  const { fetch } = await startGateway();
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
  };
  const response = await fetch('/graphql', { ...post(batch(11)), headers });
  expect(response.status).toBe(413);
  expect(await response.json()).toEqual(Array(11).fill(ELEVEN));
});

test('a batch of very many operations gets one error', async () => {
  const { fetch } = await startGateway();
  const answer = await (await fetch('/graphql', post(batch(101)))).json();
  expect(answer).toMatchObject({ errors: [{ extensions: { limit: { found: 101 } } }] });
});

test('each operation of a batch gets the error if the caller exceeds its rate', async () => {
  const { fetch } = await startGateway({ environment: { RATE_LIMIT: '2/minute' } });
  const response = await fetch('/graphql', post(batch(3)));
  expect(response.status).toBe(429);
  const limited = { errors: [{ extensions: { code: 'RATE_LIMITED' } }] };
  expect(await response.json()).toMatchObject([limited, limited, limited]);
});

test('an empty batch is refused', async () => {
  const { fetch } = await startGateway();
  const response = await fetch('/graphql', post(' [] '));
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    errors: [
      {
        message: 'The request is an empty list: send an operation.',
        extensions: { code: 'BAD_REQUEST', limit: { name: 'batch', max: 10, found: 0 } },
      },
    ],
  });
});

test('ten operations of usual length fit into a batch, and ten of the dearest do not', async () => {
  const { fetch } = await startGateway();
  const long = (characters: number) => `{ __typename } #${'x'.repeat(characters - 16)}`;
  const limitOf = async (...lengths: number[]) => {
    const body = JSON.stringify(lengths.map((length) => ({ query: long(length) })));
    const [answer] = [await (await fetch('/graphql', post(body))).json()].flat();
    return answer.errors?.[0].extensions.limit;
  };
  expect(await limitOf(...Array(10).fill(2000))).toBeUndefined();
  expect(await limitOf(10_000, 10_001)).toEqual({
    name: 'batchCharacters',
    max: 20_000,
    found: 20_001,
  });
});

test('the operations of a batch share the limit of calls to Astria', async () => {
  const { fetch, requests } = await startGateway({ environment: { MAX_UPSTREAM_CALLS: '12' } });
  const asked = [
    { query: '{ tunes(first: 3) { nodes { prompts { nodes { id } } } } }' },
    { query: '{ tunes(first: 5) { nodes { prompts { nodes { id } } } } }' },
    { query: '{ tunes(first: 6) { nodes { prompts { nodes { id } } } } }' },
  ];
  const limitsOf = async (batch: object[]) => {
    const answers = await (await fetch('/graphql', post(JSON.stringify(batch)))).json();
    return (answers as { errors?: { extensions: { limit: object } }[] }[]).map(
      ({ errors }) => errors?.[0]?.extensions.limit,
    );
  };
  const tooMany = (max: number, found: number) => ({ name: 'upstreamCalls', max, found });
  expect(await limitsOf(asked.slice(0, 2))).toEqual([undefined, undefined]);
  expect(await limitsOf(asked)).toEqual([undefined, tooMany(4, 6), tooMany(4, 7)]);
  expect(requests()).toHaveLength(3);
});

test('an error in a batch looks the same as elsewhere', async () => {
  const broken = () => {
    throw new Error('of sd_test');
  };
  const { fetch, account } = await startGateway({ now: broken });
  account.addTune({ id: 5 });
  const asked = ['{ tune(id: 5) { status } }', '{ tunez }', '{', '{ tune(id: "x") { id } }'];
  const response = await fetch('/graphql', {
    ...post(JSON.stringify(asked.map((query) => ({ query })))),
    headers: { 'content-type': 'application/json', 'x-request-id': 'mine' },
  });
  const answers = (await response.json()) as { errors: { extensions: object }[] }[];
  expect(answers.map(({ errors }) => errors[0]?.extensions)).toEqual([
    { code: 'INTERNAL', requestId: 'mine' },
    { code: 'BAD_REQUEST' },
    { code: 'BAD_REQUEST' },
    { code: 'BAD_REQUEST' },
  ]);
  expect(JSON.stringify(answers)).not.toContain('sd_test');
});

const ids = (count: number) =>
  `{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":[${Array(count).fill('"[,{"').join(',')}]}}`;
const brackets = (count: number) =>
  `{"query":"{ __typename }","extensions":{"a":${'['.repeat(count)}${']'.repeat(count)}}}`;

test.each([
  ['ids', ids(4999), 'ids'],
  ['ids', ids(9997), 'bodyValues'],
  ['lists within lists', brackets(9996), undefined],
  ['lists within lists', brackets(9997), 'bodyValues'],
  ['text', `{"query":"{ __typename }","variables":{"a":"${'[,\\",'.repeat(90_000)}"}}`, undefined],
])('a body of many %s meets no limit, or its own', async (_, body, limit) => {
  const { fetch } = await startGateway();
  const response = await fetch('/graphql', post(body));
  const { errors } = (await response.json()) as { errors?: { extensions: { limit: object } }[] };
  expect(errors?.[0]?.extensions.limit).toEqual(
    limit === 'bodyValues'
      ? { name: 'bodyValues', max: 10_000, found: 10_001 }
      : limit && { name: 'ids', max: 100, found: 4999 },
  );
});

test('of a form no more is read than a document may have', async () => {
  const { fetch } = await startGateway();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'apollo-require-preflight': 'true',
    },
    body: `query={__typename}&variables=${'['.repeat(100_000)}`,
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { limit: { name: 'formBytes', max: 100_000, found: 100_029 } } }],
  });
});

test.each(['', '{"query": "{ __type'])(
  'a body of which %j has come is not waited for',
  async (part) => {
    const { url } = await startGateway({ maxBodyMs: 50 });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n${part}`,
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    await once(socket, 'end');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer.toLowerCase()).toContain('\r\nconnection: close\r\n');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
      errors: [
        {
          message: 'The body did not come within 0.05 seconds: send it again.',
          extensions: {
            code: 'BAD_REQUEST',
            limit: { name: 'bodyMs', max: 50, found: 'more than 50' },
          },
        },
      ],
    });
  },
);

test('a body that arrives in time is answered, however many pieces it has', async () => {
  const { url } = await startGateway({ maxBodyMs: 1000 });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const body = '{"query":"{ __typename }"}';
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  for (const piece of body.match(/.{1,9}/g) ?? []) {
    await sleep(20);
    socket.write(piece);
  }
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  'GET /healthz',
  'GET /graphql?query={__typename}',
  'PUT /graphql',
  'OPTIONS /graphql',
  'POST /nowhere',
])('a body that nobody wants keeps no connection: %s', async (line) => {
  const { url } = await startGateway();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const type = 'multipart/form-data; boundary=x';
  socket.write(
    `${line} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\n`,
  );
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 \d\d\d /);
  const signal = AbortSignal.timeout(3000);
  await once(socket, 'close', { signal });
});

test.each([
  'GET * HTTP/1.1\r\nHost: 127.0.0.1:80',
  'GET /graphql? HTTP/1.1\r\nHost: a b',
  'HEAD *?query= HTTP/1.1\r\nHost: 127.0.0.1:80',
])('what is no address is refused: %j', async (head) => {
  const { url } = await startGateway({ token: '' });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await once(socket, 'end');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toContain('node_modules');
});

test.each([
  ['application/json', ''],
  [
    'multipart/form-data; boundary=x',
    `3a\r\n--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n\r\n`,
  ],
])('a body of %s in pieces of a byte is not read to its end', async (type, start) => {
  const { url, logged } = await startGateway();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nApollo-Require-Preflight: 1\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n${start}`,
  );
  socket.write('1\r\n \r\n'.repeat(1001));
  socket.resume().on('error', () => {});
  await once(socket, 'close');
  expect(logged).toEqual([]);
});
