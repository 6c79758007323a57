/** A ledger that is locked, or whose Redis fails. For half a minute, and 300 times: `npm run test:ledger`. */
import { expect, test } from 'vitest';
import { seededRandom } from '../src/emulator/random.ts';
import { failRedis } from './ledger-faults/failing-redis.ts';
import { holdTheFile } from './ledger-faults/locked.ts';
import { hasRedis } from './support/redis.ts';

test('while another process holds the file, all but paid writes goes on, and they are told the truth', async () => {
  const report = await holdTheFile({ seconds: 4, buysPerSecond: 30 });
  expect(report.offences).toEqual([]);
  expect(report.told.NOT_DONE).toBeGreaterThan(0);
  // It was three seconds for each paid write, and more for several.
  expect(report.healthP99Ms).toBeLessThan(1500);
  expect(report.readP99Ms).toBeLessThan(1500);
}, 60_000);

test.skipIf(!hasRedis)(
  'while its Redis fails, nothing is sent twice, nor told NOT_DONE and sent',
  async () => {
    const { offences, told } = await failRedis({
      rounds: ['lost reply', 'failover', 'lost reply', 'restart', 'lost reply', 'away'],
      ...{ random: seededRandom(7), longestAwayMs: 500 },
    });
    expect(offences).toEqual([]);
    expect(told.done).toBe(30);
  },
  60_000,
);
