/** The members of a request: which count, and what is said of those that are missing. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { END, post, text } from '../support/multipart.ts';
import { mapOf } from '../support/uploads.ts';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';

async function ask(body: unknown, accept = GRAPHQL_RESPONSE) {
  const { fetch } = await startGateway();
  const headers = { 'content-type': 'application/json', accept };
  const response = await fetch('/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

/** In the address of a GET, where values that are no text are JSON. */
async function askByGet(members: Record<string, unknown>) {
  const { fetch } = await startGateway();
  const texts = Object.entries(members)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  const response = await fetch(`/graphql?${new URLSearchParams(texts)}`, {
    headers: { accept: GRAPHQL_RESPONSE },
  });
  return { status: response.status, answer: await response.json() };
}

async function askByUpload(operations: unknown) {
  const { url } = await startGateway();
  const { status, ...answer } = await post(url, [text('operations', operations), mapOf(0), END]);
  return { status, answer };
}

const refusal = (message: string, code = 'BAD_REQUEST') => ({
  errors: [{ message, extensions: { code } }],
});

const BY_HASH = { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } };
const NOT_SUPPORTED = refusal('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
const ANSWER = { status: 200, answer: { data: { __typename: 'Query' } } };

test('a query by its hash alone is answered in the words that clients recover by', async () => {
  expect(await ask(BY_HASH)).toEqual({ status: 400, answer: NOT_SUPPORTED });
  expect(await ask(BY_HASH, 'application/json')).toEqual({ status: 200, answer: NOT_SUPPORTED });
  expect(await askByGet(BY_HASH)).toEqual({ status: 400, answer: NOT_SUPPORTED });
  expect(await askByGet({ ...BY_HASH, query: '' })).toEqual({ status: 400, answer: NOT_SUPPORTED });
  expect((await askByUpload(BY_HASH)).answer).toEqual(NOT_SUPPORTED);
  const other = { query: '{ __typename }' };
  expect((await ask([BY_HASH, other])).answer).toEqual([NOT_SUPPORTED, ANSWER.answer]);
});

test('beside the query a hash is ignored', async () => {
  expect(await ask({ ...BY_HASH, query: '{ __typename }' })).toEqual(ANSWER);
});

/** What clients and gateways add, and what they leave empty. */
test.each<Record<string, unknown>>([
  { id: 'x' },
  { doc_id: 1, toString: 'x', constructor: { a: 1 } },
  { operationName: '' },
  { operationName: null },
  { variables: '', extensions: '' },
  { variables: null, extensions: null },
])('a query beside %j is answered, however it is sent', async (others) => {
  const asked = { query: '{ __typename }', ...others };
  expect(await ask(asked)).toEqual(ANSWER);
  expect(await ask([asked])).toEqual({ status: 200, answer: [ANSWER.answer] });
  expect(await askByUpload(asked)).toEqual(ANSWER);
  expect(await askByGet(asked)).toEqual(ANSWER);
});

test.each([
  [
    'query A { __typename } query B { __typename }',
    undefined,
    'The document holds 2 operations: name one by `operationName`: `A`, `B`.',
  ],
  [
    'query A { __typename } query B { __typename }',
    'C',
    '`operationName` is `C`, which the document does not hold: it holds `A`, `B`.',
  ],
  [
    '{ __typename }',
    'toString',
    '`operationName` is `toString`, which the document does not hold: its operation has no name, so leave it out.',
  ],
  [
    'fragment A on Tune { id }',
    'A',
    'The document holds no operation: send a query or a mutation with it.',
  ],
])('of %j the operation %s cannot be run', async (query, operationName, message) => {
  const asked = { query, ...(operationName && { operationName }) };
  expect(await ask(asked)).toEqual({ status: 400, answer: refusal(message) });
  expect(await askByGet(asked)).toEqual({ status: 400, answer: refusal(message) });
  expect((await ask([asked])).answer).toEqual([refusal(message)]);
});

test.each([{}, { query: null }, { query: '' }])('of %j nothing can be run', async (asked) => {
  const answer = refusal('The request has no `query`: send the document of an operation in it.');
  expect(await ask(asked)).toEqual({ status: 400, answer });
  expect(await ask(asked, 'application/json')).toEqual({ status: 400, answer });
});

test('the name of an operation is a text', async () => {
  const { status, answer } = await ask({ query: '{ __typename }', operationName: 5 });
  expect(status).toBe(400);
  expect(answer).toEqual(
    refusal('`operationName` must be a text: name an operation of the document.'),
  );
});
