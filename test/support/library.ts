/** A schema with something of everything, for trying an executor. Its rows come with the context. */
import {
  defaultFieldResolver,
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql';

interface Shelf {
  /** A row of Query. */
  root: object;
}

type Row = Record<string | symbol, unknown>;
type Field = GraphQLFieldConfig<Row, Shelf>;
type Fields = GraphQLFieldConfigMap<Row, Shelf>;

/** Says what a row is, for `resolveType`. */
export const KIND = Symbol('kind');

/** As @pothos/core makes them: where the names are the same, the default resolver does it. */
const exposed = (type: GraphQLOutputType, property?: string): Field => {
  const resolve = property === undefined ? undefined : (row: Row) => row[property];
  return {
    type,
    resolve,
    extensions: { pothosOriginalResolve: resolve ?? defaultFieldResolver },
  };
};

function withExposed(fields: Fields): Fields {
  for (const [name, field] of Object.entries(fields)) {
    if (!field.extensions?.pothosOriginalResolve) continue;
    const property = EXPOSED[name] ?? name;
    field.extensions = { ...field.extensions, pothosExposedField: property };
  }
  return fields;
}

const EXPOSED: Record<string, string> = {
  titleMust: 'title',
  pagesMust: 'page_count',
  soldMust: 'sold',
  oddMust: 'odd',
  tags: 'tag_list',
};

const must = <T extends GraphQLOutputType>(type: T) =>
  new GraphQLNonNull(type as GraphQLOutputType);
const list = (type: GraphQLOutputType) => new GraphQLList(type);

/** Takes everything, but 'bad' on the way in; on the way out it says of some values that they are nothing. */
const Odd = new GraphQLScalarType({
  name: 'Odd',
  serialize(value) {
    if (value === 'throws') throw new TypeError('too odd');
    return value === 'null' ? null : value === 'undefined' ? undefined : value;
  },
  parseValue(value) {
    if (value === 'bad') throw new TypeError('bad');
    return { odd: value };
  },
});

const Color = new GraphQLEnumType({
  name: 'Color',
  values: { RED: {}, GREEN: { value: 2 }, BLUE: { value: 'b' } },
});

const Range = new GraphQLInputObjectType({
  name: 'Range',
  fields: () => ({
    from: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 },
    to: { type: GraphQLInt },
    must: { type: new GraphQLNonNull(GraphQLString) },
    tags: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
    color: { type: Color, defaultValue: 2 },
    odd: { type: Odd },
    inner: { type: Range },
    one: { type: OneOf },
  }),
});

const OneOf: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'OneOf',
  isOneOf: true,
  fields: () => ({
    id: { type: GraphQLID },
    name: { type: GraphQLString },
    range: { type: Range },
  }),
});

const args = {
  text: { type: GraphQLString, defaultValue: 'default' },
  count: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 3 },
  range: { type: Range },
  ranges: { type: new GraphQLList(new GraphQLNonNull(Range)) },
  grid: { type: new GraphQLList(new GraphQLList(GraphQLInt)) },
  one: { type: OneOf },
  color: { type: Color },
  odd: { type: Odd },
};

/** Pothos names types too; here a row may also take its time to say. */
const kindOf = (row: Row) => (row[KIND] ?? row.kind) as string;

const Named: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Named',
  fields: () => ({
    id: { type: GraphQLID },
    title: { type: GraphQLString },
    near: { type: Named },
    named: { type: list(Named) },
  }),
  resolveType: kindOf,
});

const Any = new GraphQLUnionType({
  name: 'Any',
  types: () => [Book, Author],
  resolveType: kindOf,
});

const fields = (): Fields =>
  withExposed({
    id: exposed(GraphQLID),
    title: exposed(GraphQLString),
    titleMust: exposed(must(GraphQLString), 'title'),
    pages: exposed(GraphQLInt),
    pagesMust: exposed(must(GraphQLInt), 'page_count'),
    price: exposed(GraphQLFloat),
    sold: exposed(GraphQLBoolean),
    soldMust: exposed(must(GraphQLBoolean), 'sold'),
    color: exposed(Color),
    odd: exposed(Odd),
    oddMust: exposed(must(Odd), 'odd'),
    tags: exposed(list(must(GraphQLString)), 'tag_list'),
    plain: { type: GraphQLString },
    plainMust: { type: must(GraphQLString) },
    colorMust: { type: must(Color) },
    echo: { type: GraphQLString, args },
    echoMust: { type: must(GraphQLInt), args: { count: { type: new GraphQLNonNull(GraphQLInt) } } },
    book: { type: Book },
    bookMust: { type: must(Book) },
    books: { type: list(Book) },
    booksMust: { type: must(list(must(Book))) },
    near: { type: Named },
    nearMust: { type: must(Named) },
    named: { type: list(Named) },
    any: { type: list(must(Any)), args },
    grid: { type: list(list(GraphQLInt)) },
    gridMust: { type: must(list(must(list(must(GraphQLInt))))) },
    shelves: { type: list(must(list(must(Book)))) },
  });

const Book: GraphQLObjectType = new GraphQLObjectType({
  name: 'Book',
  interfaces: [Named],
  fields,
});

const Author: GraphQLObjectType = new GraphQLObjectType({
  name: 'Author',
  interfaces: [Named],
  fields: () => ({ ...fields(), born: exposed(GraphQLInt) }),
});

/** The root has no row of its own, and where too much of it must not be null it too often is. */
const rooted = (config: Fields): Fields =>
  Object.fromEntries(
    Object.entries(config)
      .filter(([name]) => !name.endsWith('Must') || name === 'bookMust' || name === 'gridMust')
      .map(([name, field]) => [
        name,
        {
          ...field,
          extensions: undefined,
          resolve: (_, given, context, info) =>
            defaultFieldResolver(context.root, given, context, info),
        },
      ]),
  );

export const library = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: () => rooted(fields()) }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: () => rooted(fields()) }),
  types: [Book, Author],
});
