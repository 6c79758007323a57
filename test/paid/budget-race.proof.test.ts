import { test } from 'vitest';
import { raceForTheLastCent } from './budget-race.ts';
import { newPath } from './ledger/support.ts';

test('two processes with one file spend what fits, and no more', async () => {
  await raceForTheLastCent({ LEDGER_PATH: await newPath() });
});
