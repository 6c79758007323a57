/** The gateway over HTTP, as clients of every kind meet it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { serverAudits } from 'graphql-http';
import { GraphQLClient } from 'graphql-request';
import { expect, test } from 'vitest';
import { TunesDocument } from '../../client/src/operations.generated.ts';
import { startGateway } from '../support/gateway.ts';

const audits = serverAudits({ url: 'http://audits.example/graphql' });

test('the audits of GraphQL over HTTP are all 61 of them', () => {
  expect(audits).toHaveLength(61);
});

test('every audit of GraphQL over HTTP is passed', async () => {
  for (const token of ['sd_test', '']) {
    const { url } = await startGateway({ token });
    const results = await Promise.all(serverAudits({ url }).map((audit) => audit.fn()));
    expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
  }
});

test('a typed client reads tunes as a service would', async () => {
  const gateway = await startGateway({ environment: { ALLOW_CALLER_KEYS: 'on' } });
  gateway.account.addTune({
    id: 5,
    title: 'Ines',
    model_type: 'faceid',
    token: null,
    name: 'woman',
  });
  const client = new GraphQLClient(gateway.url, {
    headers: { authorization: 'Bearer sd_test' },
  });
  const { tunes } = await client.request(TunesDocument, { first: 1 });
  const title: string | null | undefined = tunes?.nodes[0]?.title;
  expect(title).toBe('Ines');
  expect(tunes?.nodes[0]?.reference).toBe('<faceid:5:1> woman');
});

test('the key and the workspace of a request are its own', async () => {
  const { run, emulator } = await startGateway({
    environment: { WORKSPACE_ID: '12', ALLOW_CALLER_KEYS: 'on' },
  });
  const sent = () => {
    const { authorization, 'x-workspace-id': workspace } = emulator.requests.at(-1)?.headers ?? {};
    return [authorization, workspace];
  };
  await run('{ tunes { nodes { id } } }');
  expect(sent()).toEqual(['Bearer sd_test', '12']);
  await run('{ tunes { nodes { id } } }', {}, { 'x-workspace-id': 'all' });
  expect(sent()).toEqual(['Bearer sd_test', 'all']);
  await run('{ tunes { nodes { id } } }', {}, { authorization: 'Bearer sd_other' });
  expect(sent()).toEqual(['Bearer sd_other', undefined]);
  await run(
    '{ tunes { nodes { id } } }',
    {},
    { authorization: 'bearer sd_other', 'x-workspace-id': '7' },
  );
  expect(sent()).toEqual(['Bearer sd_other', '7']);
});

test('the cache of one key is not used for another', async () => {
  const { run, account } = await startGateway({ environment: { ALLOW_CALLER_KEYS: 'on' } });
  account.addTune({ id: 5, title: 'mine' });
  const answer = await run(
    '{ tune(id: 5) { title } tunes { nodes { title } } }',
    {},
    { authorization: 'Bearer sd_other' },
  );
  expect(answer).toEqual({ data: { tune: null, tunes: { nodes: [] } } });
});

test.each([
  ['UNAUTHENTICATED', { authorization: 'Bearer hunter2' }],
  ['UNAUTHENTICATED', { authorization: 'Basic c2Q6c2Q=' }],
  ['BAD_REQUEST', { 'x-workspace-id': 'mine' }],
  ['BAD_REQUEST', { 'x-workspace-id': '0' }],
])('%s for the headers %j, before any call', async (code, headers) => {
  const { run, requests } = await startGateway();
  const answer = await run('{ tunes { nodes { id } } }', {}, headers as Record<string, string>);
  expect(answer).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(JSON.stringify(answer)).not.toContain('hunter2');
  expect(requests()).toEqual([]);
});

test('without any key nothing is sent, and the header wanted is named', async () => {
  const { run, requests } = await startGateway({ token: '' });
  expect(await run('{ __typename tunes { nodes { id } } }')).toEqual({
    data: { __typename: 'Query', tunes: null },
    errors: [
      {
        message: 'Astria needs a key: send the header `Authorization: Bearer sd_…`.',
        locations: [{ line: 1, column: 14 }],
        path: ['tunes'],
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ],
  });
  expect(requests()).toEqual([]);
});

test('a client that leaves ends the reads it was waiting for', async () => {
  const gateway = await startGateway();
  const url = gateway.url;
  gateway.emulator.fail({ latencyMs: 300 });
  const leaving = new AbortController();
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ prompts { nodes { tune { token } } } }' }),
    signal: leaving.signal,
  });
  while (gateway.requests().length === 0) await sleep(5);
  leaving.abort();
  await expect(answer).rejects.toThrow('aborted');
  await sleep(400);
  expect(gateway.requests()).toEqual(['GET /prompts?limit=21']);
  expect(gateway.logged).toEqual([]);
});
