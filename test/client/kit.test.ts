import { isScalarType, print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { expect, expectTypeOf, test } from 'vitest';
import type * as client from '../../client/src/errors.ts';
import { astriaErrors, messagesByField } from '../../client/src/errors.ts';
import {
  PagePartsFragmentDoc,
  PromptPartsFragmentDoc,
  TunePartsFragmentDoc,
} from '../../client/src/fragments.generated.ts';
import { customScalarTypes } from '../../client/src/relay.ts';
import { type Scalars, scalars } from '../../client/src/scalars.ts';
import type * as gateway from '../../src/graphql/errors.ts';
import { schema } from '../../src/graphql/schema.ts';
import { startGateway } from '../support/gateway.ts';

test("the types of extensions are the gateway's", () => {
  expectTypeOf<client.ErrorCode>().toEqualTypeOf<gateway.ErrorCode>();
  expectTypeOf<client.FieldError>().toEqualTypeOf<gateway.FieldError>();
  expectTypeOf<client.Limit>().toEqualTypeOf<gateway.Limit>();
});

test('every scalar of the schema stands for something', () => {
  const BUILT_IN = ['String', 'Int', 'Float', 'Boolean', 'ID'];
  const names = Object.values(schema.getTypeMap())
    .filter(isScalarType)
    .map(({ name }) => name)
    .filter((name) => !BUILT_IN.includes(name));
  expect(Object.keys(scalars).toSorted()).toEqual(names.toSorted());
  expectTypeOf<keyof Scalars>().toEqualTypeOf<keyof typeof scalars>();
  expect(customScalarTypes).toEqual(scalars);
});

test("graphql-request's errors are read as those of any other client", async () => {
  const { url } = await startGateway();
  const thrown = await new GraphQLClient(url)
    .request('mutation { createTune(input: { title: "" }) { tune { id } } }')
    .catch((error: unknown) => error);
  expect(astriaErrors(thrown)[0]?.extensions).toMatchObject({
    code: 'VALIDATION_FAILED',
    source: 'GATEWAY',
  });
  expect(messagesByField(thrown)).toMatchObject({ title: ["can't be blank"] });
});

test('a field may be named as something that every object has', () => {
  const path = ['input', 'toString'];
  const errors = [
    { message: 'no', extensions: { code: 'BAD_REQUEST', fieldErrors: [{ path, message: 'no' }] } },
  ];
  expect(messagesByField({ errors })).toEqual({ toString: ['no'] });
});

test('what never came to an answer has no errors of the graph', () => {
  for (const thrown of [
    undefined,
    null,
    new TypeError('fetch failed'),
    { errors: 'none' },
    { errors: [null] },
  ]) {
    expect(astriaErrors(thrown)).toEqual([]);
  }
});

test('the fragments can be spread', async () => {
  const { run } = await startGateway({ seed: true, token: 'sd_demo' });
  const parts = [PromptPartsFragmentDoc, TunePartsFragmentDoc, PagePartsFragmentDoc];
  const { data, errors } = await run(`
    { prompts(first: 1) { nodes { ...PromptParts tune { ...TuneParts } } pageInfo { ...PageParts } } }
    ${parts.map((part) => print(part)).join('\n')}
  `);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    prompts: {
      nodes: [{ images: expect.any(Array), tune: { title: expect.any(String) } }],
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    },
  });
});
