/** A Redis of the test's own, where there is one on this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../../src/redis.ts';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('No redis-server on the PATH: what needs one is skipped.');

export async function startRedis() {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const socket = join(folder, 'socket');
  const server = spawn(
    'redis-server',
    ['--port', '0', '--unixsocket', socket, '--dir', folder, '--appendonly', 'yes'],
    { stdio: 'ignore' },
  );
  const redis = await connected(socket);
  return {
    redis,
    async stop() {
      redis.disconnect();
      server.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connected(socket: string) {
  for (;;) {
    const redis = await connectRedis(socket).catch(() => sleep(20));
    if (redis) return redis;
  }
}
