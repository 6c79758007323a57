/** Which errors an answer has, in which order, and when it is there: where several fail, at once or later. */
import { describe, expect, test } from 'vitest';
import { both } from '../support/both-executors.ts';
import { book, type Case, check, fails, failsIn } from '../support/executor-cases.ts';
import { library } from '../support/library.ts';
import type { Turns } from '../support/turns.ts';

const late = (turns: Turns, turn: number, value: unknown) => () => turns.later(turn, () => value);

const twoMust = '{ book { plainMust colorMust } title }';

const atOnce: Record<string, Case> = {
  'two that must not be null: the first is told, the second not even asked': {
    text: twoMust,
    root: () => ({ book: { plainMust: fails('one'), colorMust: fails('two') } }),
    data: { book: null, title: null },
    errors: ['book,plainMust: one'],
  },
  'nested, up to the nearest that may be null': {
    text: '{ book { book { bookMust { bookMust { titleMust } } } title } }',
    root: () => ({ book: { book: { bookMust: { bookMust: {} } }, title: 't' } }),
    data: { book: { book: null, title: 't' } },
    errors: [
      'book,book,bookMust,bookMust,titleMust: Cannot return null for non-nullable field Book.titleMust.',
    ],
  },
  'up to the root': {
    text: '{ title bookMust { titleMust } price }',
    root: () => ({ title: 't', bookMust: {}, price: fails('not asked') }),
    data: null,
    errors: ['bookMust,titleMust: Cannot return null for non-nullable field Book.titleMust.'],
  },
  'in a list: each row for itself, or all': {
    text: '{ books { booksMust { titleMust } } }',
    root: () => ({
      books: [{ booksMust: [{ title: 'a' }, {}] }, { booksMust: [{ title: 'b' }] }],
    }),
    data: { books: [null, { booksMust: [{ titleMust: 'b' }] }] },
    errors: [
      'books,0,booksMust,1,titleMust: Cannot return null for non-nullable field Book.titleMust.',
    ],
  },
};

const later: Record<string, Case> = {
  'two that must not be null, in one turn: the first is told': {
    text: twoMust,
    root: (turns) => ({
      book: { plainMust: failsIn(turns, 1, 'one'), colorMust: failsIn(turns, 1, 'two') },
    }),
    data: { book: null, title: null },
    errors: ['book,plainMust: one'],
  },
  'in two turns: whichever is first': {
    text: twoMust,
    root: (turns) => ({
      book: { plainMust: failsIn(turns, 2, 'one'), colorMust: failsIn(turns, 1, 'two') },
    }),
    data: { book: null, title: null },
    errors: ['book,colorMust: two'],
  },
  'one that may be null, before the other': {
    text: '{ book { plain plainMust } }',
    root: (turns) => ({
      book: { plain: failsIn(turns, 1, 'may'), plainMust: failsIn(turns, 2, 'must') },
    }),
    data: { book: null },
    errors: ['book,plain: may', 'book,plainMust: must'],
  },
  'after it: what is null already has no errors': {
    text: '{ book { plain plainMust } near: book { plain } }',
    root: (turns) => ({
      book: { plain: failsIn(turns, 2, 'may'), plainMust: failsIn(turns, 1, 'must') },
    }),
    data: { book: null, near: { plain: null } },
    errors: ['book,plainMust: must', 'near,plain: may'],
  },
  'in the same turn: the way up takes its time': {
    text: '{ book { plainMust plain } }',
    root: (turns) => ({
      book: { plain: failsIn(turns, 1, 'may'), plainMust: failsIn(turns, 1, 'must') },
    }),
    data: { book: null },
    errors: ['book,plain: may', 'book,plainMust: must'],
  },
  'of two ways up the shorter one': {
    text: '{ book { bookMust { bookMust { plainMust } } plainMust } }',
    root: (turns) => ({
      book: {
        bookMust: { bookMust: { plainMust: failsIn(turns, 1, 'deep') } },
        plainMust: failsIn(turns, 1, 'shallow'),
      },
    }),
    data: { book: null },
    errors: ['book,plainMust: shallow'],
  },
  'and out of a list it is shorter than out of an object': {
    text: '{ book { bookMust { bookMust { plainMust } } booksMust { plainMust } } }',
    root: (turns) => ({
      book: {
        bookMust: { bookMust: { plainMust: failsIn(turns, 1, 'of an object') } },
        booksMust: [{ plainMust: failsIn(turns, 1, 'of a list') }],
      },
    }),
    data: { book: null },
    errors: ['book,booksMust,0,plainMust: of a list'],
  },
  'and longer where it came as a promise': {
    text: '{ book { bookMust { plainMust } nearMust { ... on Book { plainMust } } } }',
    root: (turns) => {
      const first = failsIn(turns, 1, 'of a promise')();
      return {
        book: {
          bookMust: Promise.resolve({ plainMust: first }),
          nearMust: book({ plainMust: failsIn(turns, 1, 'of what was there') }),
        },
      };
    },
    data: { book: null },
    errors: ['book,nearMust,plainMust: of what was there'],
  },
  'elements of a list that must not be null': {
    text: '{ books { booksMust { title } } shelves { title } }',
    root: (turns) => ({
      books: [{ booksMust: [late(turns, 2, {})(), failsIn(turns, 1, 'one')()] }, { booksMust: [] }],
      shelves: [[failsIn(turns, 3, 'two')(), {}], late(turns, 2, null)()],
    }),
    data: { books: [null, { booksMust: [] }], shelves: null },
    errors: [
      'books,0,booksMust,1: one',
      'shelves,1: Cannot return null for non-nullable field Query.shelves.',
    ],
  },
};

