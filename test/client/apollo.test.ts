/** Apollo Client 4 with what the client package gives it, against the gateway. */

import { hash } from 'node:crypto';
import {
  ApolloClient,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
} from '@apollo/client/core';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs';
import { expect, onTestFinished, test } from 'vitest';
import { possibleTypes, typePolicies } from '../../client/src/apollo.ts';
import { astriaErrors, messagesByField } from '../../client/src/errors.ts';
import { TunesDocument, ViewerDocument } from '../../client/src/operations.generated.ts';
import { startGateway } from '../support/gateway.ts';
import { PNG } from '../support/multipart.ts';

async function start() {
  const gateway = await startGateway({ seed: true, token: 'sd_demo' });
  const cache = new InMemoryCache({ possibleTypes, typePolicies });
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: gateway.url }) });
  return { gateway, cache, client };
}

const PAGE = gql`
  query Page($first: Int!, $after: String, $filter: PromptFilter) {
    prompts(first: $first, after: $after, filter: $filter) {
      nodes { id }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const EDGES = gql`
  query Edges($first: Int!, $after: String) {
    prompts(first: $first, after: $after) {
      edges { cursor node { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Page {
  prompts: {
    nodes: { id: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
interface Edges {
  prompts: { edges: { node: { id: string } }[]; pageInfo: Page['prompts']['pageInfo'] };
}
const idsOf = (page: Page | undefined) => page?.prompts.nodes.map(({ id }) => id);

test('fetchMore joins pages by nodes, each list by its filter, and a page read again takes its own place', async () => {
  const { client, gateway } = await start();
  const all = await client.query<Page>({
    query: PAGE,
    variables: { first: 6 },
    fetchPolicy: 'no-cache',
  });
  const ids = idsOf(all.data) as string[];
  const first = await client.query<Page>({ query: PAGE, variables: { first: 2 } });
  const list = client.watchQuery<Page>({ query: PAGE, variables: { first: 2 } });
  onTestFinished(() => list.stop());
  const after = first.data?.prompts.pageInfo.endCursor;
  await list.fetchMore({ variables: { first: 2, after } });
  const afterTwo = list.getCurrentResult().data as Page;
  expect(idsOf(afterTwo)).toEqual(ids.slice(0, 4));
  await list.fetchMore({ variables: { first: 2, after: afterTwo.prompts.pageInfo.endCursor } });
  expect(idsOf(list.getCurrentResult().data as Page)).toEqual(ids);
  // The second page again: what followed it is read anew too.
  await list.fetchMore({ variables: { first: 2, after } });
  expect(idsOf(list.getCurrentResult().data as Page)).toEqual(ids.slice(0, 4));

  const films = await client.query<Page>({
    query: PAGE,
    variables: { first: 2, filter: { isVideo: true } },
  });
  expect(idsOf(films.data)).not.toEqual(ids.slice(0, 2));
  expect(idsOf(list.getCurrentResult().data as Page)).toEqual(ids.slice(0, 4));
  const before = gateway.requests().length;
  const kept = await client.query<Page>({ query: PAGE, variables: { first: 2 } });
  expect(idsOf(kept.data)).toEqual(ids.slice(0, 4));
  expect(gateway.requests()).toHaveLength(before);
  await list.refetch();
  expect(idsOf(list.getCurrentResult().data as Page)).toEqual(ids.slice(0, 2));
});

test('edges and nodes of one list stay of one length', async () => {
  const { client, cache } = await start();
  const first = await client.query<Edges>({ query: EDGES, variables: { first: 2 } });
  const list = client.watchQuery<Edges>({ query: EDGES, variables: { first: 2 } });
  onTestFinished(() => list.stop());
  await list.fetchMore({ variables: { first: 2, after: first.data?.prompts.pageInfo.endCursor } });
  expect((list.getCurrentResult().data as Edges).prompts.edges).toHaveLength(4);
  const nodes = await client.query<Page>({ query: PAGE, variables: { first: 3 } });
  const edges = cache.readQuery<Edges>({ query: EDGES, variables: { first: 2 } });
  expect(edges?.prompts.edges.map(({ node }) => node.id)).toEqual(idsOf(nodes.data));
});

const TUNE_TITLE = gql`
  fragment Title on Tune {
    title
  }
`;

test('what a mutation changes is seen wherever it stands, and a fragment reads it by its id', async () => {
  const { client, cache } = await start();
  const { data } = await client.query({ query: TunesDocument, variables: { first: 3 } });
  const tune = data?.tunes?.nodes[0] as { id: string };
  await client.mutate({
    mutation: gql`
      mutation Rename($id: ID!) {
        updateTune(input: { id: $id, title: "Renamed" }) { tune { id title } }
      }
    `,
    variables: { id: tune.id },
  });
  const again = cache.readQuery({ query: TunesDocument, variables: { first: 3 } });
  expect(again?.tunes?.nodes[0]?.title).toBe('Renamed');
  const fragment = { fragment: TUNE_TITLE, fragmentName: 'Title', id: `Tune:${tune.id}` };
  expect(cache.readFragment(fragment)).toMatchObject({ title: 'Renamed' });
});

test('a fragment on an interface is matched, and what is there once is kept together', async () => {
  const { client, cache } = await start();
  const { data } = await client.query({ query: TunesDocument, variables: { first: 1 } });
  const id = data?.tunes?.nodes[0]?.id;
  const node = await client.query<{ node: object }>({
    query: gql`query ($id: ID!) { node(id: $id) { ... on Node { id } ... on Tune { title } } }`,
    variables: { id },
  });
  expect(node.data?.node).toEqual({ __typename: 'Tune', id, title: expect.any(String) });
  const viewer = await client.query({ query: ViewerDocument });
  await client.query({ query: gql`query { viewer { email } }` });
  expect(viewer.data?.viewer).toBeTruthy();
  expect(cache.readQuery({ query: ViewerDocument })).toEqual(viewer.data);
});

test('a persisted-query link sends the hash, is told, and sends documents from then on', async () => {
  const { url } = await startGateway({ seed: true, token: 'sd_demo' });
  const sent: string[] = [];
  const link = new PersistedQueryLink({ sha256: (text) => hash('sha256', text) }).concat(
    new HttpLink({
      uri: url,
      fetch: (input, init) => {
        const body = JSON.parse(String(init?.body));
        sent.push('query' in body ? 'document' : 'hash');
        return fetch(input, init);
      },
    }),
  );
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link,
  });
  const { data } = await client.query({ query: TunesDocument, variables: { first: 1 } });
  expect(data?.tunes?.nodes).toHaveLength(1);
  await client.query({ query: ViewerDocument });
  expect(sent).toEqual(['hash', 'document', 'document']);
});

const PHOTO = new Uint8Array(PNG);
const CREATE = gql`
  mutation Create($input: CreateTuneInput!) {
    createTune(input: $input) { tune { id title } }
  }
`;

test('a form shows a refused file and an invalid field alike', async () => {
  const { url } = await startGateway();
  const link = new UploadHttpLink({ uri: url, headers: { 'Apollo-Require-Preflight': 'true' } });
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link,
  });
  const messages = async (input: object) => {
    const thrown = await client.mutate({ mutation: CREATE, variables: { input } }).catch((e) => e);
    expect(CombinedGraphQLErrors.is(thrown)).toBe(true);
    expect(astriaErrors(thrown)[0]?.extensions.code).toMatch(/^(BAD_REQUEST|VALIDATION_FAILED)$/);
    return messagesByField(thrown);
  };
  const text = new File(['hello'], 'note.html', { type: 'text/html' });
  const photo = new File([PHOTO], 'photo.png', { type: 'image/png' });
  expect(await messages({ title: 'Ines', images: [{ file: text }] })).toEqual({
    'images.0': [expect.stringContaining('is text/html; this field takes image/jpeg')],
  });
  expect(await messages({ title: '', images: [{ file: photo }] })).toEqual({
    title: ["can't be blank"],
  });
  const variables = { input: { title: 'Ines', images: [{ file: photo }] } };
  const { data } = await client.mutate({ mutation: CREATE, variables });
  expect(data).toMatchObject({ createTune: { tune: { title: 'Ines' } } });
});
