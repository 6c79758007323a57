/** The same as `npm run test:rollout`, for a few seconds and without a proxy. */
import { expect, test } from 'vitest';
import { rollOut } from '../rollout/rollout.ts';

test('restarting one process after the other is noticed by no client', async () => {
  const plan = { restarts: 2, ratePerSecond: 25, delaySeconds: 1, front: 'client' } as const;
  const { offences, reads, made, unknown } = await rollOut(plan);
  expect({ offences, unknown }).toEqual({ offences: [], unknown: 0 });
  expect(Math.min(reads, made.length)).toBeGreaterThan(10);
}, 120_000);
