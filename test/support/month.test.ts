import { expect, test } from 'vitest';
import { waitForMonth } from './month.ts';

test.each([
  ['the month lasts', '2026-11-30T23:49:59Z', 0],
  ['it ends before', '2026-11-30T23:50:01Z', 599_000],
  ['the year ends before', '2026-12-31T23:59:59Z', 1000],
])('a proof of ten minutes is begun at once, or in the next month: %s', (_, now, waitMs) => {
  expect(waitForMonth(600_000, Date.parse(now))).toBe(waitMs);
});
