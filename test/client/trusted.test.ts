/** Clients whose documents are trusted, before a gateway that runs no others. */
import { hash } from 'node:crypto';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client/core';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { type DocumentNode, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { TunesDocument, ViewerDocument } from '../../client/src/operations.generated.ts';
import { startGateway } from '../support/gateway.ts';
import { apolloOf, fileOf, presetOf, sha256 } from '../support/manifest.ts';

async function startOnly(manifest: unknown) {
  const environment = { TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_PATH: fileOf(manifest) };
  const { url } = await startGateway({ seed: true, token: 'sd_demo', environment });
  const sent: string[] = [];
  const recorded: typeof fetch = (input, init) => {
    const asked = new URL(String(input)).searchParams;
    const members =
      init?.method === 'GET' ? [...asked.keys()] : Object.keys(JSON.parse(`${init?.body}`));
    sent.push(`${init?.method} ${members.includes('query') ? 'document' : 'hash'}`);
    return fetch(input, init);
  };
  return { url, sent, recorded };
}

test('Apollo Client sends hashes alone, of queries in the address', async () => {
  const cache = new InMemoryCache();
  const asSent = (document: DocumentNode) => print(cache.transformDocument(document));
  const { url, sent, recorded } = await startOnly(apolloOf(asSent(TunesDocument)));
  const link = new PersistedQueryLink({
    sha256: (text) => hash('sha256', text),
    useGETForHashedQueries: true,
  }).concat(new HttpLink({ uri: url, fetch: recorded }));
  const client = new ApolloClient({ cache, link });
  const { data } = await client.query({ query: TunesDocument, variables: { first: 1 } });
  expect(data?.tunes?.nodes).toHaveLength(1);
  expect(sent).toEqual(['GET hash']);
  // It is told that this is not known, sends the document, and is told why that is not run.
  await expect(client.query({ query: ViewerDocument })).rejects.toThrow(/Only trusted documents/);
  expect(sent).toEqual(['GET hash', 'GET hash', 'POST document']);
});

test("urql sends the hashes of codegen's client preset", async () => {
  // urql keeps the first document of each text, without what another test has put beside it.
  const query = parse('query OnlyHere($first: Int!) { tunes(first: $first) { nodes { title } } }');
  const text = print(query);
  const { url, sent, recorded } = await startOnly(presetOf(text));
  const document = Object.assign(query, { __meta__: { hash: `sha256:${sha256(text)}` } });
  const client = new Client({
    url,
    preferGetMethod: false,
    fetch: recorded,
    exchanges: [
      persistedExchange({
        enforcePersistedQueries: true,
        enableForMutation: true,
        generateHash: async (_, asked) => (asked as typeof document).__meta__.hash,
      }),
      fetchExchange,
    ],
  });
  const { data, error } = await client.query(document, { first: 1 }).toPromise();
  expect(error).toBeUndefined();
  expect(data?.tunes?.nodes).toHaveLength(1);
  expect(sent).toEqual(['GET hash']);
});
