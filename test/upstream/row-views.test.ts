/** Rows that are read value by value say what they would say if their body had been parsed and checked as a whole. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { repair } from '../../src/upstream/decode.ts';
import { viewRows } from '../../src/upstream/row-views.ts';
import {
  decimal,
  float,
  freeObject,
  id,
  text,
  time,
  unread,
  url,
  urls,
} from '../../src/upstream/wire.ts';
import { bodies, schemas } from '../support/answers.ts';

type Rows = Record<string, unknown>[];

const shapeOf = (schema: z.ZodType) => {
  const element = schema instanceof z.ZodArray ? schema.element : undefined;
  return element instanceof z.ZodObject ? Object.keys(element.shape) : undefined;
};

/** Every column of every row, as a view has it; undefined where there are no views. */
function viewed(schema: z.ZodType, json: string) {
  const drift = new Set<string>();
  const views = viewRows(schema, Buffer.from(json), (field) => drift.add(field)) as
    | Rows
    | undefined;
  const rows = views?.map((view) => columnsOf(schema, view));
  // The second look finds what the first one found, and reports nothing anew.
  const told = drift.size;
  assert.deepStrictEqual(
    views?.map((view) => columnsOf(schema, view)),
    rows,
  );
  assert.strictEqual(drift.size, told);
  return rows && { rows, drift: [...drift].sort() };
}

const columnsOf = (schema: z.ZodType, row: Record<string, unknown>) =>
  Object.fromEntries(
    (shapeOf(schema) ?? [])
      .map((name) => [name, row[name]])
      .filter(([, value]) => value !== undefined),
  );

function parsed(schema: z.ZodType, json: string) {
  const whole = repair(schema, JSON.parse(json));
  if (!whole.ok) return whole;
  const rows = (whole.value as Rows).map((row) => columnsOf(schema, row));
  return { rows, drift: [...whole.drift].sort() };
}

const lists = schemas.filter(([, schema]) => shapeOf(schema));

test('there are lists to be read', () => {
  expect(lists.map(([calls]) => calls)).toContain('GET /tunes');
});

test.each(lists)('%s says what it would say if it were parsed', (_, schema) => {
  const isSame = (json: string) => {
    const found = viewed(schema, json);
    const isSound = schema.safeParse(JSON.parse(json)).success;
    if (found) assert.deepStrictEqual(found, parsed(schema, json));
    else assert.ok(!isSound || json.includes('__proto__'), `not viewed: ${json}`);
  };
  fc.assert(fc.property(bodies(schema), isSame), { numRuns: 500 });
});

const Rows = z.array(
  z.object({
    id,
    text,
    size: float,
    scale: decimal,
    at: time,
    url,
    urls,
    free: freeObject,
    any: unread.optional(),
  }),
);

const SOUND: [string, string][] = [
  ['no rows', '[]'],
  ['one field', '[{"id":1}]'],
  [
    'texts with escapes',
    String.raw`[{"id":1,"text":"a\"b"},{"id":2,"text":"\\"},{"id":3,"text":"\\\"]"}]`,
  ],
  [
    'texts of other alphabets',
    '[{"id":1,"text":"“Zoë” 東京 🙂"},{"id":2,"text":"a"},{"id":3,"text":"ß"}]',
  ],
  [
    'long texts of other alphabets',
    `[{"id":1,"text":"${'ü'.repeat(200)}"},{"id":2,"text":"${'x'.repeat(200)}"}]`,
  ],
  [
    'texts of every length up to long ones, with an escape and without',
    JSON.stringify(
      Array.from({ length: 240 }, (_, index) => ({
        id: index + 1,
        text: 'a'.repeat(index >> 1) + (index % 2 ? '"' : ''),
      })),
    ),
  ],
  [
    'brackets in texts',
    '[{"id":1,"text":"}],[{"},{"id":2,"text":"]"},{"id":3,"text":"{\\"id\\":4}"}]',
  ],
  [
    'brackets in lists',
    String.raw`[{"id":1,"urls":["https://a.example/]","https://a.example/\"]"]}]`,
  ],
  ['numbers of all forms', '[{"id":1,"size":-0.5e-3},{"id":2,"size":1E+2},{"id":3,"size":0}]'],
  ['large numbers', '[{"id":9007199254740991,"size":123456789012345678901234567890}]'],
  ['a key twice', '[{"id":1,"text":"a","text":"b"},{"id":2,"text":"c","text":"d"}]'],
  [
    'another order',
    '[{"id":1,"text":"a","size":1},{"size":2,"text":"b","id":2},{"id":3,"text":"c","size":3}]',
  ],
  [
    'fields that come and go',
    '[{"id":1,"text":"a"},{"id":2},{"text":"c","id":3,"at":null},{"id":4,"text":"d"}]',
  ],
  [
    'unknown fields',
    '[{"id":1,"new":{"id":7},"text":"a"},{"id":2,"new":[1],"text":"b"},{"id":3,"text":"c"}]',
  ],
  [
    'what changes after being the same',
    '[{"id":1,"size":3},{"id":1,"size":3},{"id":1,"size":4},{"id":1,"size":"5"}]',
  ],
];

