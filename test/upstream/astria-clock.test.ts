import { expect, test } from 'vitest';
import { AstriaClock } from '../../src/upstream/astria-clock.ts';

const NOON = Date.parse('2026-11-01T12:00:00Z');
const dateAt = (ms: number) => new Date(NOON + ms).toUTCString();

/** Of each answer: when it came, and what it said, in ms since noon. Answers what Astria's time is then, in ms since noon. */
function told(...answers: [came: number, date: number][]) {
  let steady = 0;
  const clock = new AstriaClock({ now: () => 0, steady: () => steady });
  for (const [came, date] of answers) {
    steady = came;
    clock.note(dateAt(date));
  }
  return clock.now() - NOON;
}

test('at first it is our own, and so it is after what is no date', () => {
  const clock = new AstriaClock({ now: () => NOON });
  expect(clock.now()).toBe(NOON);
  for (const date of [undefined, 'noon', '2099', ['a', 'b']]) clock.note(date);
  expect(clock.now()).toBe(NOON);
});

test('no step of our own clock moves it', () => {
  let now = NOON;
  let steady = 0;
  const clock = new AstriaClock({ now: () => now, steady: () => steady });
  clock.note(dateAt(0));
  now += 48 * 3_600_000;
  steady += 700;
  expect(clock.now()).toBe(NOON + 700);
});

test('the latest answer is the nearest to the truth', () => {
  expect(told([900, 0])).toBe(0);
  expect(told([900, 0], [1100, 1000])).toBe(1000);
  expect(told([900, 0], [1100, 1000], [2400, 2000])).toBe(2300);
  // Three seconds ahead.
  expect(told([500, 3000], [1100, 4000])).toBe(4000);
});

test('neither clock alone makes it late, and at first a week is left to doubt', () => {
  const HOUR = 3_600_000;
  let now = NOON;
  const clock = new AstriaClock({ now: () => now, steady: () => 0 });
  const bounds = () => {
    const { earliest, latest } = clock.bounds();
    return [(earliest - NOON) / HOUR, (latest - NOON) / HOUR];
  };
  expect(bounds()).toEqual([-144, 144]);
  clock.note(dateAt(0));
  expect(bounds()).toEqual([0, 0]);
  now += 24 * HOUR;
  expect(bounds()).toEqual([0, 24]);
  now -= 48 * HOUR;
  expect(bounds()).toEqual([-24, 0]);
  // One answer that is ahead.
  now = NOON;
  clock.note(dateAt(25 * HOUR));
  expect(bounds()).toEqual([0, 25]);
});

test('the same second again says nothing more', () => {
  expect(told([100, 0], [900, 0])).toBe(800);
});

test('when Astria has put its clock back, that is believed after a while', () => {
  const later = 10 * 60_000;
  const before: [number, number] = [10, 5000];
  expect(told(before, [later, later])).toBe(later + 4990);
  expect(told(before, [later, later], [2 * later, 2 * later])).toBe(2 * later);
});

test('a moment is told by what answers say later', () => {
  let steady = 0;
  const clock = new AstriaClock({ now: () => NOON + 5000, steady: () => steady });
  const moment = clock.mark();
  expect(moment()).toBe(NOON + 5000);
  steady = 1000;
  clock.note(dateAt(1000));
  expect(moment()).toBe(NOON);
});
