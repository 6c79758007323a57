/** Files that go straight to storage, and what stands for them then. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startBound } from '../support/bound.ts';
import { startGateway } from '../support/gateway.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const CREATE = `mutation ($input: CreateDirectUploadInput!) {
  createDirectUpload(input: $input) { directUpload { signedId url headers { name value } publicUrl } }
}`;
const md5Of = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');
const photo = {
  filename: 'maya.png',
  contentType: 'image/png',
  byteSize: PNG.length,
  checksum: md5Of(PNG),
};

interface Place {
  signedId: string;
  url: string;
  headers: { name: string; value: string }[];
  publicUrl: string;
}

type Gateway = Awaited<ReturnType<typeof startGateway>>;

async function placeFor({ run }: Pick<Gateway, 'run'>, input: object = photo): Promise<Place> {
  const { data } = await run<{ createDirectUpload: { directUpload: Place } }>(CREATE, { input });
  return data?.createDirectUpload.directUpload as Place;
}

/** As any client does it. The address is of the public name of the emulator. */
function put({ emulator }: Gateway, { url, headers }: Place, also: object = {}) {
  const { pathname, search } = new URL(url);
  const sent = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  return fetch(emulator.url + pathname + search, {
    method: 'PUT',
    headers: { ...sent, ...also },
    body: PNG,
  });
}

async function uploaded(gateway: Gateway, input?: object) {
  const place = await placeFor(gateway, input);
  expect((await put(gateway, place)).status).toBe(200);
  return place;
}

test('a file goes to storage, and stands for a photo, a first image and references', async () => {
  const gateway = await startGateway();
  const { run, emulator } = gateway;
  const { signedId, publicUrl } = await uploaded(gateway);
  expect(emulator.requests[0]).toMatchObject({
    method: 'POST',
    path: '/api/direct_uploads',
    body: {
      blob: {
        filename: 'maya.png',
        content_type: 'image/png',
        byte_size: 16,
        checksum: photo.checksum,
      },
    },
  });
  const { data, errors } = await run(
    `mutation ($media: MediaInput!) {
      createTune(input: { title: "Maya", name: "woman", images: [$media] }) { tune { origImages } }
      createPrompt(input: { tuneId: 3618064, text: "a pier", inputImage: $media, imageReferences: [$media] }) {
        prompt { inputImage imageReferences }
      }
      inspectImage(input: { image: $media }) { inspection { name } }
    }`,
    { media: { signedId } },
  );
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    createTune: { tune: { origImages: [publicUrl] } },
    createPrompt: { prompt: { inputImage: publicUrl, imageReferences: [publicUrl] } },
  });
  expect(emulator.requests.slice(1).map(({ body }) => body)).toEqual([
    { tune: { title: 'Maya', name: 'woman', images: [signedId] } },
    { prompt: { text: 'a pier', input_image: signedId, image_references: [signedId] } },
    { file: signedId },
  ]);
});

test('a copy has the file that a signed id stood for, once', async () => {
  const gateway = await startGateway();
  const { signedId, publicUrl } = await uploaded(gateway);
  const { data } = await gateway.run<{ createPrompt: { prompt: { id: string } } }>(
    `mutation ($media: MediaInput!) {
      createPrompt(input: { tuneId: 3618064, text: "a pier", imageReferences: [$media] }) { prompt { id } }
    }`,
    { media: { signedId } },
  );
  const copy = await gateway.run(
    'mutation ($id: ID!) { duplicatePrompt(input: { id: $id }) { prompt { imageReferences } } }',
    { id: data?.createPrompt.prompt.id },
  );
  expect(copy).toEqual({
    data: { duplicatePrompt: { prompt: { imageReferences: [publicUrl] } } },
  });
});

test('it is of the account, and asked for without a workspace', async () => {
  const { run, emulator } = await startGateway({ environment: { WORKSPACE_ID: '679' } });
  expect(await placeFor({ run })).toMatchObject({ signedId: expect.any(String) });
  expect(emulator.requests[0]?.headers).not.toHaveProperty('x-workspace-id');
  const bound = await startBound();
  const { errors } = await bound.ask(
    `mutation { createDirectUpload(input: { filename: "a.png", contentType: "image/png", byteSize: 1, checksum: "${photo.checksum}" }) { directUpload { signedId } } }`,
  );
  expect(errors).toBeUndefined();
});

