/** What something would cost: what it rests on, and how many calls it takes. */
import { expect, test } from 'vitest';
import { startBound } from '../support/bound.ts';
import { estimateBy, startEstimates, UNKNOWN } from '../support/estimates.ts';
import { bearer } from '../support/gateway-keys.ts';
import { FLUX, PHOTO, startPaid } from '../support/paid.ts';

const GEMINI = 3_618_064;
const HOUR = 3_600_000;
const AN_HOUR_AGO = '2026-11-01T11:02:13.000Z';

const onFlux = (more: object = {}) => ({
  createPrompt: { tuneId: FLUX, text: 'a pier', ...more },
});

test('images cost what the account has paid for the same', async () => {
  const { estimate, account, requests } = await startEstimates();
  const trained_at = '2026-10-01T00:00:00.000Z';
  account.addPrompt({ num_images: 4, cost_mc: 9000, trained_at });
  account.addPrompt({ num_images: 4, cost_mc: 9200 });
  account.addPrompt({ num_images: 4, cost_mc: 9600 });
  // These are not the same.
  account.addPrompt({ num_images: 1, cost_mc: 1 });
  account.addPrompt({ num_images: 4, super_resolution: true, cost_mc: 2 });
  account.addPrompt({ num_images: 4, tune_id: GEMINI, cost_mc: 3 });
  account.addPrompt({ num_images: 4, video_model: 'kling25', cost_mc: 4 });
  account.addPrompt({ num_images: 4, pack_id: 7, cost_mc: 5 });
  account.addPrompt({ num_images: 4, user_error: 'No.' });
  account.addPrompt({ num_images: 4, trained_at: null });
  const known = { basis: 'HISTORY', asOf: AN_HOUR_AGO };
  expect(await estimate(onFlux({ numImages: 4 }))).toEqual({
    ...{ span: [9000, 9200, 9600], samples: 3, ...known },
  });
  expect(requests()).toEqual(['GET /tunes/1504944', 'GET /prompts?tune_id=1504944&limit=120']);
  // What is left out may be anything.
  expect(await estimate(onFlux())).toEqual({ span: [1, 9000, 9600], samples: 4, ...known });
  expect(requests()).toHaveLength(2);
});

test('another resolution is another price', async () => {
  const { estimate, account } = await startEstimates();
  account.addPrompt({ tune_id: GEMINI, resolution: '2K', cost_mc: 12_500 });
  account.addPrompt({ tune_id: GEMINI, resolution: '4K', cost_mc: 25_000 });
  const spans = ['2K', '4K', '1K'].map((resolution) =>
    estimate({ generateWithGemini: { text: 'a pier', resolution } }),
  );
  expect(await Promise.all(spans)).toMatchObject([
    { span: [12_500, 12_500, 12_500], samples: 1 },
    { span: [25_000, 25_000, 25_000], samples: 1 },
    UNKNOWN,
  ]);
});

test('what is sent to a LoRA costs what its base model costs', async () => {
  const { estimate, account, requests } = await startEstimates();
  account.addTune({ id: 5, model_type: 'lora', base_tune_id: FLUX });
  account.addPrompt({ cost_mc: 2300 });
  const input = { createPrompt: { tuneId: 5, text: 'ohwx woman' } };
  expect(await estimate(input)).toMatchObject({ span: [2300, 2300, 2300], basis: 'HISTORY' });
  expect(requests()).toEqual(['GET /tunes/5', 'GET /prompts?tune_id=1504944&limit=120']);
});

test('what nobody knows is null, and takes three calls at most', async () => {
  const { estimate, account, requests, clock, emulator } = await startEstimates();
  for (let id = 1; id <= 400; id++) account.addPrompt({ id, num_images: 1 });
  expect(await estimate(onFlux({ numImages: 2 }))).toEqual(UNKNOWN);
  expect(requests()).toEqual([
    'GET /tunes/1504944',
    'GET /prompts?tune_id=1504944&limit=120',
    'GET /prompts?tune_id=1504944&limit=120&before_id=281',
  ]);
  emulator.clearRequests();
  // A moment later it looks further, and then no more for a while.
  expect(await estimate(onFlux({ numImages: 2 }))).toEqual(UNKNOWN);
  expect(requests()).toHaveLength(3);
  expect(await estimate(onFlux({ numImages: 2 }))).toEqual(UNKNOWN);
  expect(requests()).toHaveLength(3);
  clock.advance(61_000);
  account.addPrompt({ id: 401, num_images: 2, cost_mc: 4600 });
  expect(await estimate(onFlux({ numImages: 2 }))).toMatchObject({ span: [4600, 4600, 4600] });
});

