/** The ledger in Redis keeps what both ledgers promise. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { LEASE_MS } from '../../../src/paid/ledger/outbox.ts';
import { createRedisLedger } from '../../../src/paid/ledger/redis.ts';
import { startRedis } from '../../support/redis.ts';
import { told } from '../../support/told.ts';
import { keepsMoney } from './money.ts';
import { keepsOutbox } from './outbox.ts';
import { keepsItsPromises, type Open } from './promises.ts';

let server: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const store = async (): Promise<Open> => {
  const { redis } = server;
  await redis.flushall();
  return async (clock) => {
    const ledger = createRedisLedger(redis, clock);
    onTestFinished(() => ledger.close());
    return ledger;
  };
};

keepsItsPromises(store);
keepsMoney(store);
keepsOutbox(store);

test('a lease ends by itself', async () => {
  const ledger = await (await store())(told());
  await ledger.outbox.lead('a');
  const leftMs = await server.redis.pttl('{astria-ledger}:outbox-lease');
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(LEASE_MS);
});
