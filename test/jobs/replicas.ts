/** Several gateways before one Astria, on one Redis and one clock. */
import { onTestFinished } from 'vitest';
import { frozenClock } from '../../src/emulator/clock.ts';
import type { Emulator } from '../../src/emulator/serve.ts';
import type { JobsNews } from '../../src/observe/watch.ts';
import { NOW } from '../support/gateway.ts';
import { startRedis } from '../support/redis.ts';
import { redisAddress } from '../support/redis-address.ts';
import { openEvents } from './sse.ts';
import { JOBS } from './subscribed.ts';
import { at, startJobs } from './support.ts';

/** What is said through Redis is answered by more: so many times over all has been said. */
const EXCHANGES = 4;

export async function startReplicas(count: number, environment: Record<string, string> = {}) {
  const { redis, port, stop } = await startRedis();
  onTestFinished(stop);
  const address = await redisAddress(port);
  onTestFinished(() => address.close());
  const REDIS_URL = `redis://127.0.0.1:${address.port}`;
  const clock = frozenClock(NOW);
  const looks: { ids: number; calls: number }[] = [];
  const outcomes: string[] = [];
  const onJobs = (news: JobsNews) => {
    if (news.kind === 'look') looks.push(news);
    if (news.kind === 'callback') outcomes.push(news.outcome);
  };
  let emulator: Emulator | undefined;
  const start = async () => {
    const gateway = await startJobs({
      ...{ clock, emulator, environment: { REDIS_URL, ...environment } },
      watchers: () => [{ onJobs }],
    });
    emulator ??= gateway.emulator;
    return gateway;
  };
  const gateways = [await start()];
  while (gateways.length < count) gateways.push(await start());
  const [{ account }] = gateways as [(typeof gateways)[0]];

  /** Nothing is under way, at Astria or in Redis. */
  async function quiet() {
    for (let exchange = 0; exchange < EXCHANGES; exchange++) {
      for (const gateway of gateways) await gateway.quiet();
      await redis.ping();
    }
  }

  return {
    ...{ gateways, account, clock, redis, address, looks, outcomes, quiet },
    emulator: emulator as Emulator,
    /** Second by second, with time for all to be said. */
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        clock.advance(1000);
        await quiet();
      }
    },
    running: (id: number, doneAfterSeconds: number, more = {}) =>
      account.addPrompt({
        ...{ id, created_at: at(0), started_training_at: at(0) },
        ...{ trained_at: at(doneAfterSeconds), ...more },
      }),
    subscribe: (gateway: number, ids: readonly string[], after?: string, headers = {}) =>
      openEvents(gateways[gateway]?.url ?? '', { query: JOBS, variables: { ids, after } }, headers),
  };
}
