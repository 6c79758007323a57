/** urql with graphcache and what the client package gives it, against the gateway. */
import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { persistedExchange } from '@urql/exchange-persisted';
import { expect, onTestFinished, test, vi } from 'vitest';
import { astriaErrors, messagesByField } from '../../client/src/errors.ts';
import { graphcacheConfig } from '../../client/src/graphcache.ts';
import { TunesDocument, ViewerDocument } from '../../client/src/operations.generated.ts';
import { startGateway } from '../support/gateway.ts';

async function start() {
  const warned = vi.spyOn(console, 'warn');
  const complained = vi.spyOn(console, 'error');
  onTestFinished(() => {
    // Graphcache says on the console what it cannot key, match or find in the schema.
    expect([...warned.mock.calls, ...complained.mock.calls]).toEqual([]);
    vi.restoreAllMocks();
  });
  const gateway = await startGateway({ seed: true, token: 'sd_demo' });
  const sent: string[] = [];
  const client = new Client({
    url: gateway.url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange(graphcacheConfig),
      persistedExchange({ preferGetForPersistedQueries: false }),
      fetchExchange,
    ],
    fetch: (input, init) => {
      const body = JSON.parse(String(init?.body));
      sent.push('query' in body ? 'document' : 'hash');
      return fetch(input, init);
    },
  });
  return { gateway, client, sent };
}

const PAGE = gql`
  query Page($first: Int!, $after: String, $filter: PromptFilter) {
    prompts(first: $first, after: $after, filter: $filter) {
      nodes { id images { url } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

test('pages are one list, for each filter its own', async () => {
  const { client } = await start();
  const page = async (variables: object) => {
    const { data, error } = await client.query(PAGE, variables).toPromise();
    expect(error).toBeUndefined();
    return data.prompts;
  };
  const first = await page({ first: 2 });
  const both = await page({ first: 2, after: first.pageInfo.endCursor });
  expect(both.nodes).toHaveLength(4);
  expect(both.nodes.slice(0, 2)).toEqual(first.nodes);
  expect(new Set(both.nodes.map(({ id }: { id: string }) => id)).size).toBe(4);
  expect((await page({ first: 2, filter: { isVideo: true } })).nodes).toHaveLength(2);
});

test('what a mutation changes is seen wherever it stands, and an interface is matched', async () => {
  const { client, gateway } = await start();
  const variables = { first: 2 };
  const { data } = await client.query(TunesDocument, variables).toPromise();
  const id = data?.tunes?.nodes[0]?.id;
  const RENAME = gql`mutation ($id: ID!) { updateTune(input: { id: $id, title: "Renamed" }) { tune { id title } } }`;
  expect((await client.mutation(RENAME, { id }).toPromise()).error).toBeUndefined();
  const before = gateway.requests().length;
  const again = await client.query(TunesDocument, variables).toPromise();
  expect(again.data?.tunes?.nodes[0]?.title).toBe('Renamed');
  expect(gateway.requests()).toHaveLength(before);
  const NODE = gql`query ($id: ID!) { node(id: $id) { id ... on Tune { title } ... on Pack { slug } } }`;
  const node = await client.query(NODE, { id }).toPromise();
  expect(node.data.node).toMatchObject({ id, title: 'Renamed' });
});

test('the persisted exchange sends the hash, is told, and sends documents from then on', async () => {
  const { client, sent } = await start();
  expect((await client.query(ViewerDocument, {}).toPromise()).error).toBeUndefined();
  expect((await client.query(TunesDocument, { first: 1 }).toPromise()).error).toBeUndefined();
  expect(sent).toEqual(['hash', 'document', 'document']);
});

test('its errors are read as those of any other client', async () => {
  const { client } = await start();
  const CREATE = gql`mutation { createTune(input: { title: "", imageUrls: ["https://a.example/1"] }) { tune { id } } }`;
  const { error } = await client.mutation(CREATE, {}).toPromise();
  expect(astriaErrors(error)[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED' });
  expect(messagesByField(error)).toEqual({ title: ["can't be blank"] });
});
