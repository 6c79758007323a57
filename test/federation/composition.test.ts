/** What routers compose: the SDL of the subgraph, alone and with another subgraph. */
import { readFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByTheGuild } from '@theguild/federation-composition';
import {
  buildASTSchema,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { startSubgraph } from './support.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const SDL = read('../../schema/subgraph.graphql');

const subgraph = (name: string, sdl: string) => ({
  name,
  url: `http://${name}.example/graphql`,
  typeDefs: parse(sdl),
});
const ASTRIA = subgraph('astria', SDL);
const ORDERS = subgraph('orders', read('orders.graphql'));

const COMPOSERS = {
  '@apollo/composition': composeByApollo,
  '@theguild/federation-composition': composeByTheGuild,
};

const fieldsOf = (graph: GraphQLSchema) =>
  Object.values(graph.getTypeMap())
    .filter((type) => isObjectType(type) || isInputObjectType(type))
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) => Object.values(type.getFields()).map(({ name }) => `${type.name}.${name}`));

const built = (sdl: string) => buildASTSchema(parse(sdl), { assumeValid: true });

test('the SDL that is served is the published one', async () => {
  const { ask } = await startSubgraph();
  expect(await ask('{ _service { sdl } }')).toEqual({ data: { _service: { sdl: SDL } } });
});

test('it is the graph without `node`, `nodes` and the `query` of payloads', () => {
  const [all, left] = [fieldsOf(schema), new Set(fieldsOf(built(SDL)))];
  const queries = all.filter((field) => field.endsWith('Payload.query'));
  expect(queries.length).toBeGreaterThan(15);
  expect(all.filter((field) => !left.has(field)).sort()).toEqual(
    ['Query.node', 'Query.nodes', ...queries].sort(),
  );
  expect([...left].filter((field) => !all.includes(field))).toEqual([]);
});

test('what has a global id is an entity by both of its ids', () => {
  const keyed = [
    ...SDL.matchAll(/^type (\w+) .*@key\(fields: "id"\) @key\(fields: "astriaId"\)/gm),
  ];
  expect(keyed.map(([, name]) => name)).toEqual(['Pack', 'Prompt', 'Tune', 'Workspace']);
  expect(SDL).toContain('type PageInfo @shareable {');
});

test.each(Object.entries(COMPOSERS))('%s composes it alone', (_, compose) => {
  const { errors, supergraphSdl } = compose([ASTRIA]);
  expect(errors).toBeUndefined();
  expect(fieldsOf(built(supergraphSdl as string))).toEqual(
    expect.arrayContaining(['Query.tunes', 'Mutation.createPrompt', 'Subscription.jobs']),
  );
});

test.each(Object.entries(COMPOSERS))('%s composes it with another subgraph', (_, compose) => {
  const composed = compose([ASTRIA, ORDERS]);
  expect(composed.errors).toBeUndefined();
  expect('hints' in composed ? composed.hints : []).toEqual([]);
  const supergraph = composed.supergraphSdl as string;
  expect(fieldsOf(built(supergraph))).toEqual(
    expect.arrayContaining(['Query.node', 'Query.orders', 'Tune.orders', 'Tune.prompts']),
  );
  const tune = /^type Tune\b[^{]*/m.exec(supergraph)?.[0];
  for (const key of ['id', 'astriaId']) {
    expect(tune).toContain(`@join__type(graph: ASTRIA, key: "${key}")`);
    expect(tune).toContain(`@join__type(graph: ORDERS, key: "${key}")`);
  }
});
