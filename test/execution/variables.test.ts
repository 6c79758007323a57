/** What is asked with what: arguments and variables, as graphql-js takes them. */
import { describe, expect, test } from 'vitest';
import { both } from '../support/both-executors.ts';
import { type Case, check } from '../support/executor-cases.ts';
import { library } from '../support/library.ts';

const says = (args: object) => JSON.stringify(args);
const echo = () => ({ echo: says, echoMust: 1, any: null, book: { echo: says, echoMust: 5 } });

const args: Record<string, Case> = {
  'defaults, for what is left out': {
    text: 'query ($text: String, $count: Int) { a: echo b: echo(text: $text, count: $count) c: echo(text: null) }',
    root: echo,
    data: {
      a: says({ text: 'default', count: 3 }),
      b: says({ text: 'default', count: 3 }),
      c: says({ text: null, count: 3 }),
    },
  },
  'variables within lists and objects': {
    text: `query ($n: Int, $t: String!, $r: Range!, $c: Color) {
      echo(ranges: [$r, { must: $t, to: $n, tags: [$t, "x"], inner: $r, color: $c }], grid: [[$n], [1, $n]])
    }`,
    variables: { t: 'text', r: { must: 'm', color: 'BLUE' }, c: 'RED' },
    root: echo,
    data: {
      echo: says({
        ...{ text: 'default', count: 3 },
        ranges: [
          { from: 1, must: 'm', color: 'b' },
          {
            ...{ from: 1, must: 'text', tags: ['text', 'x'], color: 'RED' },
            inner: { from: 1, must: 'm', color: 'b' },
          },
        ],
        grid: [[null], [1, null]],
      }),
    },
  },
  'one of several, as a literal and as a variable': {
    text: 'query ($id: ID!, $one: OneOf) { a: echo(one: { id: $id }) b: echo(one: $one) c: echo(range: { must: "", one: { name: "n" } }) }',
    variables: { id: 5, one: { range: { must: 'r' } } },
    root: echo,
    data: {
      a: says({ text: 'default', count: 3, one: { id: '5' } }),
      b: says({ text: 'default', count: 3, one: { range: { from: 1, must: 'r', color: 2 } } }),
      c: says({
        ...{ text: 'default', count: 3 },
        range: { from: 1, must: '', color: 2, one: { name: 'n' } },
      }),
    },
  },
  'null for an argument that has a default and must not be null': {
    text: 'query ($n: Int = 7) { echo(count: $n) book { echoMust(count: $n) } }',
    variables: { n: null },
    root: echo,
    data: { echo: null, book: null },
    errors: [
      'echo: Argument "count" of non-null type "Int!" must not be null.',
      'book,echoMust: Argument "count" of non-null type "Int!" must not be null.',
    ],
  },
  'each call has its own': {
    text: '{ books { echo(text: "x") } }',
    root: () => {
      const row = {
        echo(given: { text: string }) {
          given.text += '!';
          return given.text;
        },
      };
      return { books: [row, row] };
    },
    data: { books: [{ echo: 'x!' }, { echo: 'x!' }] },
  },
};

const question =
  'query ($one: OneOf, $range: Range, $n: Int!, $odd: Odd) { echo(one: $one, range: $range, count: $n, odd: $odd) }';

/** Both say the same of them, which is that they are wrong. */
const wrong: Record<string, unknown>[] = [
  {},
  { n: null },
  { n: 'text' },
  { n: 2.5 },
  { n: 2 ** 40 },
  { n: [1] },
  { n: 1, one: {} },
  { n: 1, one: { id: 1, name: 'n' } },
  { n: 1, one: { id: null } },
  { n: 1, one: { id: null, name: 'n' } },
  { n: 1, one: { other: 1 } },
  { n: 1, one: 'text' },
  { n: 1, one: [{ id: 1 }] },
  { n: 1, one: { range: { must: 'm', one: { id: 1, name: 'n' } } } },
  { n: 1, range: {} },
  { n: 1, range: { must: 'm', extra: 1, tag: 2 } },
  { n: 1, range: { must: 'm', tags: ['a', null, 5] } },
  { n: 1, range: { must: 'm', color: 'red' } },
  { n: 1, range: { must: 'm', from: null } },
  { n: 1, range: { inner: { inner: {} } } },
  { n: 1, odd: 'bad' },
  { n: 'a', one: {}, range: { extra: 1 }, odd: 'bad' },
  { n: 1, range: { must: 'm', tags: Array.from({ length: 60 }, () => null) } },
];

test.each(Object.entries(args))('%s', (_, asked) => check(asked));

describe('variables', () => {
  test.each(wrong.map((variables) => [JSON.stringify(variables).slice(0, 80), variables]))(
    '%s is refused in the words of graphql-js',
    async (_, variables) => {
      const { expected, actual } = await both({
        ...{ schema: library, text: question, variables: variables as Record<string, unknown> },
        context: () => ({ root: echo() }),
      });
      expect(actual).toEqual(expected);
      expect(actual.answer).not.toHaveProperty('data');
      expect(actual.answer?.errors).not.toEqual([]);
    },
  );

  test('no object at all is no question', async () => {
    const { expected, actual } = await both({
      ...{ schema: library, text: question, variables: 'text' as never },
      context: () => ({ root: echo() }),
    });
    expect(String(actual.thrown)).toMatch(/^Error: Variables must be provided as an Object/);
    expect(actual).toEqual(expected);
  });

  test('that are not asked for change nothing', () =>
    check({
      ...{ text: '{ title }', variables: { title: 'other' }, root: () => ({ title: 'root' }) },
      data: { title: 'root' },
    }));
});
