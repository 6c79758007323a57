/** Multipart requests whose files are not what their fields take: each fails in its place. Where graphql-upload answers otherwise, the name says so. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { BOUNDARY, begin, END, file, PNG, text } from '../support/multipart.ts';
import { CREATE_TUNE, has, mapOf, operationsOf, photo, send } from '../support/uploads.ts';

/** With a place in the operation, whose other fields may have been answered. */
const failure = (message: unknown, limit: object) => ({
  status: 200,
  data: null,
  errors: [
    {
      message,
      locations: [{ line: 1, column: 39 }],
      path: ['createTune'],
      extensions: expect.objectContaining({ code: 'BAD_REQUEST', limit }),
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

test('a request that turns out too long is not read to its end', async () => {
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
    {
      path: ['input', 'imageReferences'],
      message: has('all addresses, or all files and signed ids'),
    },
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

test('a file that its field does not accept is reported as any invalid field, with its path in the arguments', async () => {
  const query = `mutation ($photo: Upload!, $film: Upload!) {
    createTune(input: { title: "x", promptsAttributes: [{ text: "a sofa" }, { videoModel: "seedance2_fast_720p", videoPrompt: "pan", inputVideo: { file: $film } }],
      images: [{ url: "https://a.example/1" }, { file: $photo }] }) { tune { id } } }`;
  const sent = async (photo: Buffer, film: Buffer) => {
    const { answer } = await send(
      [
        text('operations', { query, variables: { photo: null, film: null } }),
        text('map', { 0: ['variables.photo'], 1: ['variables.film'] }),
        photo,
        film,
        END,
      ],
      { maxBytesPerFile: 300_000 },
    );
    return answer.errors[0].extensions.fieldErrors;
  };
  const film = file('1', PNG, 'video/mp4');
  expect(await sent(file('0', PNG, 'text/html'), film)).toEqual([
    { path: ['input', 'images', '1'], message: has('is text/html; this field takes image/jpeg') },
  ]);
  expect(await sent(file('0', BIG), film)).toEqual([
    { path: ['input', 'images', '1'], message: 'is longer than 300000 bytes' },
  ]);
  expect(await sent(file('0'), file('1', PNG, 'image/png'))).toEqual([
    {
      path: ['input', 'promptsAttributes', '1', 'inputVideo'],
      message: has('is image/png; this field takes video/mp4'),
    },
  ]);
});
