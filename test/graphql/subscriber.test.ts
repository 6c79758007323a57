/** What a subscription does with a source that fails, as none of ours should. */
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { expect, test } from 'vitest';
import { compile } from '../../src/execution/compile.ts';
import { subscriberTo } from '../../src/graphql/subscriber.ts';

test('a source that fails is told as an error with its cause, and ends', async () => {
  let returned = 0;
  let asked = 0;
  const source = {
    async next() {
      asked++;
      if (asked > 1) throw new Error('a defect');
      return { value: { cursor: 'one' }, done: false };
    },
    async return() {
      returned++;
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]: () => source,
  };
  const told = { type: GraphQLString, subscribe: () => source, resolve: () => 'told' };
  const type = (name: string) => new GraphQLObjectType({ name, fields: { told } });
  const schema = new GraphQLSchema({ query: type('Query'), subscription: type('Subscription') });
  const document = parse('subscription { told }');
  const run = subscriberTo({ schema, document, operationName: null }, compile(schema, document));
  const events = await run({ calls: { max: 1 }, scopes: new Map() }, {});
  if (!(Symbol.asyncIterator in events)) throw new Error('nothing was opened');
  const results = [];
  for await (const result of events) results.push(result);
  expect(results[0]).toEqual({ data: { told: 'told' } });
  // Of no request, and of no client: `client-errors.ts` makes an `INTERNAL` of it.
  expect(results[1]?.errors?.[0]).toMatchObject({ originalError: { message: 'a defect' } });
  expect([results.length, asked, returned > 0]).toEqual([2, 2, true]);
});
