/** The short form of `npm run test:hostile`. */
import { expect, test } from 'vitest';
import { floodAll } from './hostile/floods.ts';
import { attackAll } from './hostile/run.ts';

test('nothing that strangers send brings it down, is dear, or is a defect', async () => {
  // Beside all other tests on the same cores, the same work takes up to twice the time: 100 ms are what the command holds to.
  const { rows, faults } = await attackAll({ seed: 1, runs: 20, slow: 5, maxCpuMs: 200 });
  expect(faults).toEqual([]);
  expect(rows.every(({ attacks }) => attacks > 19)).toBe(true);
});

test('clients that take nothing, ask all at once, or sit there, leave it alive', async () => {
  const rows = await floodAll({
    ...{ pipelined: 120, connections: 20, behindSlow: 5, halfBodies: 0, atOnce: 200, starts: 1 },
    ...{ idle: 300, descriptors: 300, untilEnd: false },
    // Of bodies: test/http/held-bodies.test.ts.
    // Beside all other tests it stands still for whatever the others take.
    maxStallMs: 5000,
  });
  expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
});
