/** Files as phones, browsers and upload links send them. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { END, file, PNG, post, text } from '../support/multipart.ts';
import { CREATE_PROMPT, FLUX, has, mapOf, operationsOf, photo } from '../support/uploads.ts';

const PHOTOS: [sent: string, taken: string][] = [
  ['image/jpg', 'image/jpeg'],
  ['IMAGE/JPG', 'image/jpeg'],
  ['image/jpg; charset=binary', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['image/x-ms-bmp', 'image/bmp'],
  ['image/tif', 'image/tiff'],
  ['image/jpeg', 'image/jpeg'],
  ['image/heic', 'image/heic'],
];

test('synonyms of content types are recognized', async () => {
  const { url, emulator } = await startGateway();
  const { errors } = await post(url, [
    operationsOf(PHOTOS.length),
    mapOf(PHOTOS.length),
    ...PHOTOS.map(([sent], index) => file(String(index), PNG, sent)),
    END,
  ]);
  expect(errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toMatchObject({
    tune: { images: PHOTOS.map(([, type]) => ({ type })) },
  });
});

test.each([
  ['audioReference', 'audio/mp3', 'audio_reference', 'audio/mpeg'],
  ['audioReference', 'audio/vnd.wave', 'audio_reference', 'audio/wav'],
  ['audioReference', 'application/ogg', 'audio_reference', 'audio/ogg'],
  ['inputVideo', 'video/x-m4v', 'input_video', 'video/mp4'],
  ['inputVideo', 'video/mov', 'input_video', 'video/quicktime'],
])('so it is in %s, of %s', async (field, type, name, taken) => {
  const { url, emulator } = await startGateway();
  const input = {
    tuneId: FLUX,
    text: 'x',
    videoModel: 'seedance2_fast_720p',
    videoPrompt: 'she turns',
    [field]: { file: null },
  };
  const { errors } = await post(url, [
    text('operations', { query: CREATE_PROMPT, variables: { input } }),
    text('map', { 0: [`variables.input.${field}.file`] }),
    file('0', PNG, type),
    END,
  ]);
  expect(errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toMatchObject({ prompt: { [name]: { type: taken } } });
});

test.each(['audio/mp3', 'image/svg+xml', 'constructor/x'])(
  'a photo of %s is refused, by the name that it came under',
  async (type) => {
    const { url, requests } = await startGateway();
    const { errors } = await post(url, [operationsOf(1), mapOf(1), file('0', PNG, type), END]);
    expect(errors[0].message).toContain(`The file at \`${photo(0)}\` is ${type}; this field takes`);
    expect(requests()).toEqual([]);
  },
);

/** `apollo-upload-client` and its like send one `File` object once, and name both of its places. */
test('one file for two variables is refused, in words that say what to do', async () => {
  const { url, requests } = await startGateway();
  const { status, errors } = await post(url, [
    text('operations', {
      query:
        'mutation ($a: Upload!, $b: Upload!) { createTune(input: { title: "x", images: [{ file: $a }, { file: $b }] }) { tune { id } } }',
      variables: { a: null, b: null },
      extensions: { clientLibrary: { name: '@apollo/client' } },
    }),
    text('map', { 1: ['variables.a', 'variables.b'] }),
    file('1', PNG, 'image/jpg'),
    END,
  ]);
  expect(status).toBe(400);
  expect(errors).toEqual([
    {
      message: has(
        'needs a copy for each place: `new File([file], file.name, { type: file.type })`.',
      ),
      extensions: {
        code: 'BAD_REQUEST',
        limit: { name: 'pathsPerFile', max: 1, found: 2 },
      },
    },
  ]);
  expect(requests()).toEqual([]);
});
