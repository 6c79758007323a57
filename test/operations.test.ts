/** Every example of schema/operations, with the answer recorded beside it: `npm test -- -u` records anew. */
import { readFileSync } from 'node:fs';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { getNamedType, getOperationAST, isInputObjectType, Kind, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import * as documents from '../client/src/operations.generated.ts';
import { schema } from '../src/graphql/schema.ts';
import { exampleOperations } from '../src/http/example-operations.ts';
import { runAny } from './jobs/sse.ts';
import { startJobs } from './jobs/support.ts';
import { startGateway } from './support/gateway.ts';

const folder = new URL('../schema/operations/', import.meta.url);
const examples = exampleOperations();

test('there are at least ten examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(10);
  expect(examples.length).toBe(Object.keys(documents).length);
});

test.each(examples)('$name answers as recorded', async ({ name, query, variables }) => {
  const gateway = await startJobs({ seed: true, token: 'sd_demo' });
  const answer = await runAny(gateway, query, JSON.parse(variables));
  expect(answer.errors).toBeUndefined();
  const recorded = new URL(`${name}.json`, folder).pathname;
  await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(recorded);
});

test.each(examples)('$name has no variable that may be left out', ({ query }) => {
  const { variableDefinitions = [] } = getOperationAST(parse(query)) ?? {};
  for (const { type, defaultValue } of variableDefinitions) {
    expect(type.kind).toBe(Kind.NON_NULL_TYPE);
    expect(defaultValue).toBeUndefined();
  }
});

/** Their examples would differ from that of `deletePrompt` by the name alone. */
const WITHOUT_EXAMPLE = ['deleteTune'];

test('every mutation has an example', () => {
  const all = Object.keys(schema.getMutationType()?.getFields() ?? {});
  const missing = all.filter(
    (name) =>
      !WITHOUT_EXAMPLE.includes(name) && !examples.some(({ query }) => query.includes(`${name}(`)),
  );
  expect(missing, 'add an operation of each to schema/operations').toEqual([]);
});

test('no example deletes what another one, or the README, names', () => {
  const [deleting, ...more] = examples.filter(({ query }) => /^ {2}delete\w+\(/m.test(query));
  expect([deleting?.name, more]).toEqual(['rename-and-delete', []]);
  const { promptId } = JSON.parse(deleting?.variables ?? '{}');
  const others = examples.filter(({ name }) => name !== deleting?.name);
  const texts = [...others.map(({ variables }) => variables), readFileSync('README.md', 'utf8')];
  expect(texts.filter((text) => text.includes(promptId))).toEqual([]);
});

const mutations = examples.filter(({ query }) => /^mutation/m.test(query));

test.each(mutations)('$name does nothing without variables', async ({ query }) => {
  const { run, requests } = await startGateway({ seed: true, token: 'sd_demo' });
  expect((await run(query)).errors).toBeDefined();
  expect(requests()).toEqual([]);
});

/** What takes an idempotency key costs money. */
const isPaid = (field: string) =>
  schema
    .getMutationType()
    ?.getFields()
    [field]?.args.map(({ type }) => getNamedType(type))
    .some((type) => isInputObjectType(type) && 'idempotencyKey' in type.getFields());

test('every one that costs money takes a key, so that it is never paid for twice', () => {
  const paid = mutations.filter(({ query }) =>
    getOperationAST(parse(query))?.selectionSet.selections.some(
      (field) => field.kind === Kind.FIELD && isPaid(field.name.value),
    ),
  );
  expect(paid.length).toBeGreaterThanOrEqual(7);
  for (const { query } of paid) {
    expect(print(parse(query))).toContain('$idempotencyKey: String!');
    expect(print(parse(query))).toContain('idempotencyKey: $idempotencyKey');
  }
});

type Documents = typeof documents;

/** Those that a client in TypeScript may send without variables. */
type Free = {
  [Name in keyof Documents]: Documents[Name] extends TypedDocumentNode<unknown, infer Variables>
    ? Record<string, never> extends Variables
      ? Name
      : never
    : never;
}[keyof Documents];

/** Whole, or it does not compile: a mutation that needs no variables would have to be named here. */
const FREE: Record<Free, true> = {
  GalleryDocument: true,
  ModelsDocument: true,
  PacksWithPricesDocument: true,
  ViewerDocument: true,
};

test('what compiles without variables is a query', () => {
  const free = Object.entries(documents).filter(([name]) => name in FREE);
  expect(free).toHaveLength(Object.keys(FREE).length);
  for (const [, document] of free) expect(getOperationAST(document)?.operation).toBe('query');
});
