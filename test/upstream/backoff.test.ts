import { expect, test } from 'vitest';
import { backoffMs } from '../../src/upstream/transport/backoff.ts';

const drawn = (waits: number) =>
  Array.from({ length: 1000 }, () => backoffMs(waits, { firstMs: 500, longestMs: 10_000 }));

test.each([
  [0, 500],
  [1, 1000],
  [4, 8000],
  [5, 10_000],
  [5000, 10_000],
])('after %i waits the next is between half of %i ms and all of it', (waits, ms) => {
  const all = drawn(waits);
  expect(Math.max(...all)).toBeLessThanOrEqual(ms);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(ms / 2);
  // Anywhere between: of a thousand some are near either end.
  expect(Math.max(...all)).toBeGreaterThan(0.95 * ms);
  expect(Math.min(...all)).toBeLessThan(0.55 * ms);
});
