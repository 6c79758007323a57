/** What a run of a pack would cost, by the pack's own prices. */
import { expect, test } from 'vitest';
import { startEstimates, UNKNOWN } from '../support/estimates.ts';
import { FLUX, PHOTO } from '../support/paid.ts';

const COSTS = {
  woman: { cost_mc: 360_000, num_images: 35 },
  man: { cost_mc: 331_000, num_images: 28 },
};
const OF_A_PACK = { basis: 'PACK', samples: 0, asOf: '2026-11-01T12:00:00.000Z' };

async function start(more: object = {}) {
  const gateway = await startEstimates();
  const { account, estimate } = gateway;
  account.addPack({ id: 8, costs: COSTS, ...more });
  account.addTune({ id: 5, model_type: 'lora', name: 'woman' });
  account.addTune({ id: 6, model_type: 'lora', name: 'man' });
  account.addTune({ id: 7, model_type: 'lora', name: 'dog' });
  return { ...gateway, ofRun: (input: object) => estimate({ runPack: { id: 8, ...input } }) };
}

test('each tune costs what the pack asks for its class', async () => {
  const { ofRun, requests } = await start();
  const both = 691_000;
  expect(await ofRun({ tuneIds: [5] })).toEqual({
    span: [360_000, 360_000, 360_000],
    ...OF_A_PACK,
  });
  expect(await ofRun({ tuneIds: [5, 6] })).toMatchObject({ span: [both, both, both] });
  expect(requests()).toHaveLength(2 + 3);
});

test('a class that it has no price for may be made with all it has', async () => {
  const { ofRun } = await start();
  expect(await ofRun({ tuneIds: [7] })).toMatchObject({ span: [331_000, 360_000, 691_000] });
  const five = { tuneIds: [5, 6, 7, 5, 6] };
  expect(await ofRun(five)).toMatchObject({ basis: 'PACK' });
});

test('a multi pack brings all tunes together', async () => {
  const { ofRun } = await start({ use_multi: true });
  expect(await ofRun({ tuneIds: [5, 7] })).toMatchObject({ span: [360_000, 360_000, 360_000] });
});

test('with photos, whether the training is in the price is not known', async () => {
  const { ofRun, account } = await start();
  const onPhotos = { title: 'Ines', name: 'woman', images: [{ url: PHOTO }] };
  account.addTune({ model_type: 'lora', base_tune_id: FLUX, cost_mc: 150_000 });
  expect(await ofRun(onPhotos)).toMatchObject({
    ...{ span: [360_000, 510_000, 510_000], basis: 'PACK', samples: 4 },
  });
});

test('where a training was never paid for, nobody knows', async () => {
  const { estimate, account } = await startEstimates();
  account.addPack({ id: 8, costs: COSTS });
  const onPhotos = { id: 8, title: 'Ines', name: 'woman', images: [{ url: PHOTO }] };
  expect(await estimate({ runPack: onPhotos })).toEqual(UNKNOWN);
});

test('whether the factor of the API is in the price is not known', async () => {
  const { ofRun } = await start({ multiplier_api: 1.5 });
  expect(await ofRun({ tuneIds: [5] })).toMatchObject({ span: [360_000, 360_000, 540_000] });
});

test('chosen templates cost what the pack says of them, and all at most', async () => {
  const template_prompts = [501, 502].map((id) => ({ id, text: 'x', cost_mc: 12_500 }));
  const { ofRun } = await start({ template_prompts });
  expect(await ofRun({ tuneIds: [5], promptIds: [501] })).toMatchObject({
    span: [12_500, 12_500, 12_500],
  });
  expect(await ofRun({ tuneIds: [5], promptIds: [501, 503] })).toMatchObject({
    span: [0, 360_000, 360_000],
  });
});

test('what changes the price of its prompts is in no price', async () => {
  const { ofRun } = await start();
  const changed = { numImages: 8 };
  expect(await ofRun({ tuneIds: [5], promptAttributes: changed })).toEqual(UNKNOWN);
  const harmless = { seed: 7, callback: 'https://a.example/done' };
  expect(await ofRun({ tuneIds: [5], promptAttributes: harmless })).toMatchObject(OF_A_PACK);
});

test.each([
  [{ tuneIds: [99] }, 'Tune 99'],
  [{ id: 77, tuneIds: [5] }, 'Pack 77'],
])('a run of %j is NOT_FOUND', async (input, what) => {
  const { ofRun } = await start();
  expect(await ofRun(input)).toMatchObject([
    { message: expect.stringContaining(what), extensions: { code: 'NOT_FOUND' } },
  ]);
});
