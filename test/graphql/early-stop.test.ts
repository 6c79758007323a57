/** Once too much has failed, nothing more is run: by graphql-js, the first time, as by a plan. */
import { buildSchema, type GraphQLFieldResolver, type GraphQLObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { compile } from '../../src/graphql/compiled/compile.ts';
import { Quota, TOO_MANY_ELEMENTS, TOO_MANY_ERRORS } from '../../src/graphql/compiled/quota.ts';
import { stopEarly } from '../../src/graphql/early-stop.ts';

const ROWS = Array.from({ length: 100 }, () => ({}));
let failed = 0;

const schema = buildSchema(`
  type Query { rows: [Row!]!, lateRows: [Row!]!, maybe: [Row] }
  type Row { fails: Int, failsLate: Int, peers: [Row!]!, latePeers: [Row!]! }
`);
const resolvers: Record<string, GraphQLFieldResolver<unknown, unknown>> = {
  rows: () => ROWS,
  lateRows: async () => ROWS,
  maybe: () => ROWS,
  fails: () => fail(),
  failsLate: async () => fail(),
  peers: () => ROWS,
  latePeers: async () => ROWS,
};
for (const name of ['Query', 'Row']) {
  const fields = (schema.getType(name) as GraphQLObjectType).getFields();
  for (const field of Object.values(fields)) {
    field.resolve = resolvers[field.name] as GraphQLFieldResolver<unknown, unknown>;
  }
}
stopEarly(schema);

function fail(): never {
  failed++;
  throw new Error('no');
}

/** `calls`: of resolvers that fail. */
async function runs(text: string, limits: { errors: number; elements: number }) {
  const seen = [];
  const run = compile(schema, parse(text), {
    quotaOf: (context) => (context as { quota: Quota }).quota,
  });
  for (let time = 0; time < 3; time++) {
    failed = 0;
    const { data, errors = [] } = await run({ quota: new Quota(limits) }, {});
    seen.push({ data, calls: failed, errors: errors.length, last: errors.at(-1) });
  }
  return seen;
}

const times = <Item>(item: Item) => [item, item, item];
const FEW = { errors: 3, elements: 1000 };
const stopped = (calls: number, errors: number) =>
  times({ data: null, calls, errors, last: TOO_MANY_ERRORS });

test.each(['rows', 'lateRows', 'maybe'])('the rest of %s is not run', async (rows) => {
  expect(await runs(`{ ${rows} { fails } }`, FEW)).toEqual(stopped(4, 5));
  expect(await runs(`{ ${rows} { a: fails b: fails } other: rows { fails } }`, FEW)).toEqual(
    stopped(4, 5),
  );
});

test('what was begun is waited for', async () => {
  const [byGraphqlJs, ...byPlan] = await runs('{ rows { failsLate } late: rows { fails } }', FEW);
  expect(byGraphqlJs).toMatchObject({ data: null, calls: 104, last: TOO_MANY_ERRORS });
  expect(byPlan).toEqual([byGraphqlJs, byGraphqlJs]);
});

test.each(['peers', 'latePeers'])('lists of %s end it too', async (peers) => {
  for (const { data, calls, last } of await runs(`{ maybe { ${peers} { fails } } }`, {
    errors: 1e6,
    elements: 450,
  })) {
    expect({ data, last }).toEqual({ data: null, last: TOO_MANY_ELEMENTS });
    expect(calls).toBeLessThan(500);
  }
});
