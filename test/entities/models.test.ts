import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const MODELS = `{
  models {
    imageModels { name title tuneId resolutions tune { title } }
    videoModels {
      name title aspectRatios motionControl needsInputVideo supportsLastFrame supportsImageReferences
      supportsAudioReference generatesAudio
    }
    defaultImageModel { name }
    defaultVideoModel { name }
  }
}`;

test('the catalogue tells the models and what they can do', async () => {
  const { run } = await startGateway();
  const { data, errors } = await run(MODELS);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    models: {
      imageModels: [
        {
          name: 'gemini',
          title: 'Nano Banana Pro',
          // Told as a text.
          tuneId: 3618064,
          resolutions: ['1K', '2K', '4K'],
          tune: { title: 'Nano Banana Pro' },
        },
        { name: 'seedream', tuneId: 3691308, resolutions: [] },
        { name: 'gpt_image_2' },
      ],
      videoModels: [
        {
          name: 'seedance2_fast_720p',
          aspectRatios: ['16:9', '9:16', '1:1'],
          motionControl: false,
          needsInputVideo: false,
          supportsLastFrame: false,
          supportsImageReferences: true,
          supportsAudioReference: true,
          generatesAudio: true,
        },
        { name: 'kling3_pro' },
        { name: 'wan_animate' },
      ],
      defaultImageModel: { name: 'gemini' },
      defaultVideoModel: { name: 'seedance2_fast_720p' },
    },
  });
});

test('it is kept for as long as it says, for everybody, and needs no key', async () => {
  const { run, requests, emulator, clock } = await startGateway({ token: '' });
  const names = '{ models { imageModels { name } } }';
  await Promise.all([run(names), run(names)]);
  expect((await run(names, {}, { authorization: 'Bearer sd_other' })).errors).toBeUndefined();
  expect(requests()).toEqual(['GET /cli/models']);
  expect(emulator.requests[0]?.headers.authorization).toBeUndefined();
  clock.advance(86_400_000);
  await run(names);
  expect(requests()).toHaveLength(2);
});

test('a failure is not kept', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({ path: '/cli/models', status: 500 });
  const names = '{ models { defaultImageModel { name } } }';
  expect((await run(names)).errors).toMatchObject([
    { extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
  ]);
  expect((await run(names)).data).toEqual({ models: { defaultImageModel: { name: 'gemini' } } });
});

test('one that is out of date serves on while no newer can be had', async () => {
  const { run, emulator, clock, requests } = await startGateway();
  const names = '{ models { defaultImageModel { name } } }';
  await run(names);
  clock.advance(86_400_000);
  emulator.fail({ path: '/cli/models', status: 503 });
  const gemini = { data: { models: { defaultImageModel: { name: 'gemini' } } } };
  expect(await run(names)).toEqual(gemini);
  expect(await run(names)).toEqual(gemini);
  expect(requests()).toHaveLength(2);
  clock.advance(60_000);
  await run(names);
  expect(requests()).toHaveLength(3);
});
