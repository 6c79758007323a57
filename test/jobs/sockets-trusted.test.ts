/** Trusted documents by WebSocket: graphql-ws wants a `query`, which is empty where the document is named. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { fileOf, presetOf, sha256 } from '../support/manifest.ts';
import { openSubscription } from './sockets.ts';

const JOBS = 'subscription Jobs($ids: [ID!]!) { jobs(ids: $ids) { isDone } }';
const TYPE = 'query Type { __typename }';

async function start(trust: string, environment: Record<string, string> = {}) {
  const TRUSTED_DOCUMENTS_PATH = fileOf(presetOf(JOBS, TYPE));
  const gateway = await startGateway({
    environment: { TRUSTED_DOCUMENTS: trust, TRUSTED_DOCUMENTS_PATH, ...environment },
  });
  const prompt = gateway.account.addPrompt({ text: 'a harbour' });
  const variables = { ids: [Buffer.from(`Prompt:${prompt.id}`).toString('base64url')] };
  const open = (asked: object, options = {}) =>
    openSubscription(gateway.url, { query: '', variables, ...asked } as never, options);
  return { ...gateway, open };
}

const FORBIDDEN = [expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })];

test.each([
  { documentId: `sha256:${sha256(JOBS)}` },
  { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(JOBS) } } },
])('%j opens what it names', async (asked) => {
  const { open } = await start('only');
  const { told, leave } = open(asked);
  await expect.poll(() => told).toHaveLength(1);
  expect(told[0]).toEqual({ data: { jobs: { isDone: true } } });
  leave();
});

test('a free document is refused, a broken one too, where trusted ones are alone', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'page', documents: 'only' });
  const only = await start('only');
  const also = await start('also', { GATEWAY_KEYS });
  for (const query of [JOBS.replace('Jobs', 'Other'), '{', '{ tunez }']) {
    const { end, ended } = only.open({ query });
    await ended;
    expect(end.errors).toEqual(FORBIDDEN);
    const byKey = also.open({ query }, { connectionParams: bearer('page') });
    await byKey.ended;
    expect(byKey.end.errors).toEqual(FORBIDDEN);
  }
});

test('an id of a query, and an unknown id, are refused', async () => {
  const { open } = await start('only');
  const query = open({ documentId: `sha256:${sha256(TYPE)}` });
  await query.ended;
  expect(query.end.errors).toMatchObject([
    { message: expect.stringMatching(/^A WebSocket takes subscriptions only/) },
  ]);
  const unknown = open({ documentId: 'none' });
  await unknown.ended;
  expect(unknown.end.errors).toMatchObject([{ message: 'PersistedQueryNotFound' }]);
});
