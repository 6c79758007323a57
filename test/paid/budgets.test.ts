/** Budgets: of a gateway key, of a token, of the whole gateway; what is put aside, and what settles it. */
import { expect, test } from 'vitest';
import { startBudgets, untilSpending } from '../support/budgets.ts';
import { bearer } from '../support/gateway-keys.ts';
import { PNG } from '../support/multipart.ts';
import { PHOTO } from '../support/paid.ts';

const web = (budget: object) => ({ name: 'web', budget });
const TOMORROW = '2026-11-02T00:00:00.000Z';

test('a write that exceeds the budget is refused before it is sent', async () => {
  const gateway = await startBudgets([web({ day: '0.25' })]);
  expect((await gateway.prompt('web')).errors).toBeUndefined();
  expect((await gateway.prompt('web')).errors).toBeUndefined();
  expect(await gateway.spending('key web')).toEqual([0, 20_000]);
  expect((await gateway.prompt('web')).errors).toMatchObject([
    {
      message: `Your budget for a day is 0.25 USD, of which 0.2 is spent or reserved; this may cost 0.1 USD. Nothing was sent. It starts again at ${TOMORROW}.`,
      extensions: {
        code: 'FORBIDDEN',
        limit: { name: 'budgetDay', max: 25_000, found: 30_000 },
        resetsAt: TOMORROW,
        outcome: 'NOT_DONE',
      },
    },
  ]);
  expect(gateway.writes()).toHaveLength(2);
});

test('the first row with a price settles the reservation, even if nobody waits for it', async () => {
  const gateway = await startBudgets([web({ day: '0.25' })]);
  await gateway.prompt('web');
  await gateway.prompt('web');
  await untilSpending(gateway, 'key web', [4600, 0]);
  expect(gateway.logged.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      ...{ msg: 'a price was told', budgets: ['key web'], spentMc: 2300, reservedMc: 0 },
    }),
  );
  // From now on it is known what that costs.
  expect((await gateway.prompt('web')).errors).toBeUndefined();
  expect(await gateway.spending('key web')).toEqual([4600, 2300]);
});

test('a failed prompt costs nothing', async () => {
  const gateway = await startBudgets([web({ day: '1' })]);
  await gateway.prompt('web', { text: 'a pier [fail]' });
  await untilSpending(gateway, 'key web', [0, 0]);
});

test('a refused write releases its reservation', async () => {
  const gateway = await startBudgets([web({ day: '1' })]);
  gateway.emulator.fail({ method: 'POST', status: 422, body: { text: ['is odd'] } });
  expect((await gateway.prompt('web')).errors).toHaveLength(1);
  expect(await gateway.spending('key web')).toEqual([0, 0]);
});

test('a write with an unknown outcome stays reserved', async () => {
  const gateway = await startBudgets([web({ day: '1' })]);
  gateway.emulator.fail({ method: 'POST', status: 504 });
  const { errors } = await gateway.prompt('web', { idempotencyKey: 'order 17' });
  expect(errors).toMatchObject([{ extensions: { outcome: 'UNKNOWN' } }]);
  expect(await gateway.spending('key web')).toEqual([0, 10_000]);
});

test('a lost write is settled when it is found', async () => {
  const gateway = await startBudgets([web({ day: '1' })]);
  gateway.emulator.fail({ method: 'POST', status: 504, afterWrite: true });
  expect((await gateway.prompt('web')).errors).toBeUndefined();
  expect(await gateway.spending('key web')).toEqual([0, 10_000]);
  await untilSpending(gateway, 'key web', [2300, 0]);
});

test('a retry with the same key costs nothing more', async () => {
  const gateway = await startBudgets([web({ day: '0.10' })]);
  const key = { idempotencyKey: 'order 17' };
  const made = await gateway.prompt('web', key);
  expect(await gateway.prompt('web', key)).toEqual({ data: made.data });
  expect(await gateway.spending('key web')).toEqual([0, 10_000]);
});

test('a video is reserved by the published price, and may cost another one', async () => {
  const gateway = await startBudgets([web({ day: '9' })], { unknowns: { priceFactor: 1.04 } });
  const film = { videoModel: 'kling30_pro', videoPrompt: 'pan', videoDuration: 5 };
  await gateway.prompt('web', film);
  expect(await gateway.spending('key web')).toEqual([0, 215_250]);
  await untilSpending(gateway, 'key web', [213_200, 0]);
});

