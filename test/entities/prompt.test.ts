import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

test('every field of a prompt is what Astria says', async () => {
  const { run, account, requests } = await startGateway();
  account.addTune({ id: 1661944, title: 'John', name: 'man' });
  account.addPrompt({
    id: 18609859,
    callback: 'https://shop.example/done',
    trained_at: '2024-09-29T16:16:06.539Z',
    started_training_at: '2024-09-29T16:13:55.014Z',
    created_at: '2024-09-29T16:00:43.046Z',
    updated_at: '2024-09-29T16:16:06.677Z',
    tune_id: 1504944,
    prompt_likes_count: 3,
    base_pack_id: 314,
    pack_id: 260,
    orig_prompt_id: 17,
    order_id: 37345,
    workspace_id: 679,
    input_image: 'https://a.example/in',
    mask_image: 'https://a.example/mask',
    input_video: 'https://a.example/video',
    image_references: ['https://a.example/r1'],
    text: '<lora:1661944:1.0>ohwx man in the style of communist',
    negative_prompt: 'blurry',
    cfg_scale: '3.0',
    steps: 30,
    super_resolution: true,
    inpaint_faces: false,
    hires_fix: true,
    face_correct: true,
    face_swap: false,
    film_grain: true,
    color_grading: 'Film Portra',
    ar: '1:1',
    aspect_ratio: '16:9',
    resolution: '2K',
    num_images: 2,
    seed: 4294967295,
    controlnet: 'pose',
    controlnet_conditioning_scale: 0.5,
    controlnet_txt2img: false,
    denoising_strength: '0.8',
    style: 'Cinematic',
    scheduler: 'euler_a',
    w: 1024,
    h: 768,
    cost_mc: 11500,
    user_error: null,
    url: 'https://api.astria.ai/tunes/1504944/prompts/18609859.json',
    images: ['https://images.example/1', 'https://images.example/2'],
    content_types: ['image/jpeg', 'video/mp4'],
    filenames: ['1.jpg', '2.mp4'],
    liked: true,
    tune: { id: 1504944, title: 'Flux.1 dev' },
    tunes: [{ id: 1661944, title: 'John', name: 'man' }],
    video_model: 'seedance2_fast_720p',
    video_prompt: 'she turns',
    video_duration: 5,
  });

  const answer = await run(`{
    prompt(id: 18609859) {
      id astriaId status progress { elapsedSeconds } text negativePrompt
      images { url contentType filename isVideo } userError cost { milliCents usd } numImages aspectRatio ar resolution
      w h seed steps cfgScale scheduler style colorGrading filmGrain superResolution hiresFix inpaintFaces faceCorrect
      faceSwap controlnet controlnetTxt2img controlnetConditioningScale denoisingStrength inputImage maskImage inputVideo
      imageReferences videoModel videoPrompt videoDuration createdAt startedTrainingAt trainedAt updatedAt callback url
      liked likesCount tuneId packId basePackId originalPromptId orderId workspaceId
      tune { id astriaId title __typename }
      references { type strength tuneId tune { title name } }
    }
  }`);

  expect(answer).toEqual({
    data: {
      prompt: {
        id: 'UHJvbXB0OjE4NjA5ODU5',
        astriaId: 18609859,
        status: 'SUCCEEDED',
        progress: null,
        text: '<lora:1661944:1.0>ohwx man in the style of communist',
        negativePrompt: 'blurry',
        images: [
          {
            url: 'https://images.example/1',
            contentType: 'image/jpeg',
            filename: '1.jpg',
            isVideo: false,
          },
          {
            url: 'https://images.example/2',
            contentType: 'video/mp4',
            filename: '2.mp4',
            isVideo: true,
          },
        ],
        userError: null,
        cost: { milliCents: 11500, usd: 0.115 },
        numImages: 2,
        aspectRatio: '16:9',
        ar: '1:1',
        resolution: '2K',
        w: 1024,
        h: 768,
        seed: 4294967295,
        steps: 30,
        cfgScale: 3,
        scheduler: 'euler_a',
        style: 'Cinematic',
        colorGrading: 'Film Portra',
        filmGrain: true,
        superResolution: true,
        hiresFix: true,
        inpaintFaces: false,
        faceCorrect: true,
        faceSwap: false,
        controlnet: 'pose',
        controlnetTxt2img: false,
        controlnetConditioningScale: 0.5,
        denoisingStrength: 0.8,
        inputImage: 'https://a.example/in',
        maskImage: 'https://a.example/mask',
        inputVideo: 'https://a.example/video',
        imageReferences: ['https://a.example/r1'],
        videoModel: 'seedance2_fast_720p',
        videoPrompt: 'she turns',
        videoDuration: 5,
        createdAt: '2024-09-29T16:00:43.046Z',
        startedTrainingAt: '2024-09-29T16:13:55.014Z',
        trainedAt: '2024-09-29T16:16:06.539Z',
        updatedAt: '2024-09-29T16:16:06.677Z',
        callback: 'https://shop.example/done',
        url: 'https://api.astria.ai/tunes/1504944/prompts/18609859.json',
        liked: true,
        likesCount: 3,
        tuneId: 1504944,
        packId: 260,
        basePackId: 314,
        originalPromptId: 17,
        orderId: 37345,
        workspaceId: 679,
        tune: {
          id: 'VHVuZToxNTA0OTQ0',
          astriaId: 1504944,
          title: 'Flux.1 dev',
          __typename: 'Tune',
        },
        references: [
          { type: 'lora', strength: 1, tuneId: 1661944, tune: { title: 'John', name: 'man' } },
        ],
      },
    },
  });
  expect(requests()).toEqual(['GET /prompts/18609859']);
});

