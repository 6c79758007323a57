/** A Redis of the test's own, for tests of the system. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../../src/process/redis.ts';
import { freePort } from './free-port.ts';

/** What `deploy/` and compose set, without the limit of memory. */
export const DEPLOYED_SETTINGS = [
  ...['--appendfsync', 'always', '--save', ''],
  ...['--hash-max-listpack-value', '256'],
];

export async function startRedis(...settings: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = String(await freePort());
  const where = ['--bind', '127.0.0.1', '--port', port, '--dir', folder, '--appendonly', 'yes'];
  const begin = () => spawn('redis-server', [...where, ...settings], { stdio: 'ignore' });
  let server = begin();
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const url = `redis://127.0.0.1:${port}`;
  const redis = await connected(url);
  return {
    redis,
    url,
    port: Number(port),
    /** Ends it, and begins it again where it was. */
    async restart(awayMs: number) {
      server.kill('SIGTERM');
      await once(server, 'exit');
      await sleep(awayMs);
      server = begin();
    },
    /** It keeps its connections, and answers nothing any more. */
    freeze() {
      server.kill('SIGSTOP');
    },
    async stop() {
      redis.disconnect();
      process.off('exit', kill);
      kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connected(url: string) {
  const redis = await connectRedis(url);
  if (redis.status !== 'ready') await once(redis, 'ready');
  return redis;
}
