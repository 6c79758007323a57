import { expect, test } from 'vitest';
import { AstriaClock } from '../../src/upstream/astria-clock.ts';

const NOON = Date.parse('2026-11-01T12:00:00Z');
const dateAt = (ms: number) => new Date(NOON + ms).toUTCString();

/** Of each answer: when it came, by our clock, and what it said, in ms since noon. */
function told(...answers: [came: number, date: number][]) {
  let now = 0;
  const clock = new AstriaClock(() => NOON + now);
  for (const [came, date] of answers) {
    now = came;
    clock.note(dateAt(date));
  }
  return clock.aheadMs;
}

test('nothing is known at first, nor from what is no date', () => {
  const clock = new AstriaClock();
  expect(clock.aheadMs).toBe(0);
  for (const date of [undefined, 'noon', ['a', 'b']]) clock.note(date);
  expect(clock.aheadMs).toBe(0);
});

test('the largest difference is the nearest to the truth', () => {
  expect(told([900, 0])).toBe(-900);
  expect(told([900, 0], [1100, 1000], [2400, 2000])).toBe(-100);
  // Three seconds ahead.
  expect(told([500, 3000], [1100, 4000])).toBe(2900);
});

test('the same second again says nothing more', () => {
  expect(told([100, 0], [900, 0])).toBe(-100);
});

test('a clock that was put right is believed after a while', () => {
  const later = 10 * 60_000;
  const before: [number, number] = [10, 5000];
  expect(told(before, [later, later])).toBe(4990);
  expect(told(before, [later, later], [2 * later + 20, 2 * later])).toBe(0);
  expect(told(before, [later, later], [2 * later, 2 * later], [3 * later + 20, 3 * later])).toBe(0);
});
