/** Relay's store over the gateway, with what its compiler has made: `node run.mjs <url>`. */
import assert from 'node:assert/strict';
import { missingFieldHandlers } from 'astria-graphql-client/relay';
import relay from 'relay-runtime';
import node from './__generated__/operationsNodeQuery.graphql.js';
import rename from './__generated__/operationsRenameMutation.graphql.js';
import tunes from './__generated__/operationsTunesQuery.graphql.js';

const { commitMutation, createOperationDescriptor, fetchQuery, Network } = relay;
const { Environment, RecordSource, Store } = relay;
const [, , url] = process.argv;

let asked = 0;
const network = Network.create(async ({ text: query }, variables) => {
  asked += 1;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
});
const store = new Store(new RecordSource());
const environment = new Environment({ network, store, missingFieldHandlers });
const read = (operation, variables) =>
  environment.lookup(createOperationDescriptor(operation, variables).fragment).data;

const firstPage = { first: 2, after: null, filter: null };
const { tunes: first } = await fetchQuery(environment, tunes, firstPage).toPromise();
assert.equal(first.edges.length, 2);
environment.retain(createOperationDescriptor(tunes, firstPage));
await fetchQuery(environment, tunes, { ...firstPage, after: first.pageInfo.endCursor }).toPromise();
const ids = read(tunes, firstPage).tunes.edges.map((edge) => edge.node.id);
assert.equal(new Set(ids).size, 4, 'a second page joins the first');

const [id] = ids;
const before = asked;
const known = createOperationDescriptor(node, { id });
assert.equal(environment.check(known).status, 'available', 'node(id) is in the store');
assert.equal(read(node, { id }).node.id, id);
assert.equal(asked, before);

await new Promise((resolve, reject) => {
  const variables = { id, title: 'Renamed' };
  commitMutation(environment, {
    mutation: rename,
    variables,
    onCompleted: resolve,
    onError: reject,
  });
});
assert.equal(read(tunes, firstPage).tunes.edges[0].node.title, 'Renamed');
