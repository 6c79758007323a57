import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const FLUX = 1504944;
const SEEDREAM = 3691308;

test('a created prompt comes with its relations, and is listed afterwards', async () => {
  const { run, emulator, requests } = await startGateway();
  const answer = await run(`mutation {
    createPrompt(input: { tuneId: ${FLUX}, text: "a portrait by the window" }) {
      prompt { astriaId status text tune { title branch } }
      query { prompts(first: 1) { nodes { text } } }
    }
  }`);
  expect(answer).toEqual({
    data: {
      createPrompt: {
        prompt: {
          astriaId: expect.any(Number),
          status: 'QUEUED',
          text: 'a portrait by the window',
          tune: { title: 'Flux.1 dev', branch: 'flux1' },
        },
        query: { prompts: { nodes: [{ text: 'a portrait by the window' }] } },
      },
    },
  });
  expect(requests()[0]).toBe(`POST /tunes/${FLUX}/prompts`);
  expect(requests().slice(1).sort()).toEqual(['GET /prompts?limit=2', `GET /tunes/${FLUX}`]);
  expect(emulator.requests[0]?.body).toEqual({ prompt: { text: 'a portrait by the window' } });
});

test('a list that was read before the change is read anew after it', async () => {
  const { run } = await startGateway();
  const create = (
    alias: string,
  ) => `${alias}: createPrompt(input: { tuneId: ${FLUX}, text: "${alias}" }) {
    query { prompts { nodes { text } } }
  }`;
  const { data } = await run(`mutation { ${create('one')} ${create('two')} }`);
  expect(data).toEqual({
    one: { query: { prompts: { nodes: [{ text: 'one' }] } } },
    two: { query: { prompts: { nodes: [{ text: 'two' }, { text: 'one' }] } } },
  });
});