test('what was read for something else is used, for a day', async () => {
  const { run, estimate, account, requests, clock } = await startEstimates();
  account.addPrompt({ tune_id: GEMINI, cost_mc: 12_500 });
  await run('{ prompts { nodes { id } } }');
  const input = { generateWithGemini: { text: 'a pier' } };
  const known = { span: [12_500, 12_500, 12_500], samples: 1 };
  expect(await estimate(input)).toMatchObject(known);
  expect(requests()).toEqual(['GET /prompts?limit=21']);
  clock.advance(25 * HOUR);
  expect(await estimate(input)).toMatchObject(known);
  expect(requests()).toHaveLength(2);
});

test('nothing is learned of another account', async () => {
  const { run, account, emulator } = await startEstimates({
    environment: { ASTRIA_AUTH_TOKEN: '' },
  });
  account.addPrompt({ tune_id: GEMINI });
  emulator.account('sd_other');
  const input = { generateWithGemini: { text: 'a pier' } };
  const as = (key: string) => estimateBy({ run }, input, { authorization: `Bearer ${key}` });
  expect(await as('sd_test')).toMatchObject({ basis: 'HISTORY' });
  expect(await as('sd_other')).toEqual(UNKNOWN);
});

test('a video is on the list, unless the account has paid for the same', async () => {
  const { estimate, requests } = await startEstimates();
  const film = { videoModel: 'seedance2_fast_720p', videoPrompt: 'a pier', videoDuration: 5 };
  const input = { createPrompt: { tuneId: GEMINI, ...film } };
  expect(await estimate(input)).toEqual({
    span: [110_000, 137_500, 144_375],
    basis: 'LIST',
    samples: 0,
    asOf: '2026-08-21T00:00:00.000Z',
  });
  expect(requests()).toEqual(['GET /prompts?is_video=true&limit=120']);
  const row = { video_model: 'seedance2_fast_720p', video_duration: 5, cost_mc: 140_000 };
  const again = await startEstimates();
  again.account.addPrompt({ tune_id: GEMINI, ...row });
  again.account.addPrompt({ tune_id: GEMINI, ...row, video_duration: 8, cost_mc: 224_000 });
  expect(await again.estimate(input)).toEqual({
    ...{ span: [140_000, 140_000, 140_000], basis: 'HISTORY', samples: 1, asOf: AN_HOUR_AGO },
  });
});

test.each([
  { videoUpscaleModel: 'topaz' },
  { videoFpsModel: 'topaz' },
  { videoModel: 'of_next_month' },
  { videoModel: undefined, videoPrompt: undefined, text: 'a pier --video --video_model kling25' },
])('a video with %j is not on any list', async (more) => {
  const film = { videoModel: 'kling25', videoPrompt: 'a pier', text: 'a pier' };
  const { estimate } = await startEstimates();
  expect(await estimate({ createPrompt: { tuneId: GEMINI, ...film, ...more } })).toEqual(UNKNOWN);
});

test('a copy costs what its original did, or what its changes make of it', async () => {
  const { estimate, account, requests } = await startEstimates();
  account.addPrompt({ id: 9, num_images: 4, cost_mc: 9200 });
  account.addPrompt({ id: 8, num_images: 2, cost_mc: 4600 });
  const known = { basis: 'HISTORY', samples: 1 };
  expect(await estimate({ duplicatePrompt: { id: 9 } })).toMatchObject({
    ...{ span: [9200, 9200, 9200], ...known },
  });
  expect(requests()).toEqual(['GET /prompts/9']);
  const overrides = { numImages: 2 };
  expect(await estimate({ duplicatePrompt: { id: 9, overrides } })).toMatchObject({
    ...{ span: [4600, 4600, 4600], ...known },
  });
  expect(await estimate({ duplicatePrompt: { id: 7 } })).toMatchObject([
    { extensions: { code: 'NOT_FOUND' } },
  ]);
});

test.each([
  { imageIndex: 0 },
  { overrides: { videoPrompt: 'waves' } },
  { overrides: { videoDuration: 10 } },
])('a copy of an image with %j is a video of a model that nobody knows', async (more) => {
  const { estimate, account } = await startEstimates();
  account.addPrompt({ id: 9, num_images: 4, cost_mc: 9200 });
  expect(await estimate({ duplicatePrompt: { id: 9, ...more } })).toEqual(UNKNOWN);
});

test('a blank model does not make a copy of a video an image', async () => {
  const { estimate, account } = await startEstimates();
  const film = { video_model: 'kling30_pro', video_prompt: 'pan', video_duration: 5 };
  account.addPrompt({ id: 9, cost_mc: 205_000, ...film });
  account.addPrompt({ id: 8, cost_mc: 2300 });
  const overrides = { videoModel: '' };
  expect(await estimate({ duplicatePrompt: { id: 9, overrides } })).toMatchObject({
    span: [205_000, 205_000, 205_000],
  });
});

