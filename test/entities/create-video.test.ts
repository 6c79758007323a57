/** Videos, in each of the ways that Astria documents. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const CREATE =
  'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { videoModel videoDuration } } }';

const film = {
  tuneId: '3618064',
  videoModel: 'seedance2_fast_720p',
  videoPrompt: 'A lone explorer walks',
  videoDuration: 5,
};
const sent = {
  video_model: 'seedance2_fast_720p',
  video_prompt: 'A lone explorer walks',
  video_duration: 5,
};
const at = (name: string) => `https://a.example/${name}`;

test.each([
  ['text alone', {}, {}],
  [
    'references, in their order',
    { imageReferences: [{ url: at('2') }, { url: at('1') }] },
    { image_reference_urls: [at('2'), at('1')] },
  ],
  [
    'references of every kind',
    {
      imageReferences: [{ url: at('1') }],
      inputVideo: { url: at('in.mp4') },
      audioReference: { url: at('song.mp3') },
      videoAudio: true,
    },
    {
      image_reference_urls: [at('1')],
      input_video_url: at('in.mp4'),
      audio_reference_url: at('song.mp3'),
      video_audio: true,
    },
  ],
  ['an image', { sourceImageUrl: at('s') }, { source_image_url: at('s') }],
  ['a video', { inputVideo: { url: at('v') } }, { input_video_url: at('v') }],
  [
    'frames',
    { videoFirstFrame: { url: at('first') }, videoLastFrame: { url: at('last') } },
    { video_first_frame_url: at('first'), video_last_frame_url: at('last') },
  ],
  [
    'a text, for its first frame',
    {
      text: 'a runway',
      numImages: 1,
      videoUpscaleModel: 'topaz',
      videoUpscaleTargetResolution: '4k',
      videoFpsModel: 'rife',
    },
    {
      text: 'a runway',
      num_images: 1,
      video_upscale_model: 'topaz',
      video_upscale_target_resolution: '4k',
      video_fps_model: 'rife',
    },
  ],
])('a video from %s', async (_, input, body) => {
  const { run, emulator } = await startGateway();
  const { data, errors } = await run(CREATE, { input: { ...film, ...input } });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    createPrompt: { prompt: { videoModel: 'seedance2_fast_720p', videoDuration: 5 } },
  });
  expect(emulator.requests[0]?.body).toEqual({ prompt: { ...sent, ...body } });
});

test('a video may be among the prompts of a tune, and of a copy', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({ id: 5, tune_id: 3618064, text: null, ...sent, num_images: 1 });
  const { tuneId, ...prompt } = film;
  const { errors } = await run(
    `mutation ($prompt: PromptAttributesInput!) {
      createTune(input: {
        title: "Maya", modelType: "faceid", baseTuneId: 3618064, imageUrls: ["https://a.example/1"], promptsAttributes: [$prompt]
      }) { tune { id } }
      duplicatePrompt(input: { id: 5, overrides: { seed: 7 } }) { prompt { id } }
    }`,
    { prompt },
  );
  expect(errors).toBeUndefined();
});

const FRAMES_AND_REFERENCES =
  'not together with imageReferences, inputVideo or audioReference on Seedance 2: give one or the other';

test('frames and references are told apart on Seedance 2, and on it alone', async () => {
  const { run, requests } = await startGateway();
  const both = {
    ...film,
    videoLastFrame: { url: at('last') },
    audioReference: { url: at('song.mp3') },
  };
  const { errors } = await run(CREATE, { input: both });
  expect(errors?.[0]?.extensions?.fieldErrors).toEqual([
    { path: ['input', 'videoLastFrame'], message: FRAMES_AND_REFERENCES },
  ]);
  expect(requests()).toEqual([]);
  const { errors: none } = await run(CREATE, { input: { ...both, videoModel: 'newer_model' } });
  expect(none).toBeUndefined();
});

test('flags in a text may stand for the parameters of a video', async () => {
  const { run, emulator } = await startGateway();
  const text = 'a woman hiking --video --video_model seedance_v15_720p --video_prompt "she smiles"';
  const input = { tuneId: '3618064', text, videoDuration: 6 };
  const { data, errors } = await run(CREATE, { input });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ createPrompt: { prompt: { videoModel: 'seedance_v15_720p' } } });
  expect(emulator.requests[0]?.body).toEqual({ prompt: { text, video_duration: 6 } });
});

test('Astria’s word on a video is told at its place', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({
    status: 422,
    body: { video_first_frame_url: ['is no image'], text: ["can't be blank"] },
  });
  const { errors } = await run(CREATE, { input: film });
  expect(errors?.[0]?.extensions?.fieldErrors).toEqual([
    { path: ['input', 'videoFirstFrame'], message: 'is no image' },
    { path: ['input', 'text'], message: "can't be blank" },
  ]);
});

test('a mask without an image is for Astria to judge', async () => {
  const { run, emulator } = await startGateway();
  const input = { tuneId: '3618064', text: 'a sofa', maskImage: { url: at('mask') } };
  expect((await run(CREATE, { input })).errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toEqual({
    prompt: { text: 'a sofa', mask_image_url: at('mask') },
  });
});
