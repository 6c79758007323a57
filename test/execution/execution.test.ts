/** The compiled executor beside graphql-js: what each row of this table answers, and that both answer it. */
import { describe, test } from 'vitest';
import { author, book, type Case, check, fails } from '../support/executor-cases.ts';

const leaves: Record<string, Case> = {
  'exposed, as they should be': {
    text: '{ book { id title pages price sold color odd tags } }',
    root: () => ({
      book: {
        ...{ id: 'a', title: 't', pages: 7, price: 0.5, sold: false },
        ...{ color: 2, odd: { any: 1 }, tag_list: ['x'] },
      },
    }),
    data: {
      book: {
        ...{ id: 'a', title: 't', pages: 7, price: 0.5, sold: false },
        ...{ color: 'GREEN', odd: { any: 1 }, tags: ['x'] },
      },
    },
  },
  'exposed, as they can be made': {
    text: '{ book { id title pages price sold } }',
    root: () => ({ book: { id: 5, title: 7, pages: '8', price: '2.5', sold: 1 } }),
    data: { book: { id: '5', title: '7', pages: 8, price: 2.5, sold: true } },
  },
  'exposed, as they cannot be': {
    text: '{ book { id title pages price sold color } }',
    root: () => ({
      book: { id: 2.5, title: {}, pages: 2 ** 40, price: Number.NaN, sold: 'x', color: 'RED!' },
    }),
    data: { book: { id: null, title: null, pages: null, price: null, sold: null, color: null } },
    errors: [
      'book,id: ID cannot represent value: 2.5',
      'book,title: String cannot represent value: {}',
      'book,pages: Int cannot represent non 32-bit signed integer value: 1099511627776',
      'book,price: Float cannot represent non numeric value: NaN',
      'book,sold: Boolean cannot represent a non boolean value: "x"',
      'book,color: Enum "Color" cannot represent value: "RED!"',
    ],
  },
  'numbers that operators do not like': {
    text: '{ book { pages price } books { pages } }',
    root: () => ({
      book: { pages: Symbol('p'), price: Object.create(null) },
      books: [{ pages: 5n }, { pages: -0 }],
    }),
    data: { book: { pages: null, price: null }, books: [{ pages: null }, { pages: 0 }] },
    errors: [
      'book,pages: Int cannot represent non-integer value: Symbol(p)',
      'book,price: Float cannot represent non numeric value: {}',
      'books,0,pages: Int cannot represent non-integer value: 5',
    ],
  },
  'a scalar that says no, or nothing': {
    text: '{ books { odd } }',
    root: () => ({ books: [{ odd: 'throws' }, { odd: 'null' }, { odd: 'undefined' }] }),
    data: { books: [{ odd: null }, { odd: null }, { odd: null }] },
    errors: [
      'books,0,odd: too odd',
      'books,1,odd: Expected `Odd.serialize("null")` to return non-nullable value, returned: null',
      'books,2,odd: Expected `Odd.serialize("undefined")` to return non-nullable value, returned: undefined',
    ],
  },
  'null where it must not be': {
    text: '{ books { pagesMust } }',
    root: () => ({ books: [{ page_count: null }, {}, { page_count: 3 }] }),
    data: { books: [null, null, { pagesMust: 3 }] },
    errors: [
      'books,0,pagesMust: Cannot return null for non-nullable field Book.pagesMust.',
      'books,1,pagesMust: Cannot return null for non-nullable field Book.pagesMust.',
    ],
  },
  'functions: called by the default resolver, and by no other': {
    text: '{ book { plain title } books { titleMust } }',
    root: () => ({
      book: {
        plain(args: object) {
          return `${JSON.stringify(args)} of ${this.name}`;
        },
        title: () => 'called',
        name: 'n',
      },
      books: [{ title: () => 'called' }],
    }),
    data: { book: { plain: '{} of n', title: 'called' }, books: [null] },
    errors: ['books,0,titleMust: String cannot represent value: [function title]'],
  },
  'getters that throw': {
    text: '{ book { title pages } books { titleMust } }',
    root: () => {
      const row = Object.defineProperty({ pages: 1 }, 'title', { get: fails('unreadable') });
      return { book: row, books: [row] };
    },
    data: { book: { title: null, pages: 1 }, books: [null] },
    errors: ['book,title: unreadable', 'books,0,titleMust: unreadable'],
  },
  'rows that are no objects': {
    text: '{ books { title tags plain } }',
    root: () => ({
      books: ['text', 7, Object.assign(() => {}, { title: 'of a function', tag_list: ['t'] })],
    }),
    data: {
      books: [
        { title: null, tags: null, plain: null },
        { title: null, tags: null, plain: null },
        { title: 'of a function', tags: ['t'], plain: null },
      ],
    },
  },
  'values that are late, or errors, or both': {
    text: '{ book { title pages price plain } }',
    root: () => ({
      book: {
        title: Promise.resolve('late'),
        pages: new RangeError('returned'),
        price: Promise.resolve(new Error('late')),
        plain: async () => fails('rejected')(),
      },
    }),
    data: { book: { title: 'late', pages: null, price: null, plain: null } },
    errors: ['book,pages: returned', 'book,price: late', 'book,plain: rejected'],
  },
  'what is thrown need not be an error': {
    text: '{ book { plain title } }',
    root: () => ({
      book: {
        plain: () => {
          throw 'a text';
        },
        title: Promise.reject({ code: 5 }),
      },
    }),
    data: { book: { plain: null, title: null } },
    errors: [
      'book,plain: Unexpected error value: "a text"',
      'book,title: Unexpected error value: { code: 5 }',
    ],
  },
};

