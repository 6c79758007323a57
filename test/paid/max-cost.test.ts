/** `maxCost`: what may cost more, or nobody knows how much, is not sent. */
import { expect, test } from 'vitest';
import { FLUX, PHOTO, startPaid } from '../support/paid.ts';

const refusal = (message: string) => [
  {
    message: `maxCost ${message}`,
    extensions: {
      code: 'VALIDATION_FAILED',
      source: 'GATEWAY',
      fieldErrors: [{ path: ['input', 'maxCost'], message }],
      outcome: 'NOT_DONE',
    },
  },
];
const NOBODY_KNOWS =
  'cannot be guaranteed, because the cost of this is not known: nothing was sent';

async function startPriced() {
  const gateway = await startPaid();
  gateway.account.addPrompt({ cost_mc: 2300 });
  gateway.account.addPrompt({ cost_mc: 2500 });
  return gateway;
}

test('a write that may cost more than maxCost is refused before it is sent', async () => {
  const { prompt, writes } = await startPriced();
  expect((await prompt({ maxCost: '0.02499' })).errors).toMatchObject(
    refusal('is 0.02499 USD, and it may cost 0.025: nothing was sent'),
  );
  expect(writes()).toEqual([]);
  expect((await prompt({ maxCost: '0.025' })).errors).toBeUndefined();
  expect(writes()).toHaveLength(1);
});

test('a write of unknown cost is refused, and Astria never sees maxCost', async () => {
  const { prompt, tune, emulator, writes } = await startPriced();
  expect((await prompt({ maxCost: '9', numImages: 3 })).errors).toMatchObject(
    refusal(NOBODY_KNOWS),
  );
  expect((await tune({ maxCost: '9' })).errors).toMatchObject(refusal(NOBODY_KNOWS));
  expect(writes()).toEqual([]);
  await prompt({ maxCost: '9' });
  expect(JSON.stringify(emulator.requests)).not.toMatch(/max_?cost/i);
});

test.each(['', 'free', '-1', '1e3', '0,25', '1.000001', ' 1'])(
  '"%s" is no amount',
  async (maxCost) => {
    const { prompt, requests } = await startPriced();
    expect((await prompt({ maxCost })).errors).toMatchObject(
      refusal('must be an amount of US dollars with 5 decimals at most, such as 0.25'),
    );
    expect(requests()).toEqual([]);
  },
);

test('a refusal frees the key, and maxCost is not part of the digest', async () => {
  const { prompt, writes } = await startPriced();
  const key = { idempotencyKey: 'order 17' };
  expect((await prompt({ ...key, maxCost: '0.001' })).errors).toHaveLength(1);
  const made = await prompt({ ...key, maxCost: '0.025' });
  expect(made.errors).toBeUndefined();
  // What is there already costs nothing more.
  expect(await prompt({ ...key, maxCost: '0.001' })).toEqual(made);
  expect(await prompt(key)).toEqual(made);
  expect(writes()).toHaveLength(1);
});

const PAID: [string, object, string][] = [
  ['createTune', { title: 'Ines', imageUrls: [PHOTO] }, 'tune { astriaId }'],
  ['createPrompt', { tuneId: FLUX, text: 'x' }, 'prompt { astriaId }'],
  ['generateWithGemini', { text: 'x' }, 'prompt { astriaId }'],
  ['generateWithSeedream', { text: 'x' }, 'prompt { astriaId }'],
  ['duplicatePrompt', { id: 50 }, 'prompt { astriaId }'],
  ['runPack', { id: 8, tuneIds: [77] }, 'message'],
  ['createTheme', { theme: 'sea', tuneIds: [77] }, 'tunes { astriaId }'],
];

test.each(PAID)('%s respects maxCost', async (mutation, input, fields) => {
  const { run, account, writes } = await startPaid();
  account.addPack({ id: 8, costs: { woman: { cost_mc: 9000 } } });
  account.addTune({ id: 77, model_type: 'lora' });
  account.addPrompt({ id: 50, num_images: 4 });
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const operation = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`;
  const { errors } = await run(operation, { input: { ...input, maxCost: '0.0001' } });
  expect(errors).toMatchObject([{ extensions: { outcome: 'NOT_DONE' } }]);
  expect(writes()).toEqual([]);
});

test('nothing is sent while Astria reports no prices', async () => {
  const { prompt, emulator, writes } = await startPriced();
  emulator.fail({ method: 'GET', path: '/prompts', status: 503, times: 5 });
  const { errors } = await prompt({ maxCost: '1' });
  expect(errors).toMatchObject([
    { extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } },
  ]);
  expect(writes()).toEqual([]);
  emulator.clearFaults();
  expect((await prompt({ maxCost: '1' })).errors).toBeUndefined();
});

test('the calls of an estimate do not count against the operation', async () => {
  const { run, account } = await startPaid({ environment: { MAX_UPSTREAM_CALLS: '1' } });
  account.addPrompt({ cost_mc: 2300 });
  const input = { tuneId: FLUX, text: 'a pier', maxCost: '1' };
  const operation = `mutation ($input: CreatePromptInput!) {
    createPrompt(input: $input) { prompt { astriaId } }
  }`;
  expect((await run(operation, { input })).errors).toBeUndefined();
});
