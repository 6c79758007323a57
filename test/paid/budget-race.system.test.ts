import { expect, onTestFinished, test } from 'vitest';
import { startRedis } from '../support/redis.ts';
import { AS_MANY_AS_FIT, raceForTheLastCent } from './budget-race.ts';

test('three processes with one Redis do not exceed the budget', async () => {
  const { url, stop } = await startRedis();
  onTestFinished(stop);
  expect(await raceForTheLastCent({ REDIS_URL: url }, 3)).toEqual(AS_MANY_AS_FIT);
});
