/** Sharing is safe: many keys ask the same at the same time, and each is told what is its own. In full: `npm run test:isolation`. */
import { beforeAll, expect, test } from 'vitest';
import { type Report, tryToLeak } from './support/isolation.ts';

let report: Report;
beforeAll(async () => {
  report = await tryToLeak({ operations: 3000, keys: 60, seed: 1 });
}, 120_000);

test('not one byte reaches a stranger, and nothing is older than what its reader knows', () => {
  expect(report.offenders, `seed ${report.seed}`).toEqual([]);
  expect(report.strangerBytes).toBe(0);
  expect(Object.values(report.offences)).toEqual(Object.values(report.offences).map(() => 0));
});

test('and it was tried: with overlaps, faults, changes, and clients that leave', () => {
  expect(report.operations).toBeGreaterThanOrEqual(3000);
  expect(report.answered + report.aborted).toBe(report.operations);
  for (const count of [report.alike, report.aborted, report.mutations, report.withErrors]) {
    expect(count).toBeGreaterThan(50);
  }
});

test('and there was something to break: calls were shared, and reads asked for only if they had changed', () => {
  // Without sharing it is 1.8 calls an operation and more.
  expect(report.upstream.perOperation).toBeLessThan(1.5);
  expect(report.upstream.conditional).toBeGreaterThan(50);
});
