/** What is asked: selections and conditions, as graphql-js takes them. */
import { describe, expect, test } from 'vitest';
import { author, book, type Case, check } from '../support/executor-cases.ts';

const rows = () => ({
  title: 'root',
  book: book({ id: 1, title: 'one', pages: 1, book: { id: 2, title: 'two', pages: 2 } }),
  named: [book({ title: 'b', pages: 1 }), author({ title: 'a', born: 2 })],
});
const selections: Record<string, Case> = {
  'names of all kinds': {
    text: '{ book { __proto__: title constructor: title toString: id then: id hasOwnProperty: __typename } __proto__: title }',
    root: rows,
    data: JSON.parse(
      '{ "book": { "__proto__": "one", "constructor": "one", "toString": "1", "then": "1", "hasOwnProperty": "Book" }, "__proto__": "root" }',
    ),
  },
  'an object as __proto__': {
    text: '{ __proto__: book { polluted: title } }',
    root: rows,
    data: JSON.parse('{ "__proto__": { "polluted": "one" } }'),
  },
  'one field out of many pieces': {
    text: `{ ...A book { title } ... on Query { book { book { id } } } ...B }
      fragment A on Query { book { id book { title } } ...B }
      fragment B on Query { book { ...C book { ...C } } }
      fragment C on Book { pages ... { __typename } }`,
    root: rows,
    data: {
      book: {
        ...{ id: '1', title: 'one', pages: 1, __typename: 'Book' },
        book: { title: 'two', id: '2', pages: 2, __typename: 'Book' },
      },
    },
  },
  'fragments on what it may be': {
    text: `{ named { ...N ... on Book { ... on Named { own: title } } ... on Author { born } } }
      fragment N on Named { title ...P }
      fragment P on Book { pages }`,
    root: rows,
    data: {
      named: [
        { title: 'b', pages: 1, own: 'b' },
        { title: 'a', born: 2 },
      ],
    },
  },
  'a fragment in several places, of which some are skipped': {
    text: `{ book { ...B @skip(if: true) ...B @include(if: true) ...B @skip(if: true) ...T } book { ...T pages } }
      fragment B on Book { id ...T @include(if: false) }
      fragment T on Named { own: title }`,
    root: rows,
    data: { book: { id: '1', own: 'one', pages: 1 } },
  },
  'nothing left': {
    text: '{ book { title @skip(if: true) } title @include(if: false) }',
    root: rows,
    data: { book: {} },
  },
  'introspection is left to graphql-js': {
    text: '{ __typename title __type(name: "Color") { name enumValues { name } } }',
    root: rows,
    isLeft: true,
    data: {
      __typename: 'Query',
      title: 'root',
      __type: {
        name: 'Color',
        enumValues: [{ name: 'RED' }, { name: 'GREEN' }, { name: 'BLUE' }],
      },
    },
  },
  'mutations are left to graphql-js': {
    text: 'mutation { title book { title } }',
    root: rows,
    isLeft: true,
    data: { title: 'root', book: { title: 'one' } },
  },
  'one of several operations': {
    text: 'query A { title } query B($is: Boolean!) { book { title @include(if: $is) } } mutation C { title }',
    variables: { is: true },
    operationName: 'B',
    root: rows,
    data: { book: { title: 'one' } },
  },
  'none of several operations': {
    text: 'query A { title } query B { title }',
    errors: [': Must provide operation name if query contains multiple operations.'],
  },
  'an operation that is not there': {
    text: 'query A { title }',
    operationName: 'B',
    errors: [': Unknown operation named "B".'],
  },
};

const conditional = `query ($a: Boolean!, $b: Boolean = false) {
  title @skip(if: $a)
  book @include(if: $b) { title @include(if: $a) ...F @skip(if: $b) }
  ... @include(if: $a) { book { pages } }
}
fragment F on Book { id }`;

const conditions: Record<string, Case> = {
  'true, and left out': {
    ...{ text: conditional, variables: { a: true }, root: rows },
    data: { book: { pages: 1 } },
  },
  'true and true': {
    ...{ text: conditional, variables: { a: true, b: true }, root: rows },
    data: { book: { title: 'one', pages: 1 } },
  },
  'false and true': {
    ...{ text: conditional, variables: { a: false, b: true }, root: rows },
    data: { title: 'root', book: {} },
  },
  'null, which has no answer': {
    ...{ text: conditional, variables: { a: false, b: null }, root: rows },
    data: null,
    errors: [': Argument "if" of non-null type "Boolean!" must not be null.'],
  },
  'null, of a fragment that is there already': {
    text: `query ($b: Boolean = false) { book { ...F ...F @skip(if: $b) } }
      fragment F on Book { title }`,
    ...{ variables: { b: null }, root: rows },
    data: { book: { title: 'one' } },
  },
  'more of them than there may be plans for': {
    text: `query (${['a', 'b', 'c', 'd', 'e'].map((name) => `$${name}: Boolean!`)}) {
      ${['a', 'b', 'c', 'd', 'e'].map((name) => `${name}: title @skip(if: $${name})`).join(' ')} }`,
    variables: { a: true, b: false, c: true, d: false, e: true },
    ...{ root: rows, isLeft: true },
    data: { b: 'root', d: 'root' },
  },
};

describe.each(Object.entries({ selections, conditions }))('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (_, asked) => check(asked));
});

test('no name of an answer reaches the prototype of objects', () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
