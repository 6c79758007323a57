/** Prompts that are refused before they cost anything. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const FLUX = 1504944;
const SEEDREAM = 3691308;

test.each([
  ['text: " "', [['text', "can't be blank"]]],
  ['text: "x", numImages: 9', [['numImages', 'must be between 1 and 8']]],
  ['text: "x", seed: -1', [['seed', 'must be between 0 and 4294967296']]],
  ['text: "x", steps: 51', [['steps', 'must be between 0 and 50']]],
  ['text: "x", cfgScale: 15.1', [['cfgScale', 'must be between 0 and 15']]],
  ['text: "x", denoisingStrength: 2', [['denoisingStrength', 'must be between 0 and 1']]],
  [
    'text: "x", controlnetConditioningScale: -1',
    [['controlnetConditioningScale', 'must be between 0 and 1']],
  ],
  ['text: "x", w: 1000, h: 1001', [['h', 'must be a multiple of 8']]],
  ['text: "x", inpaintFaces: true', [['inpaintFaces', 'needs superResolution']]],
  ['text: "x", hiresFix: true, superResolution: false', [['hiresFix', 'needs superResolution']]],
  ['text: "x", videoModel: "m"', [['videoPrompt', "can't be blank for video"]]],
  ['text: "x", videoPrompt: "p"', [['videoModel', "can't be blank for video"]]],
  [
    'text: "x", videoModel: "m", videoPrompt: "p", numImages: 2',
    [['numImages', 'must be 1 for video']],
  ],
  [
    'text: "x", callback: "http://shop.example/"',
    [['callback', 'must be an https address, without a placeholder in braces']],
  ],
  [
    'text: "x", sourceImageUrl: "data:image/png;base64,AAAA", videoModel: "m", videoPrompt: "p"',
    [['sourceImageUrl', 'must be a web address: a picture itself goes into videoFirstFrame']],
  ],
  ['text: "a --video --video_model kling25", numImages: 2', [['numImages', 'must be 1 for video']]],
  [
    'imageReferences: [{ url: "https://a.example/1" }, { url: "data:image/png;base64,AAAA" }], text: "x"',
    [
      [
        'imageReferences',
        'must be all addresses, or all files and signed ids: Astria keeps no order between the two',
      ],
    ],
  ],
  [
    'numImages: 0',
    [
      ['text', "can't be blank"],
      ['numImages', 'must be between 1 and 8'],
    ],
  ],
])('a prompt with %s is refused before any call', async (fields, complaints) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(
    `mutation { createPrompt(input: { tuneId: ${FLUX}, ${fields} }) { prompt { id } } }`,
  );
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions).toEqual({
    code: 'VALIDATION_FAILED',
    source: 'GATEWAY',
    fieldErrors: complaints.map(([field, message]) => ({ path: ['input', field], message })),
  });
  expect(requests()).toEqual([]);
});

test.each([
  [
    'generateWithSeedream(input: { text: "x", numImages: 5 })',
    'numImages',
    'must be between 1 and 4 on Seedream',
  ],
  [
    'generateWithSeedream(input: { text: "<1> man" })',
    'text',
    'must not include `<1>` on Seedream',
  ],
  [
    `createPrompt(input: { tuneId: ${SEEDREAM}, text: "x", resolution: "2K" })`,
    'resolution',
    'not supported on Seedream',
  ],
  [
    'generateWithGemini(input: { text: "x", numImages: 9 })',
    'numImages',
    'must be between 1 and 8',
  ],
])('%s is refused before any call', async (field, name, message) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation { ${field} { prompt { id } } }`);
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'VALIDATION_FAILED',
    fieldErrors: [{ path: ['input', name], message }],
  });
  expect(requests()).toEqual([]);
});

test.each([
  ['inputVideo: { url: "https://a.example/v" }'],
  ['audioReference: { url: "https://a.example/s" }, videoAudio: true'],
  ['videoFirstFrame: { url: "https://a.example/f" }'],
])('a prompt with %s is a video, and lacks its model and its prompt', async (fields) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(
    `mutation { createPrompt(input: { tuneId: ${FLUX}, text: "x", ${fields} }) { prompt { id } } }`,
  );
  expect(errors?.[0]?.extensions?.fieldErrors).toEqual([
    { path: ['input', 'videoPrompt'], message: "can't be blank for video" },
    { path: ['input', 'videoModel'], message: "can't be blank for video" },
  ]);
  expect(requests()).toEqual([]);
});

test.each([
  ['https://shop.example/', true],
  ['http://localhost', true],
  ['http://127.0.0.1:4000/x', true],
  ['http://shop.example/', false],
  ['http://localhost:x@shop.example/', false],
  ['https://shop.example/done?id={id}', false],
  ['https://{{host}}/done', false],
  ['data:text/plain;base64,AAAA', false],
])('the callback %s is taken: %s', async (callback, isTaken) => {
  const { run } = await startGateway();
  const { errors } = await run(
    'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }',
    { input: { tuneId: String(FLUX), text: 'x', callback } },
  );
  expect(errors === undefined).toBe(isTaken);
});

test('a media input takes exactly one of its ways', async () => {
  const { run } = await startGateway();
  const { errors } = await run(
    `mutation { createPrompt(input: { tuneId: ${FLUX}, text: "x", inputImage: {} }) { prompt { id } } }`,
  );
  expect(errors).toMatchObject([
    {
      message: 'OneOf Input Object "MediaInput" must specify exactly one key.',
      extensions: { code: 'BAD_REQUEST' },
    },
  ]);
});