const THEN = '2026-10-31T12:00:00.000Z';
const image = 'https://a.example/1';

test.each([
  ['QUEUED', { started_training_at: null, trained_at: null, images: [] }],
  ['PROCESSING', { started_training_at: THEN, trained_at: null, images: [] }],
  // A video shows its first frame before it is done.
  [
    'PROCESSING',
    { started_training_at: THEN, trained_at: null, images: [image], video_model: 'x' },
  ],
  ['SUCCEEDED', { started_training_at: THEN, trained_at: THEN, images: [image] }],
  ['FAILED', { started_training_at: THEN, trained_at: THEN, images: [] }],
  ['FAILED', { started_training_at: THEN, trained_at: THEN, images: [image], user_error: 'no' }],
  ['FAILED', { started_training_at: null, trained_at: null, images: [], user_error: 'no' }],
])('a prompt is %s with %j', async (status, fields) => {
  const { run, account, emulator } = await startGateway();
  account.addPrompt({ id: 5 });
  emulator.fail({ patch: fields });
  const { data } = await run('{ prompt(id: 5) { status } }');
  expect(data).toEqual({ prompt: { status } });
});

test('images of a running prompt are there as they come', async () => {
  const { run, clock } = await startGateway();
  await run(
    'mutation { createPrompt(input: { tuneId: 3618064, text: "x", numImages: 3 }) { prompt { id } } }',
  );
  const after = async (ms: number) => {
    clock.advance(ms);
    const { data } = await run('{ prompts { nodes { status images { filename } } } }');
    return (data as { prompts: { nodes: unknown[] } }).prompts.nodes[0];
  };
  const [first, second, third] = ['1.png', '2.png', '3.png'].map((filename) => ({ filename }));
  expect(await after(1000)).toEqual({ status: 'QUEUED', images: [] });
  expect(await after(5000)).toEqual({ status: 'PROCESSING', images: [first, second] });
  expect(await after(2000)).toEqual({ status: 'SUCCEEDED', images: [first, second, third] });
});

test('a running prompt tells its progress', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({
    id: 5,
    started_training_at: THEN,
    trained_at: null,
    progress_timing_seconds: 40,
    progress_elapsed_seconds: 10,
  });
  const { data } = await run('{ prompt(id: 5) { progress { elapsedSeconds expectedSeconds } } }');
  expect(data).toEqual({ prompt: { progress: { elapsedSeconds: 10, expectedSeconds: 40 } } });
});

test('the filters of prompts are Astria’s', async () => {
  const { run, requests } = await startGateway();
  await run(`{
    prompts(filter: {
      text: "pier", tuneId: 1, packId: "UGFjazoy", basePackId: 3, originalPromptId: 4, userId: 5, orderId: 6,
      liked: true, today: true, isVideo: true, isApi: false
    }) { nodes { id } }
  }`);
  expect(requests()).toEqual([
    'GET /prompts?text=pier&liked=true&today=true&is_video=true&tune_id=1&pack_id=2&base_pack_id=3&orig_prompt_id=4&user_id=5&order_id=6&limit=21',
  ]);
});

test('an image whose address cannot be read is left out, and the rest keep their types', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({
    id: 5,
    images: ['https://a.example/1', 'not an address', 'https://a.example/3.mp4'] as string[],
    content_types: ['image/png', 'image/png'],
  });
  const { data } = await run('{ prompt(id: 5) { images { url contentType isVideo } } }');
  expect(data).toEqual({
    prompt: {
      images: [
        { url: 'https://a.example/1', contentType: 'image/png', isVideo: false },
        { url: 'https://a.example/3.mp4', contentType: null, isVideo: true },
      ],
    },
  });
});
