/** A Redis of the test's own, where there is one on this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../../src/redis.ts';
import { freePort } from './free-port.ts';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('No redis-server on the PATH: what needs one is skipped.');

export async function startRedis() {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = String(await freePort());
  const server = spawn(
    'redis-server',
    ['--bind', '127.0.0.1', '--port', port, '--dir', folder, '--appendonly', 'yes'],
    { stdio: 'ignore' },
  );
  const url = `redis://127.0.0.1:${port}`;
  const redis = await connected(url);
  return {
    redis,
    url,
    async stop() {
      redis.disconnect();
      server.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connected(url: string) {
  for (;;) {
    const redis = await connectRedis(url).catch(() => sleep(20));
    if (redis) return redis;
  }
}
