/** A ledger whose file is locked. For half a minute: `npm run test:ledger`. */
import { expect, test } from 'vitest';
import { holdTheFile } from './ledger-faults/locked.ts';

test('while another process holds the file, all but paid writes goes on, and they are told the truth', async () => {
  const report = await holdTheFile({ seconds: 4, buysPerSecond: 30 });
  expect(report.offences).toEqual([]);
  expect(report.told.NOT_DONE).toBeGreaterThan(0);
  // It was three seconds for each paid write, and more for several.
  expect(report.healthP99Ms).toBeLessThan(1500);
  expect(report.readP99Ms).toBeLessThan(1500);
}, 60_000);