test('a training costs what the same has cost, with its prompts', async () => {
  const { estimate, account, requests } = await startEstimates();
  account.addTune({
    model_type: 'lora',
    cost_mc: 150_000,
    args: 'preset=flux-lora-fast',
    steps: 300,
  });
  account.addTune({
    model_type: 'lora',
    cost_mc: 250_000,
    args: 'preset=flux-lora-focus',
    steps: 500,
  });
  account.addTune({ model_type: 'faceid', base_tune_id: FLUX });
  account.addPrompt({ cost_mc: 2300 });
  const tune = { title: 'Ines', imageUrls: [PHOTO], modelType: 'lora', baseTuneId: FLUX };
  expect(await estimate({ createTune: tune })).toMatchObject({
    ...{ span: [150_000, 150_000, 250_000], basis: 'HISTORY', samples: 2 },
  });
  expect(requests()).toEqual(['GET /tunes?model_type=lora&limit=120']);
  const promptsAttributes = [{ text: 'a pier' }, { text: 'a quay' }];
  const focused = { ...tune, preset: 'flux-lora-focus', promptsAttributes };
  expect(await estimate({ createTune: focused })).toMatchObject({
    ...{ span: [254_600, 254_600, 254_600], basis: 'HISTORY', samples: 3 },
  });
  for (const more of [{ modelType: 'faceid' }, { steps: 1000 }, { baseTuneId: GEMINI }]) {
    expect(await estimate({ createTune: { ...tune, ...more } })).toEqual(UNKNOWN);
  }
  expect(await estimate({ createTune: { ...focused, branch: 'fast' } })).toMatchObject({
    ...{ span: [0, 0, 0], basis: 'LIST' },
  });
});

test('a theme costs ten prompts for each tune', async () => {
  const { estimate, account, requests } = await startEstimates();
  account.addTune({ id: 5, model_type: 'lora', base_tune_id: FLUX });
  account.addTune({ id: 6, model_type: 'lora', base_tune_id: FLUX });
  account.addPrompt({ num_images: 2, cost_mc: 4600 });
  expect(await estimate({ createTheme: { theme: 'sea', tuneIds: [5, 6], numImages: 2 } })).toEqual({
    ...{ span: [92_000, 92_000, 92_000], basis: 'HISTORY', samples: 2, asOf: AN_HOUR_AGO },
  });
  expect(requests()).toHaveLength(3);
});

test.each(['createTune', 'createPrompt'])(
  '%s of what would be refused is refused',
  async (name) => {
    const { estimate, requests } = await startEstimates();
    const inputs: Record<string, object> = {
      createTune: { title: 'Ines', imageUrls: [PHOTO], steps: -1 },
      createPrompt: { tuneId: FLUX, text: 'a pier', steps: 99 },
    };
    expect(await estimate({ [name]: inputs[name] })).toMatchObject([
      {
        extensions: {
          code: 'VALIDATION_FAILED',
          fieldErrors: [{ path: ['input', name, 'steps'] }],
        },
      },
    ]);
    expect(requests()).toEqual([]);
  },
);

test('who may use one workspace learns nothing of another', async () => {
  const { account, run, requests, emulator } = await startBound(['679']);
  account.addPrompt({ id: 90, tune_id: GEMINI, workspace_id: 683, cost_mc: 12_500 });
  const input = { generateWithGemini: { text: 'a pier', workspaceId: 679 } };
  const as = (name: string, asked: object = input) => estimateBy({ run }, asked, bearer(name));
  expect(await as('free')).toMatchObject({ basis: 'HISTORY', samples: 1 });
  expect(await as('bound')).toEqual(UNKNOWN);
  emulator.clearRequests();
  // An id of another place is as one that there is not, and so are the calls.
  const toTune = (tuneId: number) => ({ createPrompt: { tuneId, text: 'x', workspaceId: 679 } });
  const answers = [await as('bound', toTune(12)), requests()];
  emulator.clearRequests();
  const others = [await as('bound', toTune(15)), requests()];
  expect(JSON.stringify(others).replaceAll('15', '12').replaceAll('16', '13')).toEqual(
    JSON.stringify(answers),
  );
  expect(answers[0]).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const elsewhere = { generateWithGemini: { text: 'a pier', workspaceId: 683 } };
  expect(await as('bound', elsewhere)).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('files in the input are not read', async () => {
  const { url, account, writes } = await startPaid();
  account.addPrompt({ cost_mc: 2300 });
  const input = { createPrompt: { tuneId: FLUX, text: 'x', inputImage: { file: null } } };
  const query =
    'query ($input: CostEstimateInput!) { costEstimate(input: $input) { likely { milliCents } } }';
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { input } }));
  form.set('map', '{"0":["variables.input.createPrompt.inputImage.file"]}');
  form.set('0', new Blob(['x'.repeat(300_000)], { type: 'image/png' }), '0.png');
  const headers = { 'x-requested-with': 'test' };
  const response = await fetch(url, { method: 'POST', body: form, headers });
  expect(await response.json()).toEqual({
    data: { costEstimate: { likely: { milliCents: 2300 } } },
  });
  expect(writes()).toEqual([]);
});
