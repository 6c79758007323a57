/** Rows that are copied into an answer: it is what it would be if graphql-js had read them. */
import fc from 'fast-check';
import { type ExecutionResult, execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { countBytes, type Size, sizeOf } from '../../src/graphql/compiled/answer-size.ts';
import { type Bound, compile } from '../../src/graphql/compiled/compile.ts';
import { Sink } from '../../src/json/sink.ts';
import { bytesOf, LEADING, Writer } from '../../src/json/unread.ts';
import { viewRows } from '../../src/upstream/row-views.ts';
import { startGateway } from '../support/gateway.ts';
import { library } from '../support/library.ts';

const Books = z.array(
  z.object({
    id: z.string(),
    title: z.string().nullish(),
    pages: z.int32().nullish(),
    page_count: z.int32(),
    price: z.int().nullish(),
    sold: z.boolean().nullish(),
    plain: z.string().nullish(),
  }),
);

const BOOKS = JSON.stringify([
  { id: 'a', title: 'Zoë', pages: 7, page_count: 7, price: 0, sold: true, plain: 'p' },
  { id: 'b', title: 'with "quotes"', pages: null, page_count: -8, price: -0.5, sold: false },
  { id: 'c', title: null, page_count: 9, price: 5e20, sold: null, plain: '\n' },
]);

/** Of a schema that promises less; with texts that have to be read, and numbers that are longer then. */
const Loose = z.array(
  z.object({
    ...{ id: z.string(), title: z.string().nullish(), pages: z.int().nullish() },
    ...{ price: z.number().nullish(), sold: z.boolean().nullish() },
  }),
);
const LOOSE =
  `[{"id":"a"},{"id":"b","title":"${String.raw`\u0001\"`.repeat(20)}","pages":${2 ** 40}},
  {"id":"c","price":1e20,"pages":5},{"id":"d","title":"${'y'.repeat(60)}"}]`.replace(/\n\s*/, '');

interface Marked {
  [LEADING]: ReadonlySet<unknown>;
}

const viewsOf = (schema: z.ZodType, json: string) =>
  viewRows(schema, Buffer.from(json), () => {}) as Record<string, unknown>[];

/** What `books` and the like are, anew each time. */
const root = () => {
  const books = viewsOf(Books, BOOKS);
  const [book] = books;
  const loose = viewsOf(Loose, LOOSE);
  const near = { kind: 'Book', title: 'a long text'.repeat(10) };
  const named = loose.map((row) => Object.assign(Object.create(row), { kind: 'Book', near }));
  return { books, book, shelves: [books, loose], named };
};

async function answers(text: string) {
  const document = parse(text);
  const context = { root: root() };
  const expected = (await execute({
    ...{ schema: library, document, contextValue: context },
  })) as ExecutionResult;
  let most = 0;
  const bound: Bound = (result, { size, copied }) => {
    most = size * 6 + copied;
    return result;
  };
  const run = compile(library, document, { bound });
  await run(context, {});
  const actual = await run({ root: root() }, {});
  return { expected, actual, most };
}

async function expectSame(text: string) {
  const { expected, actual, most } = await answers(text);
  const json = JSON.stringify({ data: expected.data });
  const { errors, ...rest } = actual;
  expect(bytesOf(rest).toString(), text).toBe(json);
  expect(JSON.stringify(rest), text).toBe(json);
  expect(errors?.map(String)).toEqual(expected.errors?.map(String));
  expect(sizeOf(actual.data)).toBe(sizeOf(expected.data));
  expect(most).toBeGreaterThanOrEqual(countBytes(expected.data ?? {}));
  return LEADING in actual;
}

test.each([
  ['{ books { id title pages price sold } }', true],
  ['{ books { a: title b: title c: title __typename d: __typename } }', true],
  ['{ books { __typename title toJSON: id constructor: title _: plain then: pages } }', true],
  ['{ books { write: id toJSON: plain read: echo } }', true],
  ['{ book { title } shelves { pages titleAgain: title } }', true],
  ['{ books { id titleMust } }', true],
  ['{ books { id pagesMust soldMust } }', true],
  ['{ books { id books { title } book { id } } book { title } }', true],
  ['{ shelves { id title pages price sold } }', true],
  ['{ shelves { title pagesMust } }', true],
  ['{ __typename books { plain titleMust } }', false],
  ['{ books { __typename } }', false],
])('%s', async (text, isCopied) => {
  expect(await expectSame(text)).toBe(isCopied);
});

test('beside errors, and through a batch, which others write', async () => {
  const { url, account } = await startGateway();
  for (const title of ['Zoë', '"quoted"', 'plain']) account.addTune({ title });
  const query = '{ tunes(first: 3) { nodes { title reference(strength: 1000) createdAt } } }';
  const ask = async (body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json() as Promise<ExecutionResult>;
  };
  // By graphql-js, which has read everything.
  const first = await ask({ query });
  expect(first.errors).toHaveLength(3);
  expect(await ask({ query })).toEqual(first);
  expect(await ask([{ query }, { query }])).toEqual([first, first]);
});

test('however little room there is when it is begun', async () => {
  const { expected, actual } = await answers(`{
    bare: named { ... on Book { title pages price sold again: price } }
    named { ... on Book { near { title } a: title pages price sold b: title c: title } }
    shelves { a: title b: title c: title d: title pages price sold __typename }
  }`);
  const lists = Object.values(actual.data ?? {});
  expect(JSON.stringify(actual.data)).toBe(JSON.stringify(expected.data));
  const json = Buffer.from(JSON.stringify(Object.values(expected.data ?? {})));
  const { length } = new Sink().bytes;
  for (let left = 1; left < json.length; left++) {
    const sink = new Sink();
    sink.at = length - left;
    const leading = new Set([...(actual as Marked)[LEADING], lists]);
    new Writer(sink, leading).value(lists);
    const isWhole = sink
      .take()
      .subarray(length - left)
      .equals(json);
    expect(isWhole, `${left} bytes are left`).toBe(true);
  }
});

test('what is no more than exposed is copied; the rest is read', async () => {
  const { actual } = await answers('{ books { title color: pages plain } }');
  const { books } = actual.data as { books: object[] };
  expect(Object.keys(books[0] ?? {})).toEqual([]);
  expect(JSON.stringify(books[0])).toBe('{"title":"Zoë","color":7,"plain":"p"}');
});

const FIELDS = [
  ...['__typename', 'id', 'title', 'titleMust', 'pages', 'pagesMust', 'price', 'sold', 'soldMust'],
  ...['plain', 'plainMust', 'echo', 'tags', 'book { id }', 'books { id title }'],
];
const aliases = fc.constantFrom('', 'a', 'b', 'c', 'toJSON', 'constructor', 'hasOwnProperty');

test('any selection', async () => {
  const fields = fc.array(fc.tuple(aliases, fc.constantFrom(...FIELDS)), {
    ...{ minLength: 1, maxLength: 12 },
  });
  const selections = fields.map((drawn) => {
    // One name stands for one field.
    const named = new Map(drawn.map(([alias, field]) => [alias || field.split(' ')[0], field]));
    return [...named].map(([name, field]) =>
      field.split(' ')[0] === name ? field : `${name}: ${field}`,
    );
  });
  const isSame = async (selection: string[]) => {
    await expectSame(`{ books { ${selection.join(' ')} } book { ${selection.join(' ')} } }`);
  };
  await fc.assert(fc.asyncProperty(selections, isSame), { numRuns: 500 });
});

test('a column that nobody asks for makes no room, however long it is', async () => {
  const plain = 'x'.repeat(1_000_000);
  const books = viewsOf(Loose, JSON.stringify([{ id: 'a', title: plain, pages: 1 }]));
  const aliases = Array.from({ length: 50 }, (_, index) => `f${100 + index}: id`).join(' ');
  const sizes: Size[] = [];
  const bound: Bound = (result, { size, copied }) => {
    sizes.push({ size, copied });
    return result;
  };
  const run = compile(library, parse(`{ books { ${aliases} } }`), { bound });
  await run({ root: { books } }, {});
  const result = await run({ root: { books } }, {});
  expect(sizes[1]?.copied).toBe(50 * '"a"'.length);
  const sink = new Sink();
  const { length } = sink.bytes;
  new Writer(sink, (result as unknown as Marked)[LEADING]).object(result);
  expect(sink.bytes).toHaveLength(length);
});
