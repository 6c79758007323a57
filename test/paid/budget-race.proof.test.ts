import { test } from 'vitest';
import { raceForTheLastCent } from './budget-race.ts';
import { newPath } from './ledger/support.ts';

test('two processes with one file do not exceed the budget', async () => {
  await raceForTheLastCent({ LEDGER_PATH: await newPath() });
});
