/**
 * Multipart requests that are refused as a whole, with their reason and their status. The cases are those of
 * graphql-upload's own tests, and those that streaming adds; where that library answers otherwise, the name says so.
 */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { begin, END, file, part, post, text } from '../support/multipart.ts';
import { has, mapOf, operationsOf, photo, send } from '../support/uploads.ts';

/** Without a place in the operation: the request was refused as a whole. */
const refusal = (message: unknown, limit: object, status = 400) => ({
  status,
  errors: [{ message, extensions: { code: 'BAD_REQUEST', limit } }],
});

/** What is sent, a part of the reason, and the limit. */
type Case = readonly [name: string, parts: Uint8Array[], reason: string, limit: object];

const REFUSED: Case[] = [
  ['nothing at all', [END], '`operations`, `map`', { name: 'missingParts', max: 0, found: 2 }],
  ['no map', [operationsOf(0), END], '`map`', { name: 'missingParts', max: 0, found: 1 }],
  [
    'no operations',
    [mapOf(0), END],
    '`operations` was wanted',
    { name: 'fieldOrder', max: 'operations', found: 'map' },
  ],
  [
    'map before operations',
    [mapOf(1), operationsOf(1), file('0'), END],
    '`operations` was wanted',
    { name: 'fieldOrder', max: 'operations', found: 'map' },
  ],
  [
    'a file before operations',
    [file('0'), operationsOf(1), mapOf(1), END],
    '`operations` was wanted',
    { name: 'fieldOrder', max: 'operations', found: '0' },
  ],
  [
    'a file before map',
    [operationsOf(1), file('0'), mapOf(1), END],
    '`map` was wanted',
    { name: 'fieldOrder', max: 'map', found: '0' },
  ],
  [
    'operations as a file',
    [part('form-data; name="operations"; filename="blob"', '{}'), mapOf(0), END],
    '`operations` was wanted, as a text',
    { name: 'fieldOrder', max: 'operations', found: 'operations' },
  ],
  [
    'another field before map',
    [operationsOf(1), text('note', 'x'), mapOf(1), file('0'), END],
    '`map` was wanted',
    { name: 'fieldOrder', max: 'map', found: 'note' },
  ],
  [
    'operations that are not JSON',
    [text('operations', '{ x }'), mapOf(0), END],
    '`operations` is not valid JSON',
    { name: 'operations', max: 'JSON', found: 'text' },
  ],
  [
    'operations that are null',
    [text('operations', 'null'), mapOf(0), END],
    '`operations` must be an object',
    { name: 'operations', max: 'an object', found: 'null' },
  ],
  [
    'operations that are a text',
    [text('operations', '"x"'), mapOf(0), END],
    '`operations` must be an object',
    { name: 'operations', max: 'an object', found: 'string' },
  ],
  [
    'a batch, which graphql-upload takes',
    [text('operations', [{ query: '{ __typename }' }, { query: '{ __typename }' }]), mapOf(0), END],
    'send one operation',
    { name: 'operations', max: 1, found: 2 },
  ],
  [
    'a map that is not JSON',
    [operationsOf(0), text('map', '{ x }'), END],
    '`map` is not valid JSON',
    { name: 'map', max: 'JSON', found: 'text' },
  ],
  [
    'a map that is a list',
    [operationsOf(0), text('map', '[]'), END],
    '`map` must be an object',
    { name: 'map', max: 'an object', found: 'array' },
  ],
  [
    'a map that is null',
    [operationsOf(0), text('map', 'null'), END],
    '`map` must be an object',
    { name: 'map', max: 'an object', found: 'null' },
  ],
  [
    'an entry of the map that is no list',
    [operationsOf(1), text('map', { 0: photo(0) }), END],
    '`map.0` must be a list of paths',
    { name: 'map.0', max: 'a list of paths', found: 'string' },
  ],
  [
    'a path that is no text',
    [operationsOf(1), text('map', { 0: [null] }), END],
    '`map.0` must be a list of paths',
    { name: 'map.0', max: 'a list of paths', found: 'array' },
  ],
  [
    'a file with no place',
    [operationsOf(1), text('map', { 0: [] }), END],
    'names 0 places',
    { name: 'pathsPerFile', max: 1, found: 0 },
  ],
  [
    'a file with two places, which graphql-upload takes',
    [operationsOf(2), text('map', { 0: [photo(0), photo(1)] }), file('0'), END],
    `send it once for each, in the order ${photo(0)}, ${photo(1)}`,
    { name: 'pathsPerFile', max: 1, found: 2 },
  ],
  [
    'two files for one place',
    [operationsOf(1), text('map', { 0: [photo(0)], 1: [photo(0)] }), END],
    'is the place of two files',
    { name: 'mapPath', max: 'variables.*', found: photo(0) },
  ],
  ...[
    ['variables.input.images.1.file', 'leads nowhere'],
    ['variables.input.images.x.file', 'leads nowhere'],
    ['variables.input.title.file', 'leads nowhere'],
    ['variables.input.images.0.file.more', 'leads nowhere'],
    ['variables.input.title', 'is not null'],
    ['variables.input.images', 'is not null'],
    ['variables.input.images.length', 'is not null'],
    ['variables', 'is not the path of a variable'],
    ['query', 'is not the path of a variable'],
    ['extensions.x', 'is not the path of a variable'],
    ['', 'is not the path of a variable'],
    ['__proto__.polluted', 'is not the path of a variable'],
    ['variables.__proto__.polluted', 'is not the path of a variable'],
    ['variables.constructor.prototype.polluted', 'is not the path of a variable'],
    ['variables.input.images.0.constructor', 'is not the path of a variable'],
    ['variables.toString', 'leads nowhere'],
  ].map(
    ([path = '', reason = '']): Case => [
      `the path ${JSON.stringify(path)}`,
      [operationsOf(1), text('map', { 0: [path] }), file('0'), END],
      reason,
      { name: 'mapPath', max: 'variables.*', found: path },
    ],
  ),
];

