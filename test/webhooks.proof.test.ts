/** Gateways are killed at each step of what a webhook is told. At every step many times: `npm run test:webhooks`. */
import { expect, test } from 'vitest';
import { killWithWebhooks } from './webhooks/kills.ts';
import { STEPS } from './webhooks/lane.ts';

test('no message is lost, whenever a gateway is killed or stopped', async () => {
  const rounds = STEPS.length;
  const { offences, steps, made } = await killWithWebhooks({ rounds, seed: 1, lanes: rounds });
  expect(offences).toEqual([]);
  expect(Object.keys(steps).toSorted()).toEqual(STEPS.toSorted());
  expect(made).toBeGreaterThan(rounds);
});