const mixed: Record<string, Case> = {
  'one at once, after one that waits: it is told when the other is': {
    text: '{ book { plain titleMust } title }',
    root: (turns) => ({ book: { plain: failsIn(turns, 1, 'late') }, title: fails('root') }),
    data: { book: null, title: null },
    errors: [
      'title: root',
      'book,plain: late',
      'book,titleMust: Cannot return null for non-nullable field Book.titleMust.',
    ],
  },
  'and it is told no sooner than the other can be heard': {
    text: '{ book { books { plain } titleMust } near { ... on Book { bookMust { plainMust } } } }',
    root: (turns) => ({
      book: { books: [{ plain: late(turns, 1, 'p') }] },
      near: book({ bookMust: { plainMust: failsIn(turns, 1, 'must') } }),
    }),
    data: { book: null, near: null },
    errors: [
      'near,bookMust,plainMust: must',
      'book,titleMust: Cannot return null for non-nullable field Book.titleMust.',
    ],
  },
  'and what comes behind it is not asked': {
    text: '{ book { plain titleMust color } bookMust { plainMust titleMust } price }',
    root: (turns) => ({
      book: { plain: late(turns, 2, 'p'), color: 'not looked at' },
      bookMust: { plainMust: failsIn(turns, 3, 'never told') },
      price: 'asked',
    }),
    data: null,
    errors: [
      'price: Float cannot represent non numeric value: "asked"',
      'book,titleMust: Cannot return null for non-nullable field Book.titleMust.',
      'bookMust,titleMust: Cannot return null for non-nullable field Book.titleMust.',
    ],
  },
  'a list is given up without waiting': {
    text: '{ shelves { plain } title }',
    root: (turns) => ({ shelves: [failsIn(turns, 1, 'nobody hears')(), null], title: 't' }),
    data: { shelves: null, title: 't' },
    errors: ['shelves,1: Cannot return null for non-nullable field Query.shelves.'],
  },
  'what is left of it still tells of errors, until something above is null': {
    text: '{ book { plain booksMust { plain } } }',
    root: (turns) => ({
      book: {
        plain: late(turns, 3, 'p'),
        booksMust: [{ plain: failsIn(turns, 1, 'told') }, null, { plain: fails('not asked') }],
      },
    }),
    data: { book: null },
    errors: [
      'book,booksMust,0,plain: told',
      'book,booksMust,1: Cannot return null for non-nullable field Book.booksMust.',
    ],
  },
};

describe.each(Object.entries({ atOnce, later, mixed }))('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (_, asked) => check(asked));
});

async function turnsUntil(text: string, root: (turns: Turns) => object) {
  const context = (turns: Turns) => ({ root: root(turns) });
  const { expected, actual } = await both({ schema: library, text, context });
  expect(actual).toEqual(expected);
  return actual.turn;
}

describe('the answer is there', () => {
  test('when the last value is', async () => {
    const turn = await turnsUntil('{ book { plain } title price }', (turns) => ({
      ...{ book: late(turns, 1, { plain: late(turns, 2, 'p') }) },
      ...{ title: late(turns, 2, 't'), price: late(turns, 1, 5) },
    }));
    expect(turn).toBe(3);
  });

  test('without those below something that is null', async () => {
    const never = () => new Promise(() => {});
    const turn = await turnsUntil(
      '{ book { plain book { title: plain } plainMust } title }',
      (turns) => ({
        book: { plain: never, book: { plain: never }, plainMust: failsIn(turns, 1, 'must') },
        title: late(turns, 2, 't'),
      }),
    );
    expect(turn).toBe(2);
  });

  test('without anything, once the root is', async () => {
    const never = () => new Promise(() => {});
    const turn = await turnsUntil('{ title bookMust { plainMust } }', (turns) => ({
      ...{ title: never, bookMust: { plainMust: failsIn(turns, 1, 'must') } },
    }));
    expect(turn).toBe(1);
  });
});
