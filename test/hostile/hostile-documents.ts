/** Documents, and variables for them, drawn at random: sound ones, broken ones, and such as were never meant to be any. */
import fc from 'fast-check';
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
  print,
} from 'graphql';
import { schema } from '../../src/graphql/schema.ts';
import { drawDocument } from '../support/documents.ts';
import { post } from './known.ts';
import { hostileId, hostileText, hostileValue, written } from './odd-values.ts';
import { type Attack, NONCE } from './raw.ts';

const upTo = (max: number) => fc.noBias(fc.nat({ max }));
const asked = (name: string, query: string, variables: unknown = undefined): Attack => ({
  name,
  ...post(written({ query: `${query}\n#${NONCE}`, variables })),
});

const PIECES = [
  ...['{', '}', '(', ')', '[', ']', ':', '!', '$', '@', '=', '|', '&', '...', '"', '"""', '#', ','],
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'null',
    'true',
    'schema',
    'extend type',
  ],
  ...['__schema', '__type', '__typename', 'node', 'nodes', 'tunes', 'prompts', 'id', 'edges'],
  ...['@skip(if: true)', '@include(if: $a)', '@defer', '@stream', '@oneOf', '@deprecated'],
  ...['-', '.5', '1e999', '0x1', '\\u{110000}', '\ufeff', '\u0000', 'é', '🦄', '$a: Int'],
];

const sound = fc.gen().map((g) => drawDocument(schema, (max) => g(upTo, max)));

/** Cut, doubled, and with pieces put in. */
const broken = fc
  .tuple(
    sound,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), fc.constantFrom('', ...PIECES)), {
      maxLength: 6,
    }),
  )
  .map(([{ text, variables }, changes]) => ({
    variables,
    text: changes.reduce((all, [at, length, piece]) => {
      const from = at % (all.length + 1);
      return `${all.slice(0, from)}${piece}${all.slice(from + (piece ? 0 : length))}`;
    }, text),
  }));

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 200 }).map((all) => all.join(' '));

const NESTS = [
  ...[
    '{ ',
    '{ tunes ',
    '{ node(id: "x") { ...on Tune ',
    '{ __schema { types ',
    '{ a: prompts { nodes ',
  ],
  ...['[', '{ a: ', '... on Query { ', '@skip(if: [', '"""'],
];
const nests = fc
  .tuple(fc.constantFrom(...NESTS), fc.nat({ max: 4000 }), soup)
  .map(([nest, count, inner]) => nest.repeat(count) + inner);

export const documents: fc.Arbitrary<Attack> = fc.oneof(
  sound.map(({ text, variables }) => asked('a document', text, variables)),
  broken.map(({ text, variables }) => asked('a broken document', text, variables)),
  soup.map((text) => asked('a soup', text)),
  nests.map((text) => asked('nests', text)),
  hostileText.map((text) => asked('a text', text)),
);

/** Every mutation, and what its input may hold. */
const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => {
  const type = field.args[0]?.type as GraphQLInputType;
  const query = `mutation M($input: ${type}) { ${field.name}(input: $input) { __typename } }`;
  return { query: print(parse(query)), type };
});

function anyOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: near(type, depth), weight: 8 },
    { arbitrary: hostileValue, weight: 1 },
  );
}

function near(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return near(type.ofType, depth);
  if (isListType(type)) return fc.array(anyOf(type.ofType, depth + 1), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type))
    return fc.oneof(
      hostileId,
      fc.constantFrom<unknown>(1, 5, 1504944, 'x', true, 'https://a.example/1.jpg'),
    );
  if (depth > 4) return fc.constant({});
  const fields = Object.values(type.getFields());
  const requiredKeys = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name);
  const model = Object.fromEntries(fields.map(({ name, type }) => [name, anyOf(type, depth + 1)]));
  return fc.record(model, { requiredKeys });
}

const inputs = fc
  .constantFrom(...MUTATIONS)
  .chain(({ query, type }) => anyOf(type).map((input) => asked('an input', query, { input })));

const stray = fc
  .tuple(sound, fc.dictionary(fc.constantFrom('v0', 'v1', 'v2', '__proto__', ''), hostileValue))
  .map(([{ text }, variables]) => asked('other variables', text, variables));

const wrapped = fc
  .tuple(hostileValue, hostileValue, hostileValue, hostileValue)
  .map(([query, variables, operationName, extensions]) => ({
    name: 'what is no question',
    ...post(written({ query, variables, operationName, extensions })),
  }));
const batches = fc
  .array(
    fc.oneof(
      hostileValue,
      sound.map(({ text, variables }) => ({ query: text, variables })),
    ),
    { maxLength: 11 },
  )
  .map((batch) => ({ name: 'a batch', ...post(written(batch)) }));

export const variables: fc.Arbitrary<Attack> = fc.oneof(inputs, stray, wrapped, batches);

const BY_ID = [
  'query ($id: ID!) { node(id: $id) { id __typename } }',
  'query ($id: ID!) { nodes(ids: [$id, $id]) { id } }',
  'query ($id: ID!) { tune(id: $id) { id title baseTune { id } prompts(first: 2) { nodes { id } } } }',
  'query ($id: ID!) { prompt(id: $id) { id text tune { id } pack { id } } }',
  'query ($id: ID!) { pack(id: $id) { id title coverUrl templates { id } } }',
  'query ($id: ID!) { workspace(id: $id) { id title tunes(first: 1) { nodes { id } } } }',
  'query ($id: String) { tunes(first: 2, after: $id) { nodes { id } pageInfo { hasNextPage endCursor } } }',
  'query ($id: String) { prompts(first: 2, after: $id) { nodes { id } pageInfo { hasNextPage endCursor } } }',
  'query ($id: String) { packs(first: 2, after: $id) { nodes { id } pageInfo { hasNextPage endCursor } } }',
  'query ($id: String) { gallery { tunes(after: $id, first: 1) { nodes { id } } packs(after: $id, first: 1) { nodes { id } } } }',
  'query ($id: String) { tunes(filter: { title: $id, branch: $id }) { nodes { id } } }',
  'query ($id: ID) { prompts(filter: { tuneId: $id, packId: $id, userId: $id, orderId: $id }) { nodes { id } } }',
  'mutation ($id: ID!) { deletePrompt(input: { id: $id }) { query { __typename } } }',
  'mutation ($id: ID!) { likePrompt(input: { id: $id }) { query { __typename } } }',
  'mutation ($id: ID!) { deleteTune(input: { id: $id }) { query { __typename } } }',
];

export const ids: fc.Arbitrary<Attack> = fc
  .tuple(fc.constantFrom(...BY_ID), hostileId)
  .map(([query, id]) => asked('an id', query, { id }));