test.each([
  ['filename', { filename: ' ' }, "can't be blank"],
  ['contentType', { contentType: 'application/pdf' }, 'must be image/…, video/…, audio/… or text'],
  ['contentType', { contentType: 'image/png\r\nX: y' }, 'must be image/…'],
  ['byteSize', { byteSize: 0 }, 'must be between 1 and 104857600'],
  ['byteSize', { byteSize: 104_857_601 }, 'must be between 1 and 104857600'],
  [
    'checksum',
    { checksum: createHash('md5').update(PNG).digest('hex') },
    'must be an MD5 in base64',
  ],
])('a bad %s is refused before anything is asked', async (field, change, words) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(CREATE, { input: { ...photo, ...change } });
  expect(errors).toMatchObject([
    {
      extensions: {
        code: 'VALIDATION_FAILED',
        source: 'GATEWAY',
        fieldErrors: [{ path: ['input', field], message: expect.stringContaining(words) }],
      },
    },
  ]);
  expect(requests()).toEqual([]);
});

test.each(['image/heic', 'video/quicktime', 'audio/x-m4a', 'text/plain'])(
  '%s, and the largest there may be, are passed on',
  async (contentType) => {
    const { run } = await startGateway();
    const input = { ...photo, contentType, byteSize: 104_857_600 };
    expect(await placeFor({ run }, input)).toMatchObject({
      headers: [
        { name: 'Content-Type', value: contentType },
        { name: 'Content-MD5', value: photo.checksum },
      ],
    });
  },
);

test('storage takes what was announced alone, with its headers, and no key', async () => {
  const gateway = await startGateway();
  const place = await placeFor(gateway);
  const other = { ...place, headers: place.headers.slice(1) };
  expect((await put(gateway, other)).status).toBe(403);
  expect((await put(gateway, place, { authorization: 'Bearer sd_test' })).status).toBe(400);
  const longer = await placeFor(gateway, { ...photo, byteSize: 17 });
  expect((await put(gateway, longer)).status).toBe(400);
  expect((await put(gateway, place)).status).toBe(200);
});

test('one that stands for nothing yet is refused at its field, and not repeated', async () => {
  const gateway = await startGateway();
  const { signedId } = await placeFor(gateway);
  const { errors } = await gateway.run(
    `mutation ($media: MediaInput!) {
      createPrompt(input: { tuneId: 3618064, text: "a pier", inputImage: $media }) { prompt { id } }
    }`,
    { media: { signedId } },
  );
  expect(errors).toMatchObject([
    { extensions: { fieldErrors: [{ path: ['input', 'inputImage'], message: 'is invalid' }] } },
  ]);
  expect(JSON.stringify([errors, gateway.logged])).not.toContain(signedId);
});

test.each([
  [{ signedId: ' ' }, 'The `signedId` in `inputImage` is blank'],
  [
    { signedId: 'eyJfcmFpbHMiOnt9fQ==--1', url: 'https://a.example/1' },
    'Exactly one key must be specified',
  ],
])('%j is refused in words', async (media, words) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(
    'mutation ($media: MediaInput!) { createPrompt(input: { tuneId: 3618064, text: "a", inputImage: $media }) { prompt { id } } }',
    { media },
  );
  expect(errors?.[0]?.message).toContain(words);
  expect(JSON.stringify(errors)).not.toContain('eyJfcmFpbHM');
  expect(requests()).toEqual([]);
});

test('references are all signed ids or all addresses', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(
    `mutation { createPrompt(input: { tuneId: 3618064, text: "a", imageReferences: [{ signedId: "x" }, { url: "https://a.example/1" }] }) { prompt { id } } }`,
  );
  expect(errors?.[0]?.message).toContain('must be all addresses, or all files and signed ids');
  expect(requests()).toEqual([]);
});

test('signed ids and addresses of storage are in no log, whatever Astria answers', async () => {
  const gateway = await startGateway();
  const { emulator, run, logged } = gateway;
  const place = await uploaded(gateway);
  const secrets = [place.signedId, new URL(place.url).search];
  const says = { error: `no file for ${place.signedId} at ${place.url}` };
  emulator.fail({ path: '/api/direct_uploads', status: 500, body: says });
  emulator.fail({ path: '/api/direct_uploads', body: { ...says, signed_id: 5 } });
  emulator.fail({ path: '/api/direct_uploads', status: 422, body: says });
  for (const code of ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_CONTRACT', 'VALIDATION_FAILED']) {
    const { errors } = await run(CREATE, { input: photo });
    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(JSON.stringify(errors)).not.toContain(place.signedId);
  }
  expect(logged.join()).toContain('/api/direct_uploads');
  for (const secret of secrets) expect(logged.join('\n')).not.toContain(secret);
});
