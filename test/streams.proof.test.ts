/** What must hold of those who wait, scaled down. In full: `npm run test:streams`. */
import { describe, expect, test } from 'vitest';
import {
  proveCallbacks,
  proveForgeries,
  proveLooks,
  proveMany,
  proveSleeper,
} from './streams/proofs.ts';

/** Beside all other tests everything is late. */
const LATE_MS = 20_000;
const LONG_MS = 120_000;

describe.concurrent('those who wait', () => {
  const cases: [string, () => ReturnType<typeof proveForgeries>][] = [
    [
      'looks find what no callback tells',
      () => proveLooks({ jobs: 200, runS: 6, lateMs: LATE_MS }),
    ],
    [
      'callbacks five times, out of order, and before the answer',
      () => proveCallbacks({ jobs: 6, seed: 1 }),
    ],
    ['what is forged, and what Astria knows again', proveForgeries],
    ['a reader that sleeps', () => proveSleeper({ ids: 20, rounds: 4, textBytes: 600_000 })],
    [
      'many streams',
      () =>
        proveMany({
          ...{ streams: 60, keys: 6, ageS: 20, warmUp: 5, idleS: 1 },
          ...{ lagMs: LATE_MS, isWeighed: false },
        }),
    ],
  ];
  test.each(cases)('%s', { timeout: LONG_MS }, async (_, prove) => {
    expect((await prove()).offences).toEqual([]);
  });
});
