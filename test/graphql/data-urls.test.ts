/** Media that stand in the input itself. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { END, file, PNG, post, text } from '../support/multipart.ts';

const PICTURE = `data:image/png;base64,${PNG.toString('base64')}`;
const SOUND = 'data:audio/mpeg;base64,SUQzBAA=';
const CREATE =
  'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { inputImage imageReferences } } }';

test('a data URL goes to Astria as a file, whichever field it stands in', async () => {
  const { run, emulator } = await startGateway();
  const { errors } = await run(CREATE, {
    input: {
      tuneId: '3618064',
      videoModel: 'seedance2_720p',
      videoPrompt: 'pan',
      imageReferences: [{ url: PICTURE }, { url: PICTURE }],
      audioReference: { url: SOUND },
    },
  });
  expect(errors).toBeUndefined();
  const picture = { filename: 'upload.png', type: 'image/png', size: PNG.length };
  expect(emulator.requests[0]?.body).toEqual({
    prompt: {
      video_model: 'seedance2_720p',
      video_prompt: 'pan',
      image_references: [picture, picture],
      audio_reference: { filename: 'upload.mp3', type: 'audio/mpeg', size: 5 },
    },
  });
});

test('its bytes are those of the picture, on every way in', async () => {
  const { run, emulator } = await startGateway();
  const { data, errors } = await run(
    `mutation ($url: URL!) {
      createPrompt(input: { tuneId: 3618064, text: "a sofa", inputImage: { url: $url } }) { prompt { inputImage } }
      createTune(input: { title: "Maya", imageUrls: [$url], images: [{ url: "https://a.example/1" }] }) { tune { origImages } }
      inspectImage(input: { image: { url: $url } }) { inspection { name } }
    }`,
    { url: PICTURE },
  );
  // The emulator takes a file for a picture by its first bytes.
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    createPrompt: { prompt: { inputImage: expect.stringContaining('/images/uploads/') } },
    createTune: { tune: { origImages: { length: 2 } } },
  });
  expect(emulator.requests).toHaveLength(3);
});

test('files beside it come in the order of their use, and keep their places', async () => {
  const { url, emulator } = await startGateway();
  const input = {
    tuneId: '3618064',
    videoModel: 'seedance2_720p',
    videoPrompt: 'pan',
    audioReference: { file: null },
    inputImage: { url: PICTURE },
    imageReferences: [{ url: PICTURE }, { file: null }, { url: PICTURE }],
  };
  const map = {
    one: ['variables.input.imageReferences.1.file'],
    sound: ['variables.input.audioReference.file'],
  };
  const answer = await post(url, [
    text('operations', { query: CREATE, variables: { input } }),
    text('map', map),
    file('one'),
    file('sound', PNG, 'audio/mpeg'),
    END,
  ]);
  expect(answer.errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toMatchObject({
    prompt: {
      input_image: { filename: 'upload.png' },
      image_references: [
        { filename: 'upload.png' },
        { filename: 'one.png' },
        { filename: 'upload.png' },
      ],
      audio_reference: { filename: 'sound.png', type: 'audio/mpeg' },
    },
  });
});

test('the picture of an inspection is named as it is here', async () => {
  const { run } = await startGateway();
  const { errors } = await run(
    'mutation ($url: URL!) { inspectImage(input: { image: { url: $url } }) { inspection { name } } }',
    { url: SOUND },
  );
  expect(errors?.[0]?.message).toMatch(/^The data URL in `image` is audio\/mpeg; this field takes/);
});

test.each([
  ['data:image/png,hello', 'The data URL in `inputImage` must be whole, and in base64'],
  ['data:image/png;base64,', 'The data URL in `inputImage` must be whole, and in base64'],
  ['data:image/png;base64,AA AA', 'The data URL in `inputImage` must be whole, and in base64'],
  [
    'data:text/html;base64,AAAA',
    'The data URL in `inputImage` is text/html; this field takes image/jpeg,',
  ],
  [SOUND, 'The data URL in `inputImage` is audio/mpeg; this field takes image/jpeg,'],
  ['javascript:alert(1)', 'is not a web address'],
])('%s is refused before any call', async (url, message) => {
  const { run, requests } = await startGateway();
  const input = { tuneId: '3618064', text: 'a sofa', inputImage: { url } };
  const { errors } = await run(CREATE, { input });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_REQUEST' } },
  ]);
  expect(requests()).toEqual([]);
});

test('one under a key is paid for once', async () => {
  const { run, requests } = await startGateway();
  const input = {
    tuneId: '3618064',
    text: 'a sofa',
    inputImage: { url: PICTURE },
    idempotencyKey: 'sofa-with-a-picture',
  };
  const first = await run(CREATE, { input });
  expect(first.errors).toBeUndefined();
  expect(await run(CREATE, { input })).toEqual(first);
  expect(requests().filter((each) => each.startsWith('POST'))).toHaveLength(1);
});

test('one that its field does not take is told as any invalid field is, at its place in the arguments', async () => {
  const { run } = await startGateway();
  const { errors } = await run(
    'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
    {
      input: {
        title: 'x',
        imageUrls: ['https://a.example/1', 'data:text/html;base64,AAAA'],
        images: [{ url: 'https://a.example/2' }],
      },
    },
  );
  expect(errors?.[0]?.extensions?.fieldErrors).toEqual([
    {
      path: ['input', 'imageUrls', '1'],
      message: expect.stringContaining('is text/html; this field takes image/jpeg'),
    },
  ]);
});
