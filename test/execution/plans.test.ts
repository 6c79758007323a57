/** What is compiled, and what is left to graphql-js: plans take memory, and must not take more than a question is worth. */
import {
  buildSchema,
  defaultFieldResolver,
  execute,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLUnionType,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/execution/compile.ts';
import { both } from '../support/both-executors.ts';
import { cpuMsOf } from '../support/cpu.ts';
import { check } from '../support/executor-cases.ts';
import { library } from '../support/library.ts';

/** Two to the power of `depth` fields. */
const doubling = (depth: number) =>
  `fragment F${depth} on Book { title }
  ${Array.from({ length: depth }, (_, level) => `fragment F${level} on Book { a: book { ...F${level + 1} } b: book { ...F${level + 1} } }`).join('\n')}`;

function towerOf(height: number): object {
  return height > 0 ? { title: 't', book: towerOf(height - 1) } : { title: 't' };
}

test('a short question that would be a large plan is left to graphql-js, and at once', async () => {
  const text = `{ book { ...F0 } } ${doubling(40)}`;
  const work = () =>
    check({
      ...{ text, root: () => ({ book: towerOf(2) }), isLeft: true },
      data: {
        book: {
          a: { a: { a: null, b: null }, b: { a: null, b: null } },
          b: { a: { a: null, b: null }, b: { a: null, b: null } },
        },
      },
    });
  expect(await cpuMsOf(work)).toBeLessThan(500);
});

test('but not where the pieces are small', () =>
  check({
    text: `{ book { ...F0 } } ${doubling(3)}`,
    root: () => ({ book: towerOf(1) }),
    data: { book: { a: { a: null, b: null }, b: { a: null, b: null } } },
  }));

test('conditions do not make more plans than the text is worth', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const text = `query (${names.map((name) => `$${name}: Boolean!`)}) {
    ${names.map((name) => `${name}: title @skip(if: $${name})`).join(' ')} book { ...F0 } }
    ${doubling(4)}`;
  const document = parse(text);
  const run = compile(library, document);
  const root = { title: 't', book: towerOf(4) };
  let compiled = 0;
  for (const bits of Array(16).keys()) {
    const variables = Object.fromEntries(
      names.map((name, bit) => [name, Boolean(bits & (2 ** bit))]),
    );
    const answer = await run({ root }, variables);
    const expected = execute({
      ...{ schema: library, document, contextValue: { root }, variableValues: variables },
    });
    expect(JSON.stringify(answer)).toBe(JSON.stringify(expected));
    if (Object.getPrototypeOf(answer.data) !== null) compiled++;
  }
  expect(compiled).toBeGreaterThan(3);
  expect(compiled).toBeLessThan(12);
});

test('a thousand names for one fragment of a thousand fields are no plan', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `k${index}: __typename`).join(' ');
  const books = Array.from({ length: 1000 }, (_, index) => `b${index}: book { ...F }`).join(' ');
  const work = async () => {
    const run = compile(library, parse(`{ ${books} } fragment F on Book { ${names} }`));
    const { data } = await run({ root: {} }, {});
    expect(Object.keys(data ?? {})).toHaveLength(1000);
  };
  expect(await cpuMsOf(work)).toBeLessThan(500);
});

test('a query is planned from the first time on, and why one is not is told once', async () => {
  const reasons: string[] = [];
  const onUnplanned = (reason: string) => void reasons.push(reason);
  for (const [text, prototype] of [
    ['{ title }', Object.prototype],
    ['{ __schema { queryType { name } } }', null],
  ] as const) {
    const run = compile(library, parse(text), { onUnplanned });
    const made = [run({ root: {} }, {}), run({ root: {} }, {})];
    const prototypes = (await Promise.all(made)).map(({ data }) => Object.getPrototypeOf(data));
    expect(prototypes).toEqual([prototype, prototype]);
  }
  expect(reasons).toEqual(['introspection']);
});

const FIVE = ['a', 'b', 'c', 'd', 'e'];

