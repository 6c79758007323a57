/** Once too much has failed, nothing more is run: by graphql-js, the first time, as by a plan. */
import { buildSchema, type GraphQLFieldResolver, type GraphQLObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { compile } from '../../src/execution/compile.ts';
import { Quota, TOO_MANY_ELEMENTS, TOO_MANY_ERRORS } from '../../src/execution/quota.ts';
import { stopEarly } from '../../src/graphql/limits/early-stop.ts';

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
    const quota = new Quota(limits);
    const { errors = [] } = await run({ quota }, {});
    seen.push({ calls: failed, errors: errors.length, stop: quota.stop });
  }
  return seen;
}

const times = <Item>(item: Item) => [item, item, item];
const FEW = { errors: 3, elements: 1e6 };
const stop = TOO_MANY_ERRORS;

test.each(['rows', 'lateRows', 'maybe'])('the rest of %s is not run', async (rows) => {
  expect(await runs(`{ ${rows} { fails } }`, FEW)).toEqual(times({ calls: 4, errors: 4, stop }));
  const text = `{ ${rows} { a: fails b: fails } other: rows { fails } }`;
  expect(await runs(text, FEW)).toMatchObject(times({ calls: 4, stop }));
});

test.each(['rows', 'lateRows', 'maybe'])('nor where null cannot stand, in %s', async (rows) => {
  for (const seen of await runs(`{ ${rows} { fails peers { fails } } }`, FEW)) {
    expect(seen).toMatchObject({ calls: 4, stop });
  }
});

test('what was begun is waited for, and nothing fails unheard', async () => {
  const soon = await runs('{ rows { failsLate fails } }', { ...FEW, errors: 0 });
  expect(soon).toMatchObject(times({ calls: 2, stop }));
  for (const late of await runs('{ rows { failsLate latePeers { fails } } }', FEW)) {
    expect(late.stop).toBe(stop);
    expect(late.calls).toBeLessThan(110);
  }
});

test.each(['peers', 'latePeers'])('lists of %s end it too', async (peers) => {
  const limits = { errors: 1e6, elements: 450 };
  for (const seen of await runs(`{ maybe { ${peers} { fails } } }`, limits)) {
    expect(seen.stop).toBe(TOO_MANY_ELEMENTS);
    expect(seen.calls).toBeLessThan(500);
  }
});
