/** Prompts that are made: what reaches Astria, and what it answers. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const FLUX = 1504944;
const GEMINI = 3618064;
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
        tuneId: String(GEMINI),
        text: '<faceid:77:1> woman',
        seed: 4294967296,
        aspectRatio: '16:9',
        inputImage: { url: 'https://a.example/in.jpg' },
        maskImage: { url: 'https://a.example/mask.jpg' },
        callback: 'https://shop.example/done',
        workspaceId: String(workspace.id),
        packId: String(pack.id),
        basePackId: 'UGFjazo0MzAw',
        orderId: '37345',
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
        resolution: '2K',
        w: 1024,
        h: 768,
        scheduler: 'dpm++2m_karras',
        style: 'Cinematic',
        colorGrading: 'Film Portra',
        filmGrain: true,
        theme: 'coast',
        community: false,
        controlnet: 'pose',
        controlnetTxt2img: true,
        controlnetConditioningScale: 0.5,
        denoisingStrength: 0.8,
        ar: 'portrait',
        loraScale: 0.6,
        backendVersion: '1',
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
      order_id: 37345,
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
      ar: 'portrait',
      lora_scale: 0.6,
      backend_version: '1',
    },
  });
});

test('Gemini and Seedream are asked by the ids of the configuration', async () => {
  const { run, emulator, requests } = await startGateway({
    environment: { GEMINI_TUNE_ID: '4665564' },
  });
  const { data, errors } = await run(`mutation {
    gemini: generateWithGemini(input: { text: "a pier", resolution: "4K", aspectRatio: "3:4", numImages: 2 }) {
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
