import { expect, test } from 'vitest';
import { AS_MANY_AS_FIT, raceForTheLastCent } from './budget-race.ts';
import { newPath } from './ledger/support.ts';

test('two processes with one file do not exceed the budget', async () => {
  expect(await raceForTheLastCent({ LEDGER_PATH: await newPath() })).toEqual(AS_MANY_AS_FIT);
});
