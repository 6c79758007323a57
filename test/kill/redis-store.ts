import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from '../../src/paid/ledger/ledger.ts';
import { BEGIN, CLAIM, DONE, SENT } from '../../src/paid/ledger/redis-scripts.ts';
import type { Redis } from '../../src/process/redis.ts';
import type { Point, Store } from './store.ts';

const SCRIPTS: Record<Point, readonly string[]> = {
  begun: [BEGIN],
  sent: [SENT],
  done: [DONE, CLAIM],
};
const PATIENCE_MS = 4000;
const ROOT = '{astria-ledger}';

/** A lane's own way to the Redis of all: what a gateway sends can be held there. */
export async function openRedisStore(redis: Redis, url: string): Promise<Store> {
  const sockets = new Set<Socket>();
  let held: readonly string[] = [];
  let isHeld = false;
  const server = createServer((from) => {
    const to = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          from.destroy();
          to.destroy();
        });
    }
    to.pipe(from);
    from.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (held.some((script) => text.includes(script))) isHeld = true;
      else to.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    environment: { REDIS_URL: `redis://127.0.0.1:${(server.address() as AddressInfo).port}` },
    async stateOf(key) {
      const id = await redis.get(`${ROOT}:key:${key}`);
      const state = id && (await redis.hget(`${ROOT}:entry:${id}`, 'state'));
      return (state as State | null) ?? undefined;
    },
    async stallAt(point) {
      held = SCRIPTS[point];
      isHeld = false;
      return {
        async reached() {
          const until = performance.now() + PATIENCE_MS;
          while (!isHeld && performance.now() < until) await sleep(2);
          return isHeld;
        },
        async end() {
          held = [];
        },
      };
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