test('every parameter of a prompt reaches Astria under its own name', async () => {
  const { run, account, emulator } = await startGateway();
  const workspace = account.addWorkspace({ title: 'Studio' });
  const pack = account.addPack({ id: 4300 });
  account.addTune({ id: 77, model_type: 'faceid', name: 'woman' });
  const { errors } = await run(
    'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }',
    {
      input: {
        tuneId: String(FLUX),
        text: '<faceid:77:1> woman',
        seed: 4294967296,
        aspectRatio: 'RATIO_16_9',
        inputImage: { url: 'https://a.example/in.jpg' },
        maskImage: { url: 'https://a.example/mask.jpg' },
        callback: 'https://shop.example/done',
        workspaceId: String(workspace.id),
        packId: String(pack.id),
        basePackId: 'UGFjazo0MzAw',
        numImages: 2,
        steps: 30,
        cfgScale: 3.5,
        superResolution: true,
        inpaintFaces: true,
        hiresFix: true,
        faceCorrect: true,
        faceSwap: true,
        useLpw: true,
        promptExpansion: false,
        resolution: 'RES_2K',
        w: 1024,
        h: 768,
        scheduler: 'DPMPP_2M_KARRAS',
        style: 'Cinematic',
        colorGrading: 'FILM_PORTRA',
        filmGrain: true,
        theme: 'coast',
        community: false,
        controlnet: 'pose',
        controlnetTxt2img: true,
        controlnetConditioningScale: 0.5,
        denoisingStrength: 0.8,
        negativePrompt: null,
      },
    },
  );
  expect(errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toEqual({
    prompt: {
      text: '<faceid:77:1> woman',
      seed: 4294967296,
      aspect_ratio: '16:9',
      input_image_url: 'https://a.example/in.jpg',
      mask_image_url: 'https://a.example/mask.jpg',
      callback: 'https://shop.example/done',
      workspace_id: workspace.id,
      pack_id: 4300,
      base_pack_id: 4300,
      num_images: 2,
      steps: 30,
      cfg_scale: 3.5,
      super_resolution: true,
      inpaint_faces: true,
      hires_fix: true,
      face_correct: true,
      face_swap: true,
      use_lpw: true,
      prompt_expansion: false,
      resolution: '2K',
      w: 1024,
      h: 768,
      scheduler: 'dpm++2m_karras',
      style: 'Cinematic',
      color_grading: 'Film Portra',
      film_grain: true,
      theme: 'coast',
      community: false,
      controlnet: 'pose',
      controlnet_txt2img: true,
      controlnet_conditioning_scale: 0.5,
      denoising_strength: 0.8,
    },
  });
});

test('a video with its frames and references in order', async () => {
  const { run, emulator } = await startGateway();
  const { errors } = await run(`mutation {
    createPrompt(input: {
      tuneId: 3618064, numImages: 1, videoModel: "seedance2_fast_720p", videoPrompt: "she turns", videoDuration: 5
      videoFirstFrame: { url: "https://a.example/first" }, videoLastFrame: { url: "https://a.example/last" }
      sourceImageUrl: "https://a.example/source", inputVideo: { url: "https://a.example/in.mp4" }
      imageReferences: [{ url: "https://a.example/1" }, { url: "https://a.example/2" }]
      audioReference: { url: "https://a.example/sound" }, videoAudio: true
      videoUpscaleModel: "topaz", videoUpscaleTargetResolution: "4k", videoFpsModel: "rife"
    }) { prompt { videoModel } }
  }`);
  expect(errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toEqual({
    prompt: {
      num_images: 1,
      video_model: 'seedance2_fast_720p',
      video_prompt: 'she turns',
      video_duration: 5,
      video_first_frame_url: 'https://a.example/first',
      video_last_frame_url: 'https://a.example/last',
      source_image_url: 'https://a.example/source',
      input_video_url: 'https://a.example/in.mp4',
      image_reference_urls: ['https://a.example/1', 'https://a.example/2'],
      audio_reference_url: 'https://a.example/sound',
      video_audio: true,
      video_upscale_model: 'topaz',
      video_upscale_target_resolution: '4k',
      video_fps_model: 'rife',
    },
  });
});

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
  ['text: "x", callback: "http://shop.example/"', [['callback', 'must be an https address']]],
  ['text: "x", maskImage: { url: "https://a.example" }', [['maskImage', 'needs inputImage']]],
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
    `createPrompt(input: { tuneId: ${SEEDREAM}, text: "x", resolution: RES_2K })`,
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

test('Gemini and Seedream are asked by the ids of the configuration', async () => {
  const { run, emulator, requests } = await startGateway({
    environment: { GEMINI_TUNE_ID: '4665564' },
  });
  const { data, errors } = await run(`mutation {
    gemini: generateWithGemini(input: { text: "a pier", resolution: RES_4K, aspectRatio: RATIO_3_4, numImages: 2 }) {
      prompt { tuneId resolution aspectRatio numImages }
    }
    seedream: generateWithSeedream(input: { text: "a harbour", numImages: 4 }) { prompt { tuneId numImages } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    gemini: { prompt: { tuneId: 4665564, resolution: '4K', aspectRatio: '3:4', numImages: 2 } },
    seedream: { prompt: { tuneId: SEEDREAM, numImages: 4 } },
  });
  expect(requests()).toEqual(['POST /tunes/4665564/prompts', `POST /tunes/${SEEDREAM}/prompts`]);
  expect(emulator.requests[0]?.body).toEqual({
    prompt: { text: 'a pier', resolution: '4K', aspect_ratio: '3:4', num_images: 2 },
  });
});

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
        baseTuneId: FLUX,
        modelType: 'LORA',
        branch: 'flux1',
        token: 'ohwx',
        steps: 300,
        faceCrop: true,
        trainingFaceCorrect: false,
        preset: 'FLUX_LORA_PORTRAIT',
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
      title: " ", name: "wo-man", imageUrls: [], steps: 0, characteristics: [1], callback: "http://shop.example"
      promptsAttributes: [{ text: "x" }, { text: "" }]
    }) { tune { id } }
  }`);
  expect(errors?.[0]?.message).toBe(
    "title can't be blank. name only English letters, numbers and spaces allowed. imageUrls must contain at least one image, or images. steps must be at least 1. characteristics must be an object. callback must be an https address. promptsAttributes.1.text can't be blank",
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

test('what is deleted is gone, in the same operation', async () => {
  const { run, account } = await startGateway();
  account.addTune({ id: 5 });
  account.addPrompt({ id: 6 });
  const { data } = await run(`mutation {
    deleteTune(input: { id: 5 }) { deletedId query { tune(id: 5) { id } } }
    deletePrompt(input: { id: "UHJvbXB0OjY" }) { deletedId query { prompts { nodes { id } } } }
  }`);
  expect(data).toEqual({
    deleteTune: { deletedId: 'VHVuZTo1', query: { tune: null } },
    deletePrompt: { deletedId: 'UHJvbXB0OjY', query: { prompts: { nodes: [] } } },
  });
});

test('a DELETE may be answered without a body', async () => {
  const { run, account } = await startGateway({ unknowns: { deleteStatus: 204 } });
  account.addPrompt({ id: 6 });
  const { errors } = await run('mutation { deletePrompt(input: { id: 6 }) { deletedId } }');
  expect(errors).toBeUndefined();
});

test.each([
  'updateTune(input: { id: 9, title: "x" }) { tune { id } }',
  'deleteTune(input: { id: 9 }) { deletedId }',
  'deletePrompt(input: { id: 9 }) { deletedId }',
  'createPrompt(input: { tuneId: 9, text: "x" }) { prompt { id } }',
])('%s on what is not there is NOT_FOUND', async (field) => {
  const { run } = await startGateway();
  const { data, errors } = await run(`mutation { ${field} }`);
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    {
      message: expect.stringMatching(
        /^(?:Tune|Prompt) 9, or .* does not exist, or this key may not see it\.$/,
      ),
      extensions: { code: 'NOT_FOUND' },
    },
  ]);
});

test('a created pack is listed afterwards', async () => {
  const { run, emulator } = await startGateway();
  const { data } = await run(`mutation {
    createPack(input: { title: "Coast", subtitle: "Linen", baseTuneId: ${FLUX}, modelType: LORA }) {
      pack { title subtitle baseTune { title } }
      query { packs { nodes { title } } }
    }
  }`);
  expect(data).toEqual({
    createPack: {
      pack: { title: 'Coast', subtitle: 'Linen', baseTune: { title: 'Flux.1 dev' } },
      query: { packs: { nodes: [{ title: 'Coast' }] } },
    },
  });
  expect(emulator.requests[0]?.body).toEqual({
    pack: { title: 'Coast', subtitle: 'Linen', base_tune_id: FLUX, model_type: 'lora' },
  });
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

test('an id that is none is told at its place', async () => {
  const { run } = await startGateway();
  const { errors } = await run(`mutation {
    createTune(input: {
      title: "x", imageUrls: ["https://a.example/1"], promptsAttributes: [{ text: "a" }, { text: "b", packId: "?" }]
    }) { tune { id } }
  }`);
  expect(errors?.[0]?.message).toMatch(/^`input\.promptsAttributes\.1\.packId` is "\?"/);
});

test.each([
  ['https://shop.example/', true],
  ['http://localhost', true],
  ['http://127.0.0.1:4000/x', true],
  ['http://shop.example/', false],
  ['http://localhost:x@shop.example/', false],
])('the callback %s is taken: %s', async (callback, isTaken) => {
  const { run } = await startGateway();
  const { errors } = await run(
    'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }',
    { input: { tuneId: String(FLUX), text: 'x', callback } },
  );
  expect(errors === undefined).toBe(isTaken);
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
