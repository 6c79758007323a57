/** Streams of a process that is killed, scaled down. In full: `npm run test:streams`. */
import { expect, test } from 'vitest';
import { proveKills } from './streams/proofs.ts';

test('streams go on at another process after kill -9', async () => {
  const { offences } = await proveKills({ kills: 3, jobs: 30, seed: 1 });
  expect(offences).toEqual([]);
});