test.each([
  [
    'conditions',
    `query (${FIVE.map((name) => `$${name}: Boolean!`)}) {
      ${FIVE.map((name) => `${name}: title @skip(if: $${name})`).join(' ')} }`,
    Object.fromEntries(FIVE.map((name) => [name, name < 'c'])),
  ],
  ['size', `{ book { ...F0 } } ${doubling(9)}`, {}],
  ['directives', 'query ($a: Boolean = true) { title @skip(if: $a) }', { a: null }],
])(
  'by reason of its %s it is left to graphql-js, which answers',
  async (reason, text, variables) => {
    const reasons: string[] = [];
    const run = compile(library, parse(text), { onUnplanned: (each) => void reasons.push(each) });
    const contextValue = { root: { title: 't', book: towerOf(9) } };
    const expected = execute({
      ...{ schema: library, document: parse(text), contextValue, variableValues: variables },
    });
    expect(JSON.stringify(await run(contextValue, variables))).toBe(JSON.stringify(expected));
    expect(reasons).toEqual([reason]);
  },
);

describe('of schemas that have more than ours', () => {
  const runs = async (schema: GraphQLSchema, text: string, root: object, variables = {}) => {
    const { expected, actual, isCompiled } = await both({
      ...{ schema, text, variables },
      context: () => ({ root }),
    });
    expect(actual).toEqual(expected);
    return { text: actual.text, isCompiled };
  };

  test('types that look at their rows are left to graphql-js', async () => {
    const Row = new GraphQLObjectType({
      name: 'Row',
      fields: { title: { type: GraphQLString } },
      isTypeOf: (row) => row.isRow,
    });
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: {
        yes: { type: Row, resolve: () => ({ title: 't', isRow: true }) },
        no: { type: Row, resolve: () => ({ title: 't' }) },
      },
    });
    const { text, isCompiled } = await runs(
      new GraphQLSchema({ query }),
      '{ yes { title } no { title } }',
      {},
    );
    expect([text, isCompiled]).toEqual(['{"yes":{"title":"t"},"no":null}', false]);
  });

  test('unions that do not say what a row is, too', async () => {
    const schema = buildSchema('type A { a: ID } union Any = A type Query { any: Any, id: ID }');
    const fields = schema.getQueryType()?.getFields() ?? {};
    Object.assign(fields.any as object, { resolve: () => ({ __typename: 'A', a: 1 }) });
    expect((schema.getType('Any') as GraphQLUnionType).resolveType).toBeUndefined();
    expect(await runs(schema, '{ any { ... on A { a } } }', {})).toEqual({
      ...{ text: '{"any":{"a":"1"}}', isCompiled: false },
    });
    expect((await runs(schema, '{ id }', {})).isCompiled).toBe(true);
  });

  test('a resolver that is wrapped around what is exposed is not passed by', async () => {
    const original = (row: { title: string }) => row.title;
    const Row = new GraphQLObjectType({
      name: 'Row',
      fields: {
        title: {
          type: GraphQLString,
          resolve: (row) => `${original(row)}, if you may`,
          extensions: { pothosExposedField: 'title', pothosOriginalResolve: original },
        },
      },
    });
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { row: { type: Row, resolve: () => ({ title: 't' }) } },
    });
    const { text, isCompiled } = await runs(new GraphQLSchema({ query }), '{ row { title } }', {});
    expect([text, isCompiled]).toEqual(['{"row":{"title":"t, if you may"}}', true]);
  });

  test('the default resolver finds nothing in a text', async () => {
    const extensions = {
      pothosExposedField: 'length',
      pothosOriginalResolve: defaultFieldResolver,
    };
    const Row = new GraphQLObjectType({
      name: 'Row',
      fields: { length: { type: GraphQLString, extensions } },
    });
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { row: { type: Row, resolve: () => 'text' } },
    });
    const { text, isCompiled } = await runs(new GraphQLSchema({ query }), '{ row { length } }', {});
    expect([text, isCompiled]).toEqual(['{"row":{"length":null}}', true]);
  });

  test('variables of other directives decide nothing', async () => {
    const schema = buildSchema('directive @note(text: String) on FIELD type Query { id: ID }');
    const run = compile(schema, parse('query ($text: String) { id @note(text: $text) }'));
    const answers = ['a', 'b', 'c'].map((text) => run({}, { text }));
    const prototypes = (await Promise.all(answers)).map(({ data }) => Object.getPrototypeOf(data));
    expect(prototypes).toEqual([Object.prototype, Object.prototype, Object.prototype]);
  });
});
