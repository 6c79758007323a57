/** How large a document may be, and that no small one takes long. */
import { getIntrospectionQuery } from 'graphql';
import { expect, test } from 'vitest';
import { readDocument } from '../../src/graphql/limits/document-limits.ts';
import { schema } from '../../src/graphql/schema.ts';
import { exampleOperations } from '../../src/http/example-operations.ts';
import { ATTACKS, times } from '../support/attacks.ts';
import { cpuMsOf } from '../support/cpu.ts';
import { startGateway } from '../support/gateway.ts';

const read = (text: string) => readDocument(text, schema);
const limitOf = (text: string) => read(text).errors[0]?.extensions.limit;

test.each(Object.entries(ATTACKS))('%s meets its limit', (_, [text, limit]) => {
  const { errors } = read(text);
  expect(errors.length).toBeLessThanOrEqual(21);
  const name = (errors[0]?.extensions.limit as { name: string } | undefined)?.name;
  // How deep a list can be read depends on how far V8 has optimized the parser. What it reads is then no valid argument.
  if (limit === 'depth' && name === undefined)
    expect(errors[0]?.message).toMatch(/cannot represent/);
  else expect(name).toBe(limit);
});

/** Of the fastest of three: the first runs code that is not compiled yet, and any may be interrupted. */
test.each(Object.entries(ATTACKS))('%s takes less than 100 ms of CPU', async (_, [text]) => {
  const msOf = () => cpuMsOf(() => read(text));
  expect(Math.min(await msOf(), await msOf(), await msOf())).toBeLessThan(100);
});

test.each([
  ['tokens', 5000, `{ ${times(5999, () => 'id')} }`, 6001],
  ['tokens', 5000, `{${'\r\n'.repeat(2400)}${'\n'.repeat(1400)}${'\r'.repeat(1300)} id }`, 10_200],
  ['depth', 20, `{ tune(id: 1) { ${'baseTune { '.repeat(30)} id ${'}'.repeat(32)}`, 32],
  ['rootFields', 50, `{ ${times(51, () => '__typename')} }`, 51],
  ['aliases', 100, `{ tune(id: 1) { ${times(101, (n) => `a${n}: title`)} } }`, 101],
  ['aliases', 100, '{ a: __schema { b: types { name } } }', 200],
  ['aliases', 100, '{ a: __type(name: "Tune") { b: name } }', 110],
  ['aliases', 100, `{ ${times(11, (n) => `a${n}: __type(name: "Tune") { name }`)} }`, 110],
  ['directives', 50, `{ __typename ${times(51, () => '@skip(if: false)')} }`, 51],
  [
    'fields',
    1000,
    `{ tune(id: 1) { ...A ${times(50, () => 'baseTune { ...A }')} } } fragment A on Tune { ${times(20, (n) => `x${n}: title`)} }`,
    1122,
  ],
])('%s are counted exactly, and %i may be', (name, max, text, found) => {
  expect(limitOf(text)).toEqual({ name, max, found });
});

test('a fragment counts wherever it is spread, and a field of two operations twice', () => {
  const document = (count: number) => `
    query A { tune(id: 1) { ...F } }
    query B { tune(id: 1) { ...F ...F } }
    fragment F on Tune { ${times(count, (n) => `a${n}: title`)} }`;
  expect(read(document(33)).errors).toEqual([]);
  expect(limitOf(document(34))).toEqual({ name: 'aliases', max: 100, found: 102 });
});

test.each([
  ...exampleOperations().map(({ name, query }): [string, string] => [name, query]),
  ['what codegen asks', getIntrospectionQuery()],
  [
    'what GraphiQL asks',
    getIntrospectionQuery({
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      oneOf: true,
    }),
  ],
])('%s is within all limits', (_, text) => {
  expect(read(text).errors).toEqual([]);
});

test('ten types may be asked for at once, as tools do, and are answered', async () => {
  const { run } = await startGateway();
  const names = ['Tune', 'Prompt', 'Pack', 'Workspace', 'Query', 'Mutation', 'Node', 'URL'];
  const asked = [...names, 'CreateTuneInput', 'ModelType'].map(
    (name) => `${name}: __type(name: "${name}") { ...T }`,
  );
  const { data, errors } = await run(`query { ${asked.join(' ')} }
    fragment T on __Type { name kind fields { name type { name kind ofType { name } } } inputFields { name } enumValues { name } }`);
  expect(errors).toBeUndefined();
  expect(
    Object.entries(data ?? {}).map(([name, type]) => [name, (type as { name: string }).name]),
  ).toEqual([...names, 'CreateTuneInput', 'ModelType'].map((name) => [name, name]));
});

test('a refusal is an error of the request, and says what was found', async () => {
  const { fetch, requests } = await startGateway();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: `{ ${times(51, (n) => `a${n}: tunes { nodes { id } }`)} }` }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    errors: [
      {
        message:
          'The document has 51 fields at its root, but at most 50 are allowed: send several operations, or ask `nodes(ids)`.',
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'rootFields', max: 50, found: 51 },
        },
      },
    ],
  });
  expect(requests()).toEqual([]);
});

test('introspection that is too deep is refused, and once', () => {
  const fields = (depth: number): string =>
    depth === 0 ? 'name' : `fields { type { ${fields(depth - 1)} } }`;
  const { errors } = read(`{ __schema { types { ${fields(3)} } } }`);
  expect(errors.map(({ message }) => message)).toEqual(['Maximum introspection depth exceeded']);
});
