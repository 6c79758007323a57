/** The short form of `npm run test:hostile`. */
import { expect, test } from 'vitest';
import { attackAll } from './hostile/run.ts';

test('nothing that strangers send brings it down, is dear, or is a defect', {
  timeout: 120_000,
}, async () => {
  // Beside all other tests on the same cores, the same work takes up to twice the time: 50 ms are what the command holds to.
  const { rows, faults } = await attackAll({ seed: 1, runs: 20, slow: 5, maxCpuMs: 100 });
  expect(faults).toEqual([]);
  expect(rows.every(({ attacks }) => attacks > 19)).toBe(true);
});
