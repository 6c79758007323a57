/** A plugin of codegen: what caches must know of the schema, so that it cannot drift from it. */
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** What says which page is meant, and not which list. */
const PAGING = ['first', 'after', 'last', 'before'];

export function plugin(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const objects = types.filter(isObjectType);
  const possible = types
    .filter((type) => isInterfaceType(type) || isUnionType(type))
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]);
  return [
    constant(
      'Which types an interface or a union may be.',
      'possibleTypes',
      Object.fromEntries(possible),
    ),
    constant(
      'Types without an id of their own: a cache keeps them within what they belong to.',
      'keylessTypes',
      objects
        .filter((type) => !isRoot(schema, type) && !type.getFields().id)
        .map(({ name }) => name),
    ),
    constant(
      'Of these there is one, for whoever asks.',
      'singletons',
      objects.filter((type) => isSingleton(schema, type)).map(({ name }) => name),
    ),
    constant(
      'The lists that come in pages, by type and field, with the arguments that tell one list from another.',
      'connections',
      Object.fromEntries(objects.flatMap(connectionsOf)),
    ),
  ].join('\n');
}

const isRoot = (schema: GraphQLSchema, type: GraphQLObjectType) =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);

/** A field of the query without arguments leads there, and it has no id. */
const isSingleton = (schema: GraphQLSchema, type: GraphQLObjectType) =>
  !type.getFields().id &&
  Object.values(schema.getQueryType()?.getFields() ?? {}).some(
    (field) => field.args.length === 0 && getNullableType(field.type) === type,
  );

function connectionsOf(type: GraphQLObjectType) {
  const lists = Object.values(type.getFields())
    .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
    .map(({ name, args }) => {
      const keys = args.map((arg) => arg.name).filter((arg) => !PAGING.includes(arg));
      return [name, keys];
    });
  return lists.length > 0 ? [[type.name, Object.fromEntries(lists)]] : [];
}

const constant = (about: string, name: string, value: object) =>
  `/** ${about} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
