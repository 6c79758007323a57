/** What a caller may try in order to spend more than its budget allows. */
import { expect, test } from 'vitest';
import { startBudgets, untilSpending } from '../support/budgets.ts';
import { bearer } from '../support/gateway-keys.ts';
import { FLUX } from '../support/paid.ts';

/** `BUDGET_UNKNOWN_VIDEO`, in milli-cents. */
const VIDEO_MC = 500_000;
const FILM = { videoModel: 'kling30_pro', videoPrompt: 'pan', videoDuration: 5 };

async function start() {
  const gateway = await startBudgets([{ name: 'web', budget: { day: '100' } }]);
  const { run, spending } = gateway;
  const asWeb = (query: string, input: object) => run(query, { input }, bearer('web'));
  /** Returns what an operation puts aside, in milli-cents. */
  const aside = async (operation: () => Promise<{ errors?: unknown }>) => {
    const [, before = 0] = await spending('key web');
    expect((await operation()).errors).toBeUndefined();
    const [, after = 0] = await spending('key web');
    return after - before;
  };
  const copy = (input: object) =>
    asWeb(
      'mutation ($input: DuplicatePromptInput!) { duplicatePrompt(input: $input) { prompt { astriaId } } }',
      input,
    );
  const runPack = (input: object) =>
    asWeb('mutation ($input: RunPackInput!) { runPack(input: $input) { message } }', input);
  return { ...gateway, aside, copy, runPack };
}

test('the budget for unknown videos counts for the copy of an upscaled one, until its price is told', async () => {
  const gateway = await start();
  const { aside, copy } = gateway;
  const made = await gateway.prompt('web', { ...FILM, videoUpscaleModel: 'topaz' });
  const id = made.data?.createPrompt.prompt.astriaId;
  expect(await aside(() => copy({ id }))).toBe(VIDEO_MC);
  await untilSpending(gateway, 'key web', [2 * 205_000, 0]);
  // The price of the original includes what its row does not show.
  expect(await aside(() => copy({ id }))).toBe(205_000);
  for (const overrides of [{ videoAudio: true }, { videoDuration: 10 }]) {
    expect(await aside(() => copy({ id, overrides }))).toBe(VIDEO_MC);
  }
});

test('a pack of videos counts with its own price, whatever attributes change', async () => {
  const { account, aside, runPack } = await start();
  account.addTune({ id: 77, model_type: 'lora', name: 'woman', token: 'ohwx' });
  account.addPack({ id: 8, title: 'Walks' });
  const film = { video_model: 'kling30_pro', video_prompt: 'pan', video_duration: 5 };
  account.addPrompt({ pack_id: 8, text: '<lora:77:1> ohwx woman', cost_mc: 205_000, ...film });
  const input = { id: 8, tuneIds: [77] };
  expect(await aside(() => runPack(input))).toBe(205_000);
  const changed = { ...input, promptAttributes: { numImages: 1, steps: 30 } };
  expect(await aside(() => runPack(changed))).toBe(205_000 + 10_000);
  const longer = { ...input, promptAttributes: { videoDuration: 10 } };
  expect(await aside(() => runPack(longer))).toBe(205_000 + VIDEO_MC);
});

test('what was free on a mock says nothing of the price on its base model', async () => {
  const gateway = await start();
  const { account, aside, prompt } = gateway;
  const mock = { id: 77, branch: 'fast', model_type: 'lora', base_tune_id: Number(FLUX) };
  account.addTune({ ...mock, name: 'woman', token: 'ohwx' });
  const asked = { text: 'ohwx woman', numImages: 7 };
  expect(await aside(() => prompt('web', { ...asked, tuneId: '77' }))).toBe(70_000);
  await untilSpending(gateway, 'key web', [0, 0]);
  expect(await aside(() => prompt('web', asked))).toBe(70_000);
});
