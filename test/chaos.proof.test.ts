/** Astria fails in all ways, and nothing is paid for twice, or lost without a word. In full: `npm run test:chaos`. */
import { beforeAll, expect, test } from 'vitest';
import { raiseChaos } from './chaos/chaos.ts';
import type { Report } from './chaos/report.ts';

let report: Report;
beforeAll(async () => {
  report = await raiseChaos({ seconds: 5, seed: 1, restMs: 500 });
});

test('no crash, no write sent twice or denied, no code but those of the table, and all is well afterwards', () => {
  expect(report.offenders, `seed ${report.seed}`).toEqual([]);
});

test('and it was tried: what was asked for has failed, was refused, and was lost', () => {
  const { operations, withErrors, outcomes, paid, breakerOpenings, upstream, waiting } = report;
  // Few enough for a machine that has much else to do.
  expect(operations).toBeGreaterThan(60);
  expect(withErrors).toBeGreaterThan(20);
  for (const outcome of ['UNKNOWN', 'NOT_DONE']) expect(outcomes[outcome]).toBeGreaterThan(0);
  expect(paid.made).toBeGreaterThan(3);
  expect(breakerOpenings).toBeGreaterThan(0);
  expect(upstream.retries).toBeGreaterThan(0);
  expect(waiting?.jobs).toBeGreaterThan(0);
  expect(waiting?.resumed).toBeGreaterThan(0);
});

test('of what was charged to the held key, all was spent or put aside, whenever it was looked at', () => {
  const { money } = report;
  expect(money?.looks).toBeGreaterThan(3);
  expect(money?.charged).toBeGreaterThan(0);
});
