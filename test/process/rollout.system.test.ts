/** The same as `npm run test:rollout`, for a few seconds. */
import { expect, test } from 'vitest';
import { rollOut } from '../rollout/rollout.ts';

test.each(['nginx', 'haproxy'] as const)(
  'behind %s no client notices that one of three processes after the other is restarted',
  async (front) => {
    const plan = {
      restarts: 2,
      ratePerSecond: 25,
      delaySeconds: 2,
      front,
      replicas: 3,
      followers: 9,
    };
    const { offences, reads, made, unknown, streams } = await rollOut(plan);
    expect({ offences, unknown }).toEqual({ offences: [], unknown: 0 });
    expect(Math.min(reads, made.length)).toBeGreaterThan(10);
    expect(streams.resumed).toBeGreaterThan(0);
  },
);