test.each(REFUSED)('%s is refused', async (_, parts, reason, limit) => {
  const { answer, tunes } = await send(parts);
  expect(answer).toEqual(refusal(has(reason), limit));
  expect(tunes).toEqual([]);
  expect({}).not.toHaveProperty('polluted');
});

test.each([
  [
    'too many files',
    { maxFiles: 1 },
    [operationsOf(2), mapOf(2), file('0'), file('1'), END],
    { name: 'files', max: 1, found: 2 },
  ],
  [
    'operations that are too long',
    { maxOperationsBytes: 100 },
    [operationsOf(1, { title: 'x'.repeat(100) }), mapOf(1), file('0'), END],
    { name: 'operationsBytes', max: 100, found: expect.any(Number) },
  ],
  [
    'operations that do not end',
    { maxOperationsBytes: 100 },
    [operationsOf(1, { title: 'x'.repeat(50_000) })],
    { name: 'operationsBytes', max: 100, found: expect.any(Number) },
  ],
  [
    'a map that is too long',
    { maxMapBytes: 100 },
    [operationsOf(9), mapOf(9), END],
    { name: 'mapBytes', max: 100, found: 343 },
  ],
  [
    'a map that does not end',
    { maxOperationsBytes: 1000, maxMapBytes: 100 },
    [operationsOf(1), text('map', 'x'.repeat(50_000)).subarray(0, 40_000)],
    { name: 'mapBytes', max: 100, found: expect.any(Number) },
  ],
])('%s: 413', async (_, uploads, parts, limit) => {
  const { answer, tunes } = await send(parts, uploads);
  expect(answer).toEqual(refusal(expect.any(String), limit, 413));
  expect(tunes).toEqual([]);
});

test('a request whose Content-Length is too large is refused', async () => {
  const gateway = await startGateway({ uploads: { maxBytesInAll: 1000 } });
  const { outgoing, answer } = begin(gateway.url, { 'content-length': '5000' });
  outgoing.write(operationsOf(1));
  expect(await answer).toEqual(
    refusal(
      'The request is longer than 1000 bytes.',
      { name: 'bytesInAll', max: 1000, found: 5000 },
      413,
    ),
  );
  outgoing.destroy();
});

test('a content type without a boundary', async () => {
  const url = (await startGateway()).url;
  const answer = await post(url, [END], { 'content-type': 'multipart/form-data' });
  expect(answer).toEqual(
    refusal(has('Boundary not found'), {
      name: 'body',
      max: 'multipart/form-data',
      found: 'Multipart: Boundary not found',
    }),
  );
});