test('the prompts of a training stay reserved until they have prices', async () => {
  const gateway = await startBudgets([web({ day: '9' })]);
  const { run } = gateway;
  const input = { title: 'Ines', imageUrls: [PHOTO], modelType: 'lora', baseTuneId: '1504944' };
  const promptsAttributes = [{ text: 'ohwx woman', numImages: 2 }];
  await run(
    'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
    { input: { ...input, name: 'woman', promptsAttributes } },
    bearer('web'),
  );
  expect(await gateway.spending('key web')).toEqual([0, 220_000]);
  await untilSpending(gateway, 'key web', [154_600, 0]);
});

test('an instant reference never has a price, so its amount stays reserved', async () => {
  const gateway = await startBudgets([web({ day: '9' })]);
  const { run, clock, spending } = gateway;
  const input = { title: 'Ines', name: 'woman', imageUrls: [PHOTO], modelType: 'faceid' };
  await run(
    'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
    { input },
    bearer('web'),
  );
  for (let turn = 0; turn < 5; turn++) {
    clock.advance(60_000);
    expect(await spending('key web')).toEqual([0, 200_000]);
  }
});

test('each key has its own budget, and all keys share that of the gateway', async () => {
  const keys = [web({ day: '1' }), { name: 'batch', budget: { month: '1' } }, { name: 'free' }];
  const environment = { BUDGET_DAY: '0.30' };
  const gateway = await startBudgets(keys, { environment });
  for (const name of ['web', 'batch', 'free']) {
    expect((await gateway.prompt(name)).errors).toBeUndefined();
  }
  const spent = ['key web', 'key batch', 'gateway', 'key free'].map(gateway.spending);
  expect(await Promise.all(spent)).toEqual([
    ...[
      [0, 10_000],
      [0, 10_000],
      [0, 30_000],
      [0, 0],
    ],
  ]);
  expect((await gateway.prompt('free')).errors).toMatchObject([
    {
      message: expect.stringMatching(/^The budget of this gateway for a day is 0\.3 USD/),
      extensions: { limit: { name: 'budgetDay', max: 30_000, found: 40_000 } },
    },
  ]);
});

test('a key of the caller’s own is not counted', async () => {
  const environment = { BUDGET_DAY: '0.01', ALLOW_CALLER_KEYS: 'on' };
  const { run, spending } = await startBudgets([{ name: 'web' }], { environment });
  const { errors } = await run(
    'mutation { createPrompt(input: { tuneId: 1504944, text: "a pier" }) { prompt { id } } }',
    {},
    { authorization: 'Bearer sd_own' },
  );
  expect(errors).toBeUndefined();
  expect(await spending('gateway')).toEqual([0, 0]);
});

test('on a machine of one’s own the gateway’s budget counts too', async () => {
  const gateway = await startBudgets([], { environment: { BUDGET_MONTH: '0.15' } });
  expect((await gateway.prompt(undefined)).errors).toBeUndefined();
  expect((await gateway.prompt(undefined)).errors).toMatchObject([
    {
      extensions: {
        limit: { name: 'budgetMonth', max: 15_000, found: 20_000 },
        resetsAt: '2026-12-01T00:00:00.000Z',
      },
    },
  ]);
});

test('a day later the budget has room again', async () => {
  const gateway = await startBudgets([web({ day: '0.10' })]);
  await gateway.prompt('web');
  expect((await gateway.prompt('web')).errors).toHaveLength(1);
  gateway.clock.advance(12 * 3_600_000);
  expect((await gateway.prompt('web')).errors).toBeUndefined();
});

test('nothing is sent while the price cannot be read', async () => {
  const gateway = await startBudgets([web({ day: '1' })]);
  gateway.emulator.fail({ method: 'GET', path: '/prompts', status: 503, times: 5 });
  expect((await gateway.prompt('web')).errors).toMatchObject([
    { extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } },
  ]);
  expect(gateway.writes()).toEqual([]);
  expect(await gateway.spending('key web')).toEqual([0, 0]);
});

test('a file is sent if the budget has room, and not read otherwise', async () => {
  const gateway = await startBudgets([web({ day: '0.10' })]);
  const send = async () => {
    const input = { tuneId: '1504944', text: 'x', numImages: 1, inputImage: { file: null } };
    const query =
      'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }';
    const form = new FormData();
    form.set('operations', JSON.stringify({ query, variables: { input } }));
    form.set('map', '{"0":["variables.input.inputImage.file"]}');
    form.set('0', new Blob([new Uint8Array(PNG)], { type: 'image/png' }), '0.png');
    const headers = { ...bearer('web'), 'x-requested-with': 'test' };
    const response = await fetch(gateway.url, { method: 'POST', body: form, headers });
    return (await response.json()) as { errors?: { extensions: object }[] };
  };
  expect((await send()).errors).toBeUndefined();
  expect((await send()).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', limit: { name: 'budgetDay' }, outcome: 'NOT_DONE' } },
  ]);
  expect(gateway.writes()).toHaveLength(1);
});
