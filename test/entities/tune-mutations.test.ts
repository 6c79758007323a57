/** Tunes that are made and changed, and what is refused of them. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const FLUX = 1504944;

test('a created tune is listed afterwards, and every parameter reaches Astria', async () => {
  const { run, emulator } = await startGateway();
  const { data, errors } = await run(
    `mutation ($input: CreateTuneInput!) {
      createTune(input: $input) {
        tune { title status baseTune { title } origImages }
        query { tunes { nodes { title } } }
      }
    }`,
    {
      input: {
        title: 'Ines',
        name: 'woman',
        imageUrls: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
        imageCaptions: ['a woman by the sea', 'a woman reading'],
        baseTuneId: FLUX,
        modelType: 'lora',
        branch: 'flux1',
        token: 'ohwx',
        steps: 300,
        faceCrop: true,
        trainingFaceCorrect: false,
        preset: 'flux-lora-portrait',
        characteristics: { eye_color: 'brown', nestedKey: { stays_asIs: 1 } },
        autoExtend: true,
        callback: 'https://shop.example/done',
        promptsAttributes: [
          {
            text: 'ohwx woman on a pier',
            numImages: 2,
            inputImage: { url: 'https://a.example/i' },
          },
        ],
      },
    },
  );
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    createTune: {
      tune: { title: 'Ines', status: 'QUEUED', baseTune: { title: 'Flux.1 dev' } },
      query: { tunes: { nodes: [{ title: 'Ines' }] } },
    },
  });
  expect(emulator.requests[0]).toMatchObject({
    method: 'POST',
    path: '/tunes',
    body: {
      tune: {
        title: 'Ines',
        name: 'woman',
        image_urls: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
        image_captions: ['a woman by the sea', 'a woman reading'],
        base_tune_id: FLUX,
        model_type: 'lora',
        branch: 'flux1',
        token: 'ohwx',
        steps: 300,
        face_crop: true,
        training_face_correct: false,
        preset: 'flux-lora-portrait',
        characteristics: { eye_color: 'brown', nestedKey: { stays_asIs: 1 } },
        auto_extend: true,
        callback: 'https://shop.example/done',
        prompts_attributes: [
          { text: 'ohwx woman on a pier', num_images: 2, input_image_url: 'https://a.example/i' },
        ],
      },
    },
  });
});

test('all that is wrong with a tune is said at once, before any call', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation {
    createTune(input: {
      title: " ", name: "wo-man", imageUrls: [], steps: -1, characteristics: [1], callback: "http://shop.example"
      promptsAttributes: [{ text: "x" }, { text: "" }]
    }) { tune { id } }
  }`);
  expect(errors?.[0]?.message).toBe(
    "title can't be blank. name only English letters, numbers and spaces allowed. imageUrls must contain at least one image, or images. steps must not be negative. characteristics must be an object. callback must be an https address, without a placeholder in braces. promptsAttributes.1.text can't be blank",
  );
  expect(errors?.[0]?.extensions?.fieldErrors).toContainEqual({
    path: ['input', 'promptsAttributes', '1', 'text'],
    message: "can't be blank",
  });
  expect(requests()).toEqual([]);
});

test('a tune is changed only where it is asked to be, and null clears', async () => {
  const { run, account, emulator, requests } = await startGateway();
  account.addTune({ id: 5, title: 'Five', name: 'woman', auto_extend: false });
  const { data } = await run(`mutation {
    updateTune(input: { id: 5, title: "Fünf", name: null }) { tune { title name autoExtend } }
  }`);
  expect(data).toEqual({ updateTune: { tune: { title: 'Fünf', name: null, autoExtend: false } } });
  expect(emulator.requests[0]?.body).toEqual({ tune: { title: 'Fünf', name: null } });
  expect(requests()).toEqual(['PATCH /tunes/5']);
});

test('a tune with nothing to change is refused before any call', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run('mutation { updateTune(input: { id: 5 }) { tune { id } } }');
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'VALIDATION_FAILED',
    fieldErrors: [{ path: ['input'], message: 'must hold something to change' }],
  });
  expect(requests()).toEqual([]);
});

test('an id that is none is told at its place', async () => {
  const { run } = await startGateway();
  const { errors } = await run(`mutation {
    createTune(input: {
      title: "x", imageUrls: ["https://a.example/1"], promptsAttributes: [{ text: "a" }, { text: "b", packId: "?" }]
    }) { tune { id } }
  }`);
  expect(errors?.[0]?.message).toMatch(/^`input\.promptsAttributes\.1\.packId` is "\?"/);
});

test('JSON too deep to be read is refused', async () => {
  const { run, requests } = await startGateway();
  let characteristics: unknown = 1;
  for (let depth = 0; depth < 200; depth++) characteristics = { x: characteristics };
  const { errors } = await run(
    'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
    { input: { title: 'x', imageUrls: ['https://a.example/1'], characteristics } },
  );
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('JSON can be nested 100 levels deep at most.'),
      extensions: { code: 'BAD_REQUEST' },
    },
  ]);
  expect(requests()).toEqual([]);
});