test.each(SOUND)('%s', (_, json) => {
  const found = viewed(Rows, json);
  const whole = parsed(Rows, json);
  if (found) expect(found).toEqual(whole);
  else expect(whole).not.toMatchObject({ drift: [] });
});

test('a broken value costs itself, is told of when it is read, and only once', () => {
  const drift: string[] = [];
  const json = '[{"id":1,"at":"never","text":"a"},{"id":2,"at":"2026-01-01T00:00:00Z","text":"b"}]';
  const [first, second] = viewRows(Rows, Buffer.from(json), (field) => drift.push(field)) ?? [];
  expect([first?.text, drift]).toEqual(['a', []]);
  expect([first?.at, first?.at, drift]).toEqual([null, null, ['at']]);
  expect(second?.at).toBe('2026-01-01T00:00:00Z');
});

const NOT_VIEWED: [string, string][] = [
  ['a row without an id', '[{"id":1},{"text":"a"}]'],
  ['a row with a broken id', '[{"id":1},{"id":0}]'],
  ['a value of another kind', '[{"id":1,"text":"a"},{"id":2,"text":7}]'],
  [
    'lists in lists',
    '[{"id":1,"any":["a",["b"],"c"]},{"id":2,"any":["a",{"b":["c"],"text":"no"}]}]',
  ],
  ['white space', '[{"id":1}, {"id":2}]'],
  ['an escaped key', String.raw`[{"\u0069d":1}]`],
  ['an empty row', '[{}]'],
  ['no rows, but values', '[1,2]'],
  ['no list', '{"id":1}'],
  ['nothing', ''],
  ['a body that breaks off', '[{"id":1,"text":"a"},{"id":2,"text":"b'],
  ['a body that breaks off between rows', '[{"id":1},{"id":2}'],
  ['a body that goes on', '[{"id":1}]]'],
  ['a row that is closed twice', '[{"id":1}}]'],
  ['a missing comma', '[{"id":1"text":"a"}]'],
  ['a missing colon', '[{"id"1}]'],
  ['a comma too many', '[{"id":1,}]'],
  ['a word', '[{"id":1,"text":nil}]'],
];

test.each(NOT_VIEWED)('%s takes a look at the body as a whole', (_, json) => {
  expect(viewed(Rows, json)).toBeUndefined();
});

test('a body that is no UTF-8, or has control characters in a text, takes a look as a whole', () => {
  for (let at = 0; at < 12; at++) {
    const body = Buffer.from('[{"id":1,"text":"a"},{"id":2,"text":"abcdefghijkl"}]');
    expect(viewRows(Rows, body, () => {})).toHaveLength(2);
    for (const byte of [0x00, 0x1f, 0x0a, 0xc3, 0xff]) {
      body[body.indexOf('abcdef') + at] = byte;
      expect(viewRows(Rows, body, () => {})).toBeUndefined();
    }
  }
});

test('text that is no JSON within a value costs that value', () => {
  const drift: string[] = [];
  const json = String.raw`[{"id":1,"text":"\x","free":{"a":b},"size":1-2}]`;
  const [row] = viewRows(Rows, Buffer.from(json), (field) => drift.push(field)) ?? [];
  expect([row?.id, row?.text, row?.free, row?.size]).toEqual([1, null, null, null]);
  expect(drift).toEqual(['text', 'free', 'size']);
});

test('long lists are read whatever stands in them', () => {
  const rows = Array.from({ length: 700 }, (_, index) => ({
    id: index + 1,
    text: `${'ü"\\'.repeat(index % 40)}${'x'.repeat((index * 37) % 200)}`,
    size: index % 7 ? index : -0.5 * index,
    ...(index % 5 === 0 && { urls: ['https://a.example/1', 'https://a.example/2'] }),
  }));
  const json = JSON.stringify(rows);
  expect(json.length).toBeGreaterThan(100_000);
  expect(viewed(Rows, json)).toEqual(parsed(Rows, json));
  expect(viewed(Rows, json.slice(0, -1))).toBeUndefined();
  expect(viewed(Rows, json.replace('"id":690', '"id":"690"'))).toBeUndefined();
});

test('long rows are read as well', () => {
  const json = JSON.stringify([{ id: 1 }, { id: 2, text: 'x'.repeat(70_000) }, { id: 3 }]);
  expect(viewed(Rows, json)).toEqual(parsed(Rows, json));
});

test('more rows than there is room for take a look at the body as a whole', () => {
  const json = JSON.stringify(Array.from({ length: 70_000 }, (_, index) => ({ id: index + 1 })));
  expect(viewed(Rows, json)).toBeUndefined();
});

test.each(['\x80', '\xff\xfe', '\xc3', '\xe2\x82', '\xf0\x9f\x98'])(
  'bytes that are no text take a look at the body as a whole: %j',
  (bytes) => {
    const body = Buffer.from(`[{"id":1,"text":"a${bytes}"},{"id":2,"text":"${bytes}b"}]`, 'latin1');
    expect(viewRows(Rows, body, () => {})).toBeUndefined();
  },
);

test('many small rows are read as well', () => {
  const json = JSON.stringify(Array.from({ length: 5000 }, (_, index) => ({ id: index + 1 })));
  expect(viewed(Rows, json)).toEqual(parsed(Rows, json));
});
