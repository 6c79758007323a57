/** What metrics and the log tell of Redis. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startMeasured } from '../support/measured.ts';
import { startRedis } from '../support/redis.ts';
import { redisAddress } from '../support/redis-address.ts';

const POLL = { timeout: 20_000, interval: 50 };

async function start() {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const address = await redisAddress(redis.port);
  onTestFinished(address.close);
  const gateway = await startMeasured(
    {},
    { REDIS_URL: `redis://127.0.0.1:${address.port}`, RATE_LIMIT: '3/minute' },
  );
  const metrics = async (name: string) =>
    (await gateway.lines()).filter((line) => line.startsWith(`astria_graphql_redis_${name}`));
  const told = () =>
    gateway.logged
      .map((line) => JSON.parse(line) as { msg: string; failures?: number })
      .filter(({ msg }) => msg.includes('Redis'));
  const ask = async () => (await gateway.run('{ __typename }')).errors?.[0]?.extensions?.code;
  return { ...gateway, redis, address, metrics, told, ask };
}

test('commands are counted by name and outcome', async () => {
  const { run, deps, metrics, lines } = await start();
  await run(
    'mutation { createPrompt(input: { tuneId: 1504944, text: "a \\"b\\"" }) { prompt { id } } }',
  );
  await deps.redis?.call('eval', 'return redis.error_reply("READONLY")', 0).catch(() => {});
  expect(await metrics('commands_total')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/\{command="eval",outcome="done"\} \d/),
      'astria_graphql_redis_commands_total{command="eval",outcome="refused"} 1',
    ]),
  );
  expect(await metrics('command_duration_seconds_count')).toContainEqual(
    expect.stringMatching(/\{command="eval"\} \d/),
  );
  expect(await metrics('connected')).toEqual([
    'astria_graphql_redis_connected{connection="commands"} 1',
  ]);
  const names = (await lines()).join('\n').match(/(?<=redis_commands_total\{command=")[^"]+/g);
  // What is said to Redis as a connection begins, and what is asked of it: no text of a caller's.
  expect(['hello', 'client', 'info', 'eval', 'evalsha']).toEqual(
    expect.arrayContaining([...new Set(names)]),
  );
});

test('an outage is one line with a count, and each process counts for itself meanwhile', async () => {
  const { address, metrics, told, ask } = await start();
  expect(await ask()).toBeUndefined();
  address.away(true);
  const connected = () => metrics('connected');
  await expect.poll(connected, POLL).toEqual([expect.stringMatching(/ 0$/)]);
  // Limits hold all the same.
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
    ...Array(3).fill(undefined),
    'RATE_LIMITED',
  ]);
  const line = { msg: 'the Redis of rate limits (each process counts for itself) fails' };
  expect(told()).toEqual([expect.objectContaining({ ...line, failures: 1 })]);
  expect(await metrics('commands_total')).toContain(
    'astria_graphql_redis_commands_total{command="evalsha",outcome="failed"} 4',
  );
  address.away(false);
  await expect.poll(connected, POLL).toEqual([expect.stringMatching(/ 1$/)]);
  expect(await metrics('reconnects_total')).toEqual([
    'astria_graphql_redis_reconnects_total{connection="commands"} 1',
  ]);
  await ask();
  expect(told()[1]).toMatchObject({
    msg: 'the Redis of rate limits (each process counts for itself) works again',
    failures: 3,
  });
});

test('a Redis that hangs holds no read up for as long as a command of the ledger may take', async () => {
  const { redis, ask } = await start();
  expect(await ask()).toBeUndefined();
  redis.freeze();
  expect(await Promise.race([ask(), sleep(4500, 'late')])).toBeUndefined();
});
