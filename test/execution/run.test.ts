/** What resolvers see of a run, and what a run must bear. */
import DataLoader from 'dataloader';
import {
  buildSchema,
  execute,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { compile, type Executor } from '../../src/execution/compile.ts';
import { both } from '../support/both-executors.ts';
import { book, check, fails } from '../support/executor-cases.ts';
import { library } from '../support/library.ts';
import type { Turns } from '../support/turns.ts';

/** One call for graphql-js, and two of ours: what the first has made the second finds. */
async function runs(text: string, context: () => object) {
  const document = parse(text);
  const compiled = compile(library, document);
  const executors: Executor[] = [
    (contextValue) => execute({ schema: library, document, contextValue }) as ReturnType<Executor>,
    compiled,
    compiled,
  ];
  const results = [];
  for (const run of executors) results.push(await run(context(), {}));
  return results;
}

describe('info', () => {
  const schema = buildSchema(`
    interface Node { id: ID, peers(first: Int): [Node!] }
    type Row implements Node { id: ID, peers(first: Int): [Node!], row: Row! }
    type Query { rows(filter: String): [[Row]], node: Node, nodes: [Node] }
  `);
  const infos: GraphQLResolveInfo[] = [];
  const resolve = (_: unknown, __: unknown, ___: unknown, info: GraphQLResolveInfo) => {
    infos.push(info);
    const { path } = info;
    if (path.key === 'id' || path.key === 'other') return 'x';
    return String(info.returnType) === '[[Row]]' ? [[{}, {}], [{}]] : listed(info);
  };
  const listed = ({ returnType }: GraphQLResolveInfo) =>
    String(returnType).startsWith('[') ? [{}, {}] : {};
  for (const type of ['Query', 'Row']) {
    const fields = (schema.getType(type) as GraphQLObjectType).getFields();
    for (const field of Object.values(fields)) field.resolve = resolve;
  }
  (schema.getType('Node') as GraphQLInterfaceType).resolveType = (_, __, info) => {
    infos.push(info);
    return 'Row';
  };

  test('says all that it says in graphql-js', async () => {
    const text = `query Q($first: Int = 2, $filter: String) {
        rows(filter: $filter) { id other: id ...F row { row { peers { id } } } }
        node { id ...F }
        all: nodes { id peers(first: $first) { __typename } }
      }
      fragment F on Node { peers(first: 1) { id } }`;
    const seen = async (run: () => unknown) => {
      infos.length = 0;
      await run();
      return infos.map((info) => ({
        ...{ fieldName: info.fieldName, fieldNodes: info.fieldNodes, path: info.path },
        ...{ returnType: info.returnType, parentType: info.parentType, schema: info.schema },
        ...{ fragments: info.fragments, operation: info.operation, rootValue: info.rootValue },
        variableValues: info.variableValues,
      }));
    };
    const document = parse(text);
    const compiled = compile(schema, document, { operationName: 'Q' });
    const variableValues = { filter: 'f' };
    const expected = await seen(() => execute({ schema, document, variableValues }));
    await compiled({}, variableValues);
    const actual = await seen(() => compiled({}, variableValues));
    expect(expected.length).toBeGreaterThan(50);
    expect(actual).toEqual(expected);
  });
});

test('loaders collect as much at once as with graphql-js', async () => {
  const batches: (readonly number[])[][] = [];
  const context = () => {
    const mine: (readonly number[])[] = [];
    batches.push(mine);
    const loader = new DataLoader(async (ids: readonly number[]) => {
      mine.push(ids);
      return ids.map((id) => (id % 7 === 0 ? new Error(`no ${id}`) : row(id)));
    });
    const row = (id: number): object =>
      book({
        title: `title ${id}`,
        book: () => loader.load(id + 1),
        near: () => Promise.resolve(id).then(() => loader.load(id + 20)),
        books: () => [1, 2, 3].map((step) => loader.load(id * 3 + step)),
        shelves: async () => [[row(id + 100)], loader.loadMany([id + 50, id + 51])],
      });
    return { root: { books: () => [1, 2, 3, 4, 5].map(row) } };
  };
  const results = await runs(
    `{ books { title book { title books { title book { title } } } near { title }
       books { near { title } } shelves { book { title } } } }`,
    context,
  );
  expect(JSON.stringify(results[2])).toBe(JSON.stringify(results[0]));
  expect(results[2]?.errors?.length).toBeGreaterThan(0);
  expect(batches[2]).toEqual(batches[0]);
  expect(batches[2]?.length).toBeLessThan(10);
});

const then = (callBack: (resolve: (value: unknown) => void) => void) => ({
  // biome-ignore lint/suspicious/noThenProperty: that is what it is about
  then: (resolve: (value: unknown) => void) => callBack(resolve),
});

test('thenables do as they like', async () => {
  const compiled = compile(library, parse('{ book { plain } books { plain } }'));
  const root = {
    book: then((resolve) => resolve({ plain: 'at once' })),
    books: [
      then((resolve) => {
        resolve({ plain: 'first' });
        resolve({ plain: 'second' });
      }),
      then(fails('never')),
      then((resolve) => setTimeout(resolve, 5, { plain: 'late' })),
      Object.assign(
        () => {},
        then((resolve) => resolve({ plain: 'of a function' })),
      ),
    ],
  };
  await compiled({ root: {} }, {});
  const { data, errors } = await compiled({ root }, {});
  expect(data).toEqual({
    book: { plain: 'at once' },
    books: [{ plain: 'first' }, null, { plain: 'late' }, { plain: 'of a function' }],
  });
  expect(errors?.map(({ path, message }) => [path, message])).toEqual([[['books', 1], 'never']]);
});

describe('bears', () => {
  test('errors that cannot be told', () => {
    const odd = (message: string) =>
      Object.defineProperty(new Error(), 'message', { get: fails(message) });
    return check({
      text: '{ book { plain } a: books { plain } b: book { book { plain title } } }',
      root: (turns: Turns) => ({
        book: { plain: () => Promise.reject(odd('one')), book: { plain: odd('two') } },
        books: [{ plain: () => turns.later(1, () => Promise.reject(odd('three'))) }],
      }),
      data: { book: null, a: [null], b: { book: null } },
      errors: ['b,book: two', 'book: one', 'a,0: three'],
    });
  });

  test('thirty thousand rows', async () => {
    const books = Array.from({ length: 30_000 }, (_, index) => ({ title: `${index}` }));
    const late = books.map((row) => Promise.resolve(row));
    for (const rows of [books, late]) {
      const [expected, , actual] = await runs('{ books { title } }', () => ({
        root: { books: rows },
      }));
      expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
    }
  });

  test('questions as deep as graphql-js bears them', async () => {
    const depth = 400;
    const text = `{ ${'book { '.repeat(depth)} title ${'}'.repeat(depth)} }`;
    const row: Record<string, unknown> = { title: 'deep' };
    row.book = row;
    const [expected, , actual] = await runs(text, () => ({ root: row }));
    expect(JSON.stringify(expected)).toContain('deep');
    expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
  });

  test('an answer while others are still on their way', async () => {
    const { expected, actual } = await both({
      schema: library,
      text: '{ book { plain title } books { plain } }',
      context: (turns) => ({
        root: {
          book: () => turns.later(3, () => ({ plain: () => turns.later(2, fails('late')) })),
          books: () => turns.later(1, () => [{ plain: 'p' }, turns.later(4, () => null)]),
        },
      }),
    });
    expect(actual).toEqual(expected);
    expect(actual.turn).toBe(5);
  });
});
