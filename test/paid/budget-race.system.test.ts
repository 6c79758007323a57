import { onTestFinished, test } from 'vitest';
import { startRedis } from '../support/redis.ts';
import { raceForTheLastCent } from './budget-race.ts';

test('two processes with one Redis do not exceed the budget', async () => {
  const { url, stop } = await startRedis();
  onTestFinished(stop);
  await raceForTheLastCent({ REDIS_URL: url });
});
