import { expect, test } from 'vitest';
import { Memory } from '../../src/prices/memory.ts';

const paid = (id: number) => ({ id, costMc: id, at: null });

test('of more rows than are kept, those that were read first are forgotten', () => {
  const memory = new Memory(() => 0);
  const rows = Array.from({ length: 501 }, (_, index) => ({ id: index + 1 }));
  memory.note('tunes', rows, ({ id }) => paid(id));
  const ids = memory.samples('tunes').map(({ id }) => id);
  expect([ids.length, ids.includes(1), ids.includes(2), ids.includes(501)]).toEqual([
    500,
    false,
    true,
    true,
  ]);
});

test('a row counts for a day, and is learned again after that', () => {
  let now = 0;
  const memory = new Memory(() => now);
  memory.note('tunes', [{ id: 1 }], () => paid(7));
  memory.note('tunes', [{ id: 1 }], () => paid(8));
  expect(memory.samples('tunes')).toEqual([paid(7)]);
  now = 24 * 60 * 60_000;
  expect(memory.samples('tunes')).toEqual([]);
  memory.note('tunes', [{ id: 1 }], () => paid(8));
  expect(memory.samples('tunes')).toEqual([paid(8)]);
});