const lists: Record<string, Case> = {
  'of lists, with promises and errors at every level': {
    text: '{ grid gridMust }',
    root: () => ({
      grid: Promise.resolve([[1, null, Promise.resolve(2)], null, new Error('a row'), [{}]]),
      gridMust: [[3], Promise.resolve([Promise.resolve('4')])],
    }),
    data: { grid: [[1, null, 2], null, null, [null]], gridMust: [[3], [4]] },
    errors: ['grid,2: a row', 'grid,3,0: Int cannot represent non-integer value: {}'],
  },
  'of anything that can be iterated, but no text': {
    text: '{ book { tags } books { tags } }',
    root: () => ({
      book: { tag_list: new Set(['a', 'b']) },
      books: new Map([[{ tag_list: 'text' }, 1]]).keys(),
    }),
    data: { book: { tags: ['a', 'b'] }, books: [{ tags: null }] },
    errors: ['books,0,tags: Expected Iterable, but did not find one for field "Book.tags".'],
  },
  'that break off': {
    text: '{ tags: grid }',
    root: () => ({
      *grid() {
        yield [1];
        throw new Error('no more');
      },
    }),
    data: { tags: null },
    errors: ['tags: no more'],
  },
  'of objects that come one by one, or not': {
    text: '{ books { title } shelves { title } }',
    root: () => ({
      books: [Promise.resolve({ title: 'a' }), null, fails, Promise.reject(new Error('lost'))],
      shelves: [[{ title: 'b' }], Promise.resolve([Promise.resolve(null)])],
    }),
    data: {
      books: [{ title: 'a' }, null, { title: null }, null],
      shelves: null,
    },
    errors: [
      'books,3: lost',
      'shelves,1,0: Cannot return null for non-nullable field Query.shelves.',
    ],
  },
};

const abstract: Record<string, Case> = {
  'each row as what it is': {
    text: '{ named { __typename title ... on Book { pages } ... on Author { born } } any { kind: __typename } }',
    root: () => ({
      named: [book({ title: 'b', pages: 1 }), author({ title: 'a', born: 2 }), null],
      any: [author(), Promise.resolve(book())],
    }),
    data: {
      named: [
        { __typename: 'Book', title: 'b', pages: 1 },
        { __typename: 'Author', title: 'a', born: 2 },
        null,
      ],
      any: [{ kind: 'Author' }, { kind: 'Book' }],
    },
  },
  'told late': {
    text: '{ named { title } near { title } }',
    root: () => ({
      named: [
        book({ title: 'now' }),
        { title: 'late', kind: Promise.resolve('Author') },
        { kind: Promise.resolve('Missing') },
      ],
      near: Promise.resolve({ title: 'later', kind: Promise.resolve('Book') }),
    }),
    data: { named: [{ title: 'now' }, { title: 'late' }, null], near: { title: 'later' } },
    errors: [
      'named,2: Abstract type "Named" was resolved to a type "Missing" that does not exist inside the schema.',
    ],
  },
  'what it cannot be': {
    text: '{ named { title } }',
    root: () => ({
      named: [{}, { kind: 'String' }, { kind: 'Query' }, { kind: 5 }],
    }),
    data: { named: [null, null, null, null] },
    errors: [
      'named,0: Abstract type "Named" must resolve to an Object type at runtime for field "Query.named". Either the "Named" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.',
      'named,1: Abstract type "Named" was resolved to a non-object type "String".',
      'named,2: Runtime Object type "Query" is not a possible type for "Named".',
      'named,3: Abstract type "Named" must resolve to an Object type at runtime for field "Query.named" with value { kind: 5 }, received "5".',
    ],
  },
};

describe.each(Object.entries({ leaves, lists, abstract }))('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (_, asked) => check(asked));
});
