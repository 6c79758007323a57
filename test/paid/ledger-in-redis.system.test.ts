/** A gateway with REDIS_URL: what is recorded there holds for all that share it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FOUND, startPaid, UNKNOWN } from '../support/paid.ts';
import { startRedis } from '../support/redis.ts';

let server: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const KEYED = { idempotencyKey: 'order 17' };

/** Two before one Astria. */
async function two() {
  const { redis, url } = server;
  await redis.flushall();
  const environment = { REDIS_URL: url };
  const here = await startPaid({ environment });
  const { emulator, clock } = here;
  return { redis, here, there: await startPaid({ environment, emulator, clock }) };
}

test('two gateways send a write with one key once', async () => {
  const { redis, here, there } = await two();
  const asked = [here, there, here, there].map(({ prompt }) => prompt(KEYED));
  const [first, ...others] = await Promise.all(asked);
  expect(first?.errors).toBeUndefined();
  for (const other of others) expect(other).toEqual(first);
  expect(here.writes()).toHaveLength(1);
  // By Astria's key, the account's number and its address.
  expect(await redis.keys('{astria-ledger}:key:*')).toHaveLength(3);
});

test('a write that one gateway lost is found by the other, which sends nothing', async () => {
  const { here, there } = await two();
  here.emulator.fail({ method: 'POST', status: 504, afterWrite: true });
  here.emulator.fail({ method: 'GET', path: '/prompts', status: 503 });
  expect((await here.prompt(KEYED)).errors).toMatchObject([{ extensions: UNKNOWN }]);
  const found = await there.prompt(KEYED);
  expect(found.data?.createPrompt.warnings).toEqual(FOUND);
  expect(await here.prompt(KEYED)).toEqual(found);
  expect(here.writes()).toHaveLength(1);
});

test('no step of its clock by two days makes Redis forget a key within its day', async () => {
  const { redis, here } = await two();
  here.emulator.fail({ method: 'POST', status: 504 });
  await here.prompt({ ...KEYED, text: 'lost' });
  await here.prompt({ ...KEYED, idempotencyKey: 'order 18' });
  const keys = await redis.keys('{astria-ledger}:*');
  const left = await Promise.all(keys.map((key) => redis.pttl(key)));
  // Two entries with three keys each, a claim, and what is sought.
  expect(left).toHaveLength(10);
  expect(Math.min(...left)).toBeGreaterThan((24 + 48) * 3_600_000);
});

test('without Redis no write that costs money is sent', async () => {
  const { redis, here } = await two();
  here.deps.redis?.disconnect();
  const { errors } = await here.prompt(KEYED);
  const extensions = { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' };
  expect(errors).toMatchObject([{ extensions }]);
  expect(here.writes()).toEqual([]);
  expect(await redis.dbsize()).toBe(0);
});
