/** `kill -9` of gateways whose ledger is in Redis. In full: `npm run test:kill -- --redis`. */
import { expect, test } from 'vitest';
import { killWithBudgets } from './kill/budgets.ts';

test('what is spent and put aside is never below what is charged, and equals it in the end', async () => {
  const killed = await killWithBudgets({ kills: 6, seed: 1, isRedis: true });
  expect(killed.offences).toEqual([]);
  expect(killed.charged).toBeGreaterThan(0);
  expect(killed.spent).toBeGreaterThan(0);
});
