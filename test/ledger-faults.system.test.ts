/** A ledger whose Redis fails. 300 times: `npm run test:ledger`. */
import { expect, test } from 'vitest';
import { seededRandom } from '../src/emulator/random.ts';
import { failRedis } from './ledger-faults/failing-redis.ts';

test('while the Redis of three gateways fails, nothing is sent twice, nor told NOT_DONE and sent, and reads go on', async () => {
  const { offences, told, reads } = await failRedis({
    rounds: ['lost reply', 'failover', 'lost reply', 'restart', 'lost reply', 'away'],
    ...{ random: seededRandom(7), longestAwayMs: 500, gateways: 3 },
  });
  expect(offences).toEqual([]);
  expect(told.done).toBe(30);
  expect(reads).toBeGreaterThanOrEqual(6);
});
