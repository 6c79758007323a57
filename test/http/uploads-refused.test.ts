/**
 * What is refused of a multipart request, with its reason and its status. The cases are those of graphql-upload's own
 * tests, and those that streaming adds; where that library answers otherwise, the name says so.
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { BOUNDARY, begin, END, file, PNG, part, post, text } from '../support/multipart.ts';

const CREATE_TUNE =
  'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { title } } }';

const operationsOf = (photos: number, input: object = {}) => {
  const images = Array.from({ length: photos }, () => ({ file: null }));
  return text('operations', {
    query: CREATE_TUNE,
    variables: { input: { title: 'Ines', images, ...input } },
  });
};
const mapOf = (photos: number) =>
  text(
    'map',
    Object.fromEntries(
      Array.from({ length: photos }, (_, i) => [i, [`variables.input.images.${i}.file`]]),
    ),
  );
const photo = (index: number) => `variables.input.images.${index}.file`;

async function send(parts: readonly Uint8Array[], uploads?: TestGatewayOptions['uploads']) {
  const gateway = await startGateway({ uploads });
  const answer = await post(gateway.url, parts);
  expect(gateway.logged).toEqual([]);
  return { answer, tunes: gateway.emulator.requests.filter(({ method }) => method === 'POST') };
}

/** Without a place in the operation: the request was refused as a whole. */
const refusal = (message: unknown, limit: object, status = 400) => ({
  status,
  errors: [{ message, extensions: { code: 'BAD_REQUEST', limit } }],
});

const has = (text: string) => expect.stringContaining(text);

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

/** With a place in the operation, whose other fields may have been answered. */
const failure = (message: unknown, limit: object) => ({
  status: 200,
  data: null,
  errors: [
    {
      message,
      locations: [{ line: 1, column: 39 }],
      path: ['createTune'],
      extensions: { code: 'BAD_REQUEST', limit },
    },
  ],
});

const BIG = Buffer.concat([PNG, Buffer.alloc(400_000)]);

test.each([
  [
    'a file that is too long',
    [operationsOf(1), mapOf(1), file('0', BIG), END],
    `The file at \`${photo(0)}\` is longer than 300000 bytes.`,
    { name: 'bytesPerFile', max: 300_000, found: expect.any(Number) },
  ],
  [
    'a second file that is too long',
    [operationsOf(2), mapOf(2), file('0'), file('1', BIG), END],
    has(photo(1)),
    { name: 'bytesPerFile', max: 300_000, found: expect.any(Number) },
  ],
  [
    'files in another order than their list',
    [operationsOf(3), mapOf(3), file('0'), file('2'), file('1'), END],
    `The file at \`${photo(2)}\` came when \`${photo(1)}\` was wanted. Files are passed on as they come, so they must come in the order of their use: ${photo(1)}, ${photo(2)}.`,
    { name: 'fileOrder', max: photo(1), found: photo(2) },
  ],
  [
    'a file of another kind',
    [operationsOf(1), mapOf(1), file('0', PNG, 'video/mp4'), END],
    has(`The file at \`${photo(0)}\` is video/mp4; this field takes image/jpeg, image/png`),
    { name: 'contentType', max: has('image/jpeg, image/png'), found: 'video/mp4' },
  ],
  [
    'a file that nobody mapped, which graphql-upload ignores',
    [operationsOf(1), mapOf(1), file('0'), file('spare'), END],
    has('The file `spare` is not in `map`'),
    { name: 'unmappedParts', max: 0, found: 1 },
  ],
  [
    'a file that comes twice',
    [operationsOf(1), mapOf(1), file('0'), file('0'), END],
    has('The file `0` came twice'),
    { name: 'partsPerName', max: 1, found: 2 },
  ],
  [
    'a file that does not come',
    [operationsOf(2), mapOf(2), file('0'), END],
    has('The request ended without `1`'),
    { name: 'missingParts', max: 0, found: 1 },
  ],
  [
    'a field after the files',
    [operationsOf(1), mapOf(1), file('0'), text('note', 'x'), END],
    has('`note` is a text that came after `map`'),
    { name: 'fields', max: 2, found: 3 },
  ],
  [
    'a text where a file was mapped',
    [operationsOf(1), mapOf(1), text('0', 'x'), END],
    has('`0` is a text that came after `map`'),
    { name: 'fields', max: 2, found: 3 },
  ],
  [
    'a body that breaks off in a file',
    [operationsOf(1), mapOf(1), file('0', BIG.subarray(0, 100_000))],
    has('Unexpected end of form'),
    { name: 'body', max: 'multipart/form-data', found: 'Unexpected end of form' },
  ],
  [
    'a body that breaks off after a file',
    [operationsOf(1), mapOf(1), file('0'), Buffer.from(`--${BOUNDARY}`)],
    has('Unexpected end of form'),
    { name: 'body', max: 'multipart/form-data', found: 'Unexpected end of form' },
  ],
  [
    'a part with a broken head',
    [operationsOf(1), mapOf(1), file('0'), Buffer.from(`--${BOUNDARY}\r\n\u0000: x\r\n\r\nx`), END],
    has('Malformed part header'),
    { name: 'body', max: 'multipart/form-data', found: 'Malformed part header' },
  ],
])('%s: Astria gets no whole request', async (_, parts, message, limit) => {
  const { answer, tunes } = await send(parts, { maxBytesPerFile: 300_000 });
  expect(answer).toEqual(failure(message, limit));
  expect(tunes).toEqual([]);
});

