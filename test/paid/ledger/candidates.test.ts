import { expect, test } from 'vitest';
import { candidatesAmong } from '../../../src/paid/ledger/candidates.ts';
import { EFFECT_MS } from '../../../src/paid/ledger/ledger.ts';
import { isToldAsSent } from '../../../src/paid/ledger/told.ts';

const SENT = Date.parse('2026-11-01T12:00:00Z');
const at = (id: number, ms: number) => ({ id, created_at: new Date(SENT + ms).toISOString() });
const among = (rows: { id: number; created_at?: string | null }[], isFull = false) =>
  candidatesAmong({ rows, isFull, sentAt: SENT, isIt: ({ id }) => id < 100 });

test.each([
  ['made after the sending', [at(1, 500)], [1]],
  ['made at that moment', [at(1, 0)], [1]],
  ['made before', [at(1, -1)], []],
  ['made when it can no longer have been it', [at(1, EFFECT_MS + 1)], []],
  ['not equal', [at(100, 0)], []],
  ['two', [at(2, 0), at(1, 0)], [2, 1]],
  ['one that is undated', [{ id: 1 }], []],
  ['one beside another that is undated', [at(2, 0), { id: 1, created_at: null }], []],
])('%s', (_, rows, ids) => {
  expect(among(rows)).toEqual(ids);
});

test('a page that may be incomplete proves nothing, unless it goes back far enough', () => {
  expect(among([at(2, 0), at(100, 0)], true)).toEqual([]);
  expect(among([at(2, 0), at(100, -60_000)], true)).toEqual([2]);
});

test.each([
  [{ cfg_scale: 3 }, { cfg_scale: '3.0' }, true],
  [{ cfg_scale: 3.5 }, { cfg_scale: '3.0' }, false],
  [{ seed: 5 }, { seed: null }, false],
  [{ seed: 0 }, { seed: 0 }, true],
  [{ face_crop: false }, { face_crop: null }, true],
  [{ face_crop: true }, { face_crop: null }, false],
  [{ negative_prompt: '' }, { negative_prompt: null }, true],
  [{ use_lpw: true }, {}, true],
  [{ text: 'a' }, { text: 'A' }, false],
  [
    { characteristics: { a: 1, b: { c: 'x' } } },
    { characteristics: { b: { c: 'x' }, a: '1' } },
    true,
  ],
  [{ characteristics: { a: 1 } }, { characteristics: { a: 1, b: 2 } }, false],
  [{ characteristics: { a: 1 } }, { characteristics: null }, false],
  // Every object has a `constructor`, which nobody sent.
  [{ characteristics: { a: 1, constructor: '' } }, { characteristics: { a: 1 } }, true],
  [{ characteristics: { a: 1 } }, { characteristics: { a: 1, toString: null } }, true],
])('%j against %j is %s', (sent, told, isSame) => {
  expect(isToldAsSent(sent, told)).toBe(isSame);
});
