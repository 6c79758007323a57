/** `kill -9` at every step of what costs money. With all of it at every step, and minutes of waiting: `npm run test:kill`. */
import { beforeAll, expect, test } from 'vitest';
import { killWithBudgets } from './kill/budgets.ts';
import { killAll } from './kill/kill.ts';
import type { Report } from './kill/report.ts';
import type { StepName } from './kill/steps.ts';

const STEPS: StepName[] = [
  'before begun is recorded',
  'begun, before sent is recorded',
  'Astria has it, and never acts',
  'Astria has acted, before its answer',
  'answered, before done is recorded',
  'done is recorded, before the client has it',
];

let report: Report;
beforeAll(async () => {
  report = await killAll({ rounds: STEPS.length, seed: 1, lanes: 3, steps: STEPS });
});

test('no key reaches Astria twice, and none is answered with what is not its own', () => {
  expect(report.offences).toEqual([]);
});

test('and it was tried: it died at every step that was aimed at', () => {
  expect(Object.keys(report.places).sort()).toEqual([
    'acted, not answered, or the answer lost',
    'answered, not recorded',
    'begun, not sent',
    'done, not told',
    'nothing recorded',
    'sent, Astria has not acted',
  ]);
});

test('what was not sent was, once it was asked for again', () => {
  expect(report.all['sent again']).toBe(2);
});

test('what is spent and put aside is never below what is charged, and equals it in the end', async () => {
  const killed = await killWithBudgets({ kills: 6, seed: 1, isRedis: false });
  expect(killed.offences).toEqual([]);
  expect(killed.charged).toBeGreaterThan(0);
  expect(killed.spent).toBeGreaterThan(0);
});
