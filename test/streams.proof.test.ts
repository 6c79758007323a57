/** The proofs of streams, scaled down. In full: `npm run test:streams`. */
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

describe.concurrent('streams', () => {
  const cases: [string, () => ReturnType<typeof proveForgeries>][] = [
    [
      'polls find what lost callbacks did not report',
      () => proveLooks({ jobs: 200, runS: 6, lateMs: LATE_MS }),
    ],
    [
      'callbacks arrive five times, out of order, and before the answer',
      () => proveCallbacks({ jobs: 6, seed: 1 }),
    ],
    ['forged callbacks are refused, and Astria still recognizes a request', proveForgeries],
    ['a client that stops reading', () => proveSleeper({ ids: 20, rounds: 4, textBytes: 600_000 })],
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
