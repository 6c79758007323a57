/** A value that is copied looks as if it had been read, checked and written. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { copiesOf, type Kind } from '../../src/json/copies.ts';
import { Sink } from '../../src/json/sink.ts';
import { viewRows } from '../../src/upstream/row-views.ts';
import { bigInt, decimal, flag, float, id, int, text, time, url } from '../../src/upstream/wire.ts';
import { bodies, schemas } from '../support/answers.ts';

const isOfKind: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  int32: (value) => typeof value === 'number' && (value | 0) === value,
  integer: Number.isSafeInteger,
  number: Number.isFinite,
};

/** How many values of each column have been copied, of all that are there; those that were not have written nothing. */
function copied(schema: z.ZodType, body: Buffer) {
  const counts: Record<string, [copied: number, all: number]> = {};
  const rows = (viewRows(schema, body, () => {}) ?? []) as Record<string, unknown>[];
  let length = 2 + Math.max(0, rows.length - 1);
  for (const row of rows) {
    const copies = copiesOf(row);
    assert.ok(copies);
    length += copies.lengthOf(row);
    for (const [name, { kind, isRequired, copy, lengthOf }] of copies.columns) {
      const value = row[name] ?? null;
      assert.ok(value === null ? !isRequired : isOfKind[kind](value), `${name}: ${value}`);
      const sink = new Sink();
      const isCopied = copy(row, sink);
      const written = sink.take();
      assert.equal(written.toString(), isCopied ? JSON.stringify(value) : '', name);
      if (isCopied && name in row && row[name] !== undefined) {
        assert.equal(lengthOf(row), written.length);
      } else if (kind === 'text' && row[name] !== undefined) {
        const most = Math.max(lengthOf(row), 'null'.length);
        assert.ok(most >= Buffer.byteLength(JSON.stringify(value)), name);
      }
      const [before, all] = counts[name] ?? [0, 0];
      counts[name] = [before + Number(isCopied), all + 1];
    }
  }
  if (rows.length > 0) assert.equal(length, body.length);
  return counts;
}

const isList = (schema: z.ZodType) => schema instanceof z.ZodArray;

test.each(schemas.filter(([, schema]) => isList(schema)))('%s', (_, schema) => {
  const isSame = (json: string) => void copied(schema, Buffer.from(json));
  fc.assert(fc.property(bodies(schema), isSame), { numRuns: 500 });
});

const Rows = z.array(
  z.object({ id, text, size: float, scale: decimal, int, bigInt, flag, at: time, url }),
);
const ofOne = (json: string) => copied(Rows, Buffer.from(`[{"id":1,${json}}]`));
const NOTHING_ELSE = { id: [1, 1], int: [1, 1], bigInt: [1, 1], flag: [1, 1] };

test('columns whose values zod has to see are not among them', () => {
  const columns = ['id', 'text', 'size', 'int', 'bigInt', 'flag', 'at'];
  expect(Object.keys(ofOne('"text":null')).sort()).toEqual(columns.sort());
});

const COPIED = [
  ...['"text":""', '"text":"a"', '"text":"Zoë 東京 🙂"', '"text":null', '"text":"\u007f\u2028"'],
  ...['"size":0', '"size":7', '"size":999999999999999', '"size":null'],
  ...['"int":2147483647', '"bigInt":4294967296', '"flag":true', '"flag":false', '"flag":null'],
  ...['"at":"2026-11-01T12:00:00Z"', '"at":"2026-01-31T23:59:59.123456Z"', '"at":null'],
];

test.each(COPIED)('copied: %s', (json) => {
  expect(Object.values(ofOne(json)).flat()).toEqual(Array(14).fill(1));
});

const READ = [
  ...[String.raw`"text":"\""`, String.raw`"text":"abcd\u00e9"`],
  ...['"size":-1', '"size":0.5', '"size":1e3', '"size":1234567890123456', '"size":007'],
  ...['"int":2147483648', '"bigInt":9007199254740993', '"bigInt":-0'],
  ...[
    '"at":"2024-02-29T00:00:00Z"',
    '"at":"2026-11-01T12:00:00+01:00"',
    '"at":"2026-13-01T00:00:00Z"',
  ],
  ...['"at":"2026-11-31T00:00:00Z"', '"at":"2026-11-01T24:00:00Z"', '"at":"2026-11-01T12:00Z"'],
  ...['"at":"2026-11-01T12:60:00Z"', '"at":"2026-11-01T12:00:60Z"', '"at":"2026-11-01T12:00:00.Z"'],
  ...['"at":"2026-11-00T12:00:00Z"', '"at":"2026-11-01T12:00:00Z "', '"at":"20261101"', '"at":""'],
];

test.each(READ)('left to be read: %s', (json) => {
  const column = /\w+/.exec(json)?.[0] as string;
  expect(ofOne(json)).toMatchObject({ ...NOTHING_ELSE, [column]: [0, 1] });
});

test('every time that is copied is one to zod', () => {
  const digits = fc.stringMatching(
    /^"at":"\d{4}-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d:[0-6]\d(\.\d{0,3})?Z?"$/,
  );
  fc.assert(
    fc.property(digits, (json) => void ofOne(json)),
    { numRuns: 3000 },
  );
});

test('a special character anywhere in a text, of every length', () => {
  for (let length = 1; length < 24; length++) {
    for (let at = 0; at < length; at++) {
      for (const special of ['\\n', '\\"', 'é', '\u0080', '!', ' ', '[', ']', '#']) {
        const inner = 'a'.repeat(at) + special + 'a'.repeat(length - at - 1);
        const isCopied = !special.startsWith('\\');
        expect(ofOne(`"text":"${inner}"`).text).toEqual([Number(isCopied), 1]);
      }
    }
  }
});
