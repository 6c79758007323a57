import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnsweredWithFailure } from '../../src/upstream/errors.ts';
import { keysetReader } from '../../src/upstream/keyset.ts';

const notFound = () =>
  new AnsweredWithFailure({ method: 'GET', route: '/rows/:id' }, { status: 404 });

/** An account that lists `listed`, with `unlisted` rows that only a single read finds. */
function account(listed: number[], unlisted: number[] = []) {
  const calls: string[] = [];
  const readByIds = keysetReader({
    window: async ({ before_id = Infinity, limit }) => {
      calls.push(`window ${before_id} ${limit}`);
      const below = listed.filter((id) => id < before_id).sort((a, b) => b - a);
      return below.slice(0, limit).map((id) => ({ id }));
    },
    one: async (id) => {
      calls.push(`one ${id}`);
      if (listed.includes(id) || unlisted.includes(id)) return { id };
      throw notFound();
    },
  });
  return { calls, readByIds };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a few ids are read singly', async () => {
  const { calls, readByIds } = account(range(1, 50));
  await readByIds([9, 7, 3]);
  expect(calls).toEqual(['one 9', 'one 7', 'one 3']);
});

test('more ids are one window, as wide as they lie apart', async () => {
  const { calls, readByIds } = account(range(1, 500));
  expect(await readByIds([130, 100, 110, 120])).toEqual([
    { id: 130 },
    { id: 100 },
    { id: 110 },
    { id: 120 },
  ]);
  expect(calls).toEqual(['window 131 31']);
});

test('what the window does not hold is read singly', async () => {
  const { calls, readByIds } = account([100, 110, 120, 130], [115]);
  expect(await readByIds([130, 100, 115, 110, 120, 105])).toEqual([
    { id: 130 },
    { id: 100 },
    { id: 115 },
    { id: 110 },
    { id: 120 },
    null,
  ]);
  expect(calls).toEqual(['window 131 31', 'one 115', 'one 105']);
});

test('windows go on while they pay', async () => {
  const { calls, readByIds } = account(range(1, 1000));
  const ids = range(1, 1000).filter((id) => id % 50 === 0);
  expect(await readByIds(ids)).toEqual(ids.map((id) => ({ id })));
  expect(calls).toHaveLength(1 + 17);
  expect(calls[0]).toBe('window 1001 120');
});

test('a failed window fails what it was to hold, without a storm of single reads', async () => {
  const failure = new Error('502');
  let singles = 0;
  const readByIds = keysetReader({
    window: () => Promise.reject(failure),
    one: async (id) => ({ id, singles: singles++ }),
  });
  expect(await readByIds([1, 2, 3, 4])).toEqual([failure, failure, failure, failure]);
  expect(singles).toBe(0);
});

test('one failed single read leaves the others', async () => {
  const failure = new Error('500');
  const readByIds = keysetReader({
    window: async () => [],
    one: (id) => (id === 2 ? Promise.reject(failure) : Promise.resolve({ id })),
  });
  expect(await readByIds([1, 2])).toEqual([{ id: 1 }, failure]);
});

test('whatever the account holds, every id is answered in its place, at no more than a call each and one', async () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(ids, ids, ids, async (wanted, listed, unlisted) => {
      const { calls, readByIds } = account(listed, unlisted);
      const rows = await readByIds(wanted);
      const expected = wanted.map((id) =>
        listed.includes(id) || unlisted.includes(id) ? { id } : null,
      );
      expect(rows).toEqual(expected);
      expect(calls.length).toBeLessThanOrEqual(wanted.length + 1);
    }),
  );
});
