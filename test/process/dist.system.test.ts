/** What is published, with its ledger in Redis. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { builtInAFolder } from '../support/built.ts';
import { start, started } from '../support/process.ts';
import { startRedis } from '../support/redis.ts';

const { folder, launch } = builtInAFolder();

test('it keeps its ledger in Redis', async () => {
  const redis = await startRedis();
  try {
    const { url } = await started({ REDIS_URL: redis.url }, launch);
    const ready = await fetch(new URL('/readyz', url));
    expect(await ready.json()).toMatchObject({ status: 'ready', checks: { ledger: 'writable' } });
  } finally {
    await redis.stop();
  }
});

test('a Redis with a password wants it, and is told it from a file', async () => {
  const redis = await startRedis();
  try {
    await redis.redis.config('SET', 'requirepass', 'hunter2');
    const REDIS_PASSWORD_FILE = join(folder, 'password');
    writeFileSync(REDIS_PASSWORD_FILE, 'hunter2\n');
    const { url } = await started({ REDIS_URL: redis.url, REDIS_PASSWORD_FILE }, launch);
    const ready = await fetch(new URL('/readyz', url));
    expect(await ready.json()).toMatchObject({ checks: { ledger: 'writable' } });
    const child = start({ REDIS_URL: redis.url }, launch);
    expect(await textOf(child.stderr)).toMatch(/^The environment has faults:\nREDIS_URL .*NOAUTH/);
  } finally {
    await redis.stop();
  }
});
