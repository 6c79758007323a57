/** A subgraph of somebody else: a shop, which has stored Astria's numbers of tunes and prompts. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

const SDL = readFileSync(
  new URL('../../../test/federation/orders.graphql', import.meta.url),
  'utf8',
);

/** The id of a tune in the gateway's graph, which the shop has stored beside the number. */
export const idOfTune = (astriaId) => Buffer.from(`Tune:${astriaId}`).toString('base64url');

/** Each order has a number, a tune and prompts. Both are Astria's numbers. */
export async function startOrders(orders) {
  const shown = orders.map(({ number, tune, prompts }) => ({
    ...{ __typename: 'Order', id: `order-${number}`, number },
    tune: tune && tuneOf(tune),
    prompts: prompts.map((astriaId) => ({ astriaId })),
  }));
  const byId = new Map(shown.map((order) => [order.id, order]));
  function tuneOf(astriaId) {
    const of = orders.filter(({ tune }) => tune === astriaId).map(({ number }) => number);
    return {
      ...{ __typename: 'Tune', astriaId, id: idOfTune(astriaId) },
      orders: () => shown.filter(({ number }) => of.includes(number)),
    };
  }
  const tuneById = (id) => tuneOf(Number(Buffer.from(id, 'base64url').toString().split(':')[1]));
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL),
    resolvers: {
      Query: {
        node: (_, { id }) => byId.get(id) ?? tuneById(id),
        orders: (_, { first = 20 }) => connectionOf(shown.slice(0, first)),
      },
      Tune: {
        __resolveReference: ({ astriaId, id }) => (id ? tuneById(id) : tuneOf(astriaId)),
      },
      Order: { __resolveReference: ({ id }) => byId.get(id) },
    },
  });
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const { query: source, variables: variableValues } = await json(request);
    const answer = await graphql({ schema, source, variableValues });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/graphql`,
    requests: () => requests,
    end: () => server.close().closeAllConnections(),
  };
}

const connectionOf = (nodes) => ({
  nodes,
  edges: nodes.map((node) => ({ cursor: node.id, node })),
  pageInfo: {
    ...{ hasNextPage: false, hasPreviousPage: false },
    ...{ startCursor: nodes[0]?.id, endCursor: nodes.at(-1)?.id },
  },
});
