/** What a caller is told of what it may spend. */
import { expect, test } from 'vitest';
import { startBudgets, untilSpending } from '../support/budgets.ts';
import { bearer } from '../support/gateway-keys.ts';

const PERIODS = `
  day { limit { usd } spent { usd } reserved { usd } left { usd } resetsAt }
  month { limit { usd } spent { usd } reserved { usd } left { usd } resetsAt }`;
const VIEWER = `{ viewer { budget { ${PERIODS} } } }`;
const CREATE = `mutation ($input: CreatePromptInput!) {
  createPrompt(input: $input) { cost { usd } budget { day { left { usd } } } }
}`;
const input = { tuneId: '1504944', text: 'a pier', numImages: 1 };
const usd = (amount: number) => ({ usd: amount });
const bound = { name: 'web', workspaces: ['personal'], budget: { day: '0.25' } };

test('who may use one workspace is told its budget, and nothing else of the account', async () => {
  const gateway = await startBudgets([bound]);
  const { run, requests } = gateway;
  await gateway.prompt('web');
  await untilSpending(gateway, 'key web', [2300, 0]);
  await gateway.prompt('web', { numImages: 2 });
  gateway.emulator.clearRequests();
  const { data, errors } = await run(VIEWER, {}, bearer('web'));
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    viewer: {
      budget: {
        day: {
          ...{ limit: usd(0.25), spent: usd(0.023), reserved: usd(0.2), left: usd(0.027) },
          resetsAt: '2026-11-02T00:00:00.000Z',
        },
        month: {
          ...{ limit: null, spent: usd(0.023), reserved: usd(0.2), left: null },
          resetsAt: '2026-12-01T00:00:00.000Z',
        },
      },
    },
  });
  expect(requests()).toEqual([]);
});

test('without a budget of one’s own it is that of the gateway, or none', async () => {
  const environment = { BUDGET_DAY: '3' };
  const keys = [{ name: 'free' }, { name: 'web', budget: { month: '1' } }];
  const { run } = await startBudgets(keys, { environment });
  const limitsOf = async (name: string) => {
    const { data } = await run(VIEWER, {}, bearer(name));
    const { budget } = (data as { viewer: { budget: Record<string, { limit: unknown }> } }).viewer;
    return [budget.day?.limit, budget.month?.limit];
  };
  expect(await limitsOf('free')).toEqual([usd(3), null]);
  expect(await limitsOf('web')).toEqual([null, usd(1)]);
  const unbounded = await startBudgets([{ name: 'free' }]);
  const { data } = await unbounded.run(VIEWER, {}, bearer('free'));
  expect(data).toEqual({ viewer: { budget: null } });
});

test('a payload says what is left, and the answer what it has put aside', async () => {
  const { run } = await startBudgets([bound]);
  expect(await run(CREATE, { input }, bearer('web'))).toEqual({
    data: { createPrompt: { cost: null, budget: { day: { left: usd(0.15) } } } },
    extensions: { cost: { spent: 0, reserved: 10_000, left: 15_000 } },
  });
});

test('what was spent at once is told at once', async () => {
  const { run, account } = await startBudgets([{ name: 'web', budget: { day: '9' } }]);
  account.addTune({ id: 21, name: 'woman', model_type: 'faceid', base_tune_id: 3_618_064 });
  account.addTune({ id: 22, name: 'boots', model_type: 'faceid', base_tune_id: 3_618_064 });
  const answer = await run(
    'mutation { runPack(input: { id: 4001, tuneIds: [21, 22] }) { cost { milliCents } budget { day { spent { milliCents } } } } }',
    {},
    bearer('web'),
  );
  expect(answer).toEqual({
    data: {
      runPack: { cost: { milliCents: 37_500 }, budget: { day: { spent: { milliCents: 37_500 } } } },
    },
    extensions: { cost: { spent: 37_500, reserved: 0, left: 862_500 } },
  });
});

test('nothing is told where nothing is spent, or nothing is bounded', async () => {
  const { run } = await startBudgets([bound, { name: 'free' }]);
  expect(await run(CREATE, { input }, bearer('free'))).toEqual({
    data: { createPrompt: { cost: null, budget: null } },
  });
  const refused = await run(CREATE, { input: { ...input, numImages: 3 } }, bearer('web'));
  expect(refused).toMatchObject({ data: null });
  expect(refused.extensions).toBeUndefined();
});
