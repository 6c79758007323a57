/**
 * The graph as a subgraph of Apollo Federation 2, which routers compose with others:
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
import { MapperKind, mapSchema, printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  type GraphQLFieldConfigMap,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  getNamedType,
} from 'graphql';
import type { Context } from '../context.ts';
import type { PlacedRow } from '../scope.ts';
import { upstream } from './cost/cost.ts';
import { entitiesOf, KEYS, MAX_REPRESENTATIONS } from './entities.ts';
import { forbidden } from './errors.ts';
import { stoppingEarly } from './limits/early-stop.ts';
import { nodeNames } from './node.ts';

interface SubgraphOptions {
  /** Whether the subgraph tells its SDL. */
  introspection: boolean;
}

/** Makes the schema that is served to routers. Its fields share their resolvers with those of `schema`. */
export function subgraphOf(schema: GraphQLSchema, { introspection }: SubgraphOptions) {
  const composed = composable(schema);
  const { query: plain, types, ...config } = composed.toConfig();
  const entities = nodeNames().map((name) => composed.getType(name) as GraphQLObjectType);
  let sdl: string | undefined;
  const service = () => {
    if (!introspection) throw closed();
    sdl ??= printed(composed);
    return { sdl };
  };
  const { fields, ...rest } = (plain as GraphQLObjectType).toConfig();
  const query = new GraphQLObjectType({
    ...rest,
    fields: { ...fields, ...fieldsForRouters(entities, service) },
  });
  return new GraphQLSchema({ ...config, query, types: types.filter((type) => type !== plain) });
}

/** Returns the SDL that routers compose. It leaves out what the federation adds to each subgraph, such as `_entities`. */
export const subgraphSdl = (schema: GraphQLSchema): string => printed(composable(schema));

/** The oldest version that has all that is used, because each router takes its own version and those before it. */
const LINK = { url: 'https://specs.apollo.dev/federation/v2.0', import: ['@key', '@shareable'] };

/** Composers differ in whether they know this directive of GraphQL unless it is defined. */
const ONE_OF = 'directive @oneOf on INPUT_OBJECT';

const printed = (composed: GraphQLSchema) =>
  `${printSchemaWithDirectives(composed)}\n\n${ONE_OF}\n`;

/**
 * Removes what cannot be composed: another subgraph may have a `node` of its own, and a mutation of one subgraph cannot lead to
 * the queries of all. Adds the directives.
 */
function composable(schema: GraphQLSchema): GraphQLSchema {
  const queryName = schema.getQueryType()?.name;
  const names: readonly string[] = nodeNames();
  const composed = mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: ({ type }, _, typeName) => {
      const { name } = getNamedType(type);
      const isRefetch = typeName === queryName && name === 'Node';
      return isRefetch || name === queryName ? null : undefined;
    },
    [MapperKind.OBJECT_TYPE]: (type) => {
      if (names.includes(type.name)) return directed(type, { key: KEYED });
      // Other subgraphs with connections have the same type.
      return type.name === 'PageInfo' ? directed(type, { shareable: {} }) : undefined;
    },
  });
  return new GraphQLSchema({ ...composed.toConfig(), extensions: { directives: { link: LINK } } });
}

const KEYED = KEYS.map((fields) => ({ fields }));

function directed(type: GraphQLObjectType, directives: Record<string, unknown>) {
  const config = type.toConfig();
  return new GraphQLObjectType({ ...config, extensions: { ...config.extensions, directives } });
}

function fieldsForRouters(
  entities: readonly GraphQLObjectType[],
  service: () => { sdl: string },
): GraphQLFieldConfigMap<unknown, Context> {
  const representation = new GraphQLScalarType({
    name: '_Any',
    description:
      'An object with its type and one of its keys: `{"__typename": "Tune", "id": "…"}`.',
  });
  const entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'An object that can be named by a key.',
    types: entities,
    resolveType: (row: PlacedRow) => row.__typename,
  });
  const sdl = {
    type: new GraphQLNonNull(GraphQLString),
    description: 'The SDL that a router composes with that of other subgraphs.',
  };
  return {
    _entities: {
      type: new GraphQLNonNull(new GraphQLList(entity)),
      description:
        'The objects that a router names, in their order; null in the place of one that is not there.',
      args: {
        representations: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(representation))),
          description: `The types and keys of the objects, at most ${MAX_REPRESENTATIONS}.`,
        },
      },
      extensions: upstream({ calls: 'entities', rows: 'argument' }),
      resolve: stoppingEarly((_, { representations }, context) =>
        entitiesOf(representations, context),
      ),
    },
    _service: {
      type: new GraphQLNonNull(
        new GraphQLObjectType({
          name: '_Service',
          description: 'What a router asks of a subgraph before it composes it.',
          fields: { sdl },
        }),
      ),
      description: 'This subgraph. It is open where introspection is.',
      resolve: service,
    },
  };
}

const closed = () =>
  forbidden(
    'The SDL is told only where introspection is on: compose `schema/subgraph.graphql` of the package, or set INTROSPECTION=on.',
  );
