/** Values of any kind, as the messages of graphql-js show them, and as ours do. */
import fc from 'fast-check';
import { GraphQLObjectType, GraphQLScalarType, GraphQLSchema, GraphQLUnionType } from 'graphql';
import { expect, test } from 'vitest';
import { both } from '../support/both-executors.ts';

const Odd = new GraphQLScalarType({ name: 'Odd', serialize: () => undefined });
const Any = new GraphQLUnionType({
  name: 'Any',
  types: [new GraphQLObjectType({ name: 'Some', fields: { odd: { type: Odd } } })],
  resolveType: ({ kind }) => kind,
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      odd: { type: Odd, resolve: (_, __, { root }) => root.value },
      any: { type: Any, resolve: (_, __, { root }) => ({ kind: root.value }) },
    },
  }),
});

async function expectSame(value: unknown) {
  const asked = { schema, text: '{ odd any { odd } }', context: () => ({ root: { value } }) };
  const { actual, expected, isCompiled } = await both(asked);
  expect(isCompiled).toBe(true);
  expect(actual).toEqual(expected);
  return actual.answer?.errors?.map(({ message }) => message).join('\n');
}

class Named {
  readonly [Symbol.toStringTag] = 'Tagged';
  of = 1;
}
const nameless = Object.defineProperty(class {}, 'name', { value: '' });
const round: Record<string, unknown> = { a: 1 };
round.itself = [round];
const itself: unknown[] = [1];
Object.assign(itself, { toJSON: () => itself, more: 2 });

test.each([
  ['a function', expectSame, '[function expectSame]'],
  [
    'a function without a name',
    Object.defineProperty(() => {}, 'name', { value: '' }),
    '[function]',
  ],
  ['a class', Named, '[function Named]'],
  ['what has a tag', [[{ a: new Named() }]], '[[[Object]]]'],
  ['what has a tag, as deep as it goes', [[new Named()]], '[[[Tagged]]]'],
  ['what has a class', [[Object.assign(new (class Own {})(), { a: 1 })]], '[[[Own]]]'],
  ['what has a class without a name', [[Object.assign(new nameless(), { a: 1 })]], '[[[Object]]]'],
  ['what has a constructor of its own', [[{ constructor: 5 }]], '[[[Object]]]'],
  ['what has no prototype', [[Object.assign(Object.create(null), { a: 1 })]], '[[[Object]]]'],
  ['eleven', Array.from({ length: 11 }, (_, at) => at), '8, 9, ... 1 more item]'],
  ['twelve', Array.from({ length: 12 }, (_, at) => at), '8, 9, ... 2 more items]'],
  ['a hole', Object.assign([1], { 2: 2 }), '[1, undefined, 2]'],
  ['what goes round', round, '{ a: 1, itself: [[Circular]] }'],
  ['what is JSON by itself', { toJSON: () => 'plain' }, 'plain'],
  ['what is JSON within', { toJSON: () => ({ a: 'b' }) }, '{ a: "b" }'],
  ['a list that is its own JSON', itself, '{ 0: 1, toJSON: [function toJSON], more: 2 }'],
])('%s is shown alike', async (_, value, shown) => {
  expect(await expectSame(value)).toContain(shown);
});

test('so is anything else', async () => {
  const anything = fc.anything({
    ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true },
    ...{ withNullPrototype: true, withObjectString: true, withTypedArray: true },
    maxDepth: 4,
  });
  await fc.assert(
    fc.asyncProperty(anything, async (value) => void (await expectSame(value))),
    {
      numRuns: 200,
    },
  );
});