test('a request is too long by what it declares', async () => {
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

test('a request is too long by what comes, and is not read to its end', async () => {
  const gateway = await startGateway({ uploads: { maxBytesInAll: 1_000_000 } });
  const { outgoing, answer } = begin(gateway.url);
  outgoing.on('error', () => {});
  for (const piece of [operationsOf(1), mapOf(1)]) outgoing.write(piece);
  outgoing.write(file('0', Buffer.alloc(2_000_000)).subarray(0, 1_500_000));
  expect(await answer).toEqual(
    failure('The request is longer than 1000000 bytes.', {
      name: 'bytesInAll',
      max: 1_000_000,
      found: expect.any(Number),
    }),
  );
  const closed = new Promise((resolve) => outgoing.once('close', resolve));
  const flood = setInterval(() => outgoing.write(Buffer.alloc(100_000)), 20);
  await closed;
  clearInterval(flood);
  expect(gateway.emulator.requests).toEqual([]);
});

test('a file used twice in one operation', async () => {
  const query = `mutation ($photo: Upload!) {
    one: createTune(input: { title: "one", images: [{ file: $photo }] }) { tune { title } }
    two: createTune(input: { title: "two", images: [{ file: $photo }] }) { tune { title } }
  }`;
  const { answer, tunes } = await send([
    text('operations', { query, variables: { photo: null } }),
    text('map', { 0: ['variables.photo'] }),
    file('0'),
    END,
  ]);
  expect(answer).toMatchObject({
    errors: [
      {
        message: has('is used twice'),
        path: ['two'],
        extensions: { limit: { name: 'usesPerFile', max: 1, found: 2 } },
      },
    ],
  });
  expect(tunes).toHaveLength(1);
});

test('files for two mutations, in the order of the second', async () => {
  const query = `mutation ($a: Upload!, $b: Upload!) {
    one: createTune(input: { title: "one", images: [{ file: $a }] }) { tune { title } }
    two: createTune(input: { title: "two", images: [{ file: $b }] }) { tune { title } }
  }`;
  const { answer, tunes } = await send([
    text('operations', { query, variables: { a: null, b: null } }),
    text('map', { a: ['variables.a'], b: ['variables.b'] }),
    file('b'),
    file('a'),
    END,
  ]);
  expect(answer.errors[0]).toMatchObject({
    path: ['one'],
    message: has('`variables.b` came when `variables.a` was wanted'),
    extensions: { limit: { name: 'fileOrder', max: 'variables.a', found: 'variables.b' } },
  });
  expect(tunes).toEqual([]);
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

test.each([
  ['a text', '"photo.png"'],
  ['an object', '{}'],
  ['a number', '1'],
])('%s in the place of a file says how to send one', async (_, value) => {
  const { run } = await startGateway();
  const input = { title: 'Ines', images: [{ file: JSON.parse(value) }] };
  const { errors } = await run(CREATE_TUNE, { input });
  expect(errors).toMatchObject([
    { message: has('multipart/form-data request'), extensions: { code: 'BAD_REQUEST' } },
  ]);
});

test.each([
  ['{}', 'exactly one key'],
  ['{ url: "https://a.example/1", file: $file }', 'exactly one key'],
  ['{ file: null }', 'must be non-null'],
  ['{ file: "photo.png" }', 'multipart/form-data request'],
])('the media input %s is refused', async (media, message) => {
  const { run } = await startGateway();
  const declared = media.includes('$file') ? '($file: Upload!)' : '';
  const { errors } = await run(
    `mutation ${declared} { createTune(input: { title: "x", images: [${media}] }) { tune { id } } }`,
  );
  expect(errors).toMatchObject([{ message: has(message), extensions: { code: 'BAD_REQUEST' } }]);
});

test('references of both kinds in one list, whose order Astria could not keep', async () => {
  const query = `mutation ($file: Upload!) { createPrompt(input: { tuneId: 1504944, text: "x",
    imageReferences: [{ file: $file }, { url: "https://a.example/1" }] }) { prompt { id } } }`;
  const { answer } = await send([
    text('operations', { query, variables: { file: null } }),
    text('map', { 0: ['variables.file'] }),
    file('0'),
    END,
  ]);
  expect(answer.errors[0].extensions.fieldErrors).toEqual([
    { path: ['input', 'imageReferences'], message: has('all files or all addresses') },
  ]);
});

test('a client that leaves before its first file is no fault of ours', async () => {
  const gateway = await startGateway();
  const url = new URL(gateway.url);
  const socket = connect(Number(url.port), url.hostname);
  const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nApollo-Require-Preflight: true\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: 9999\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), operationsOf(1), mapOf(1)]));
  await sleep(50);
  socket.destroy();
  await sleep(50);
  expect(gateway.logged).toEqual([]);
  expect(gateway.emulator.requests).toEqual([]);
});
