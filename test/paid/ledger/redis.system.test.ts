/** The ledger in Redis keeps what both ledgers promise. */
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createRedisLedger } from '../../../src/paid/ledger/redis.ts';
import { startRedis } from '../../support/redis.ts';
import { keepsItsPromises } from './promises.ts';

let server: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

keepsItsPromises(async () => {
  const { redis } = server;
  await redis.flushall();
  return async (clock) => {
    const ledger = createRedisLedger(redis, clock);
    onTestFinished(() => ledger.close());
    return ledger;
  };
});
