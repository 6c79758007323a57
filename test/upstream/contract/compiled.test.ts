import assert from 'node:assert/strict';
import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { Catalogue } from '../../../src/entities/models/rest.ts';
import { Prompt } from '../../../src/entities/prompt/rest.ts';
import { Tune } from '../../../src/entities/tune/rest.ts';
import { REFUSED, readerOf } from '../../../src/upstream/contract/compiled.ts';
import { decode, repair } from '../../../src/upstream/contract/decode.ts';
import { decimal } from '../../../src/upstream/wire.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree).nullish();
  },
});

/** None of them stands in a rest.ts. Whoever needs one gets what zod says, quickly or not. */
const KINDS: [string, z.ZodType][] = [
  [
    'keys and values with a rule',
    z.record(z.string(), z.unknown()).refine((object) => Object.keys(object).length === 1),
  ],
  [
    'keys and values with a rule of another kind',
    z.record(z.string(), z.unknown()).superRefine((object, { addIssue }) => {
      if (Object.keys(object).length !== 1) addIssue('must be one');
    }),
  ],
  ['a text', z.string()],
  ['a text that is trimmed', z.string().trim()],
  [
    'a text with a rule',
    z
      .string()
      .min(2)
      .regex(/^[a-z]/),
  ],
  ['a text of anything', z.coerce.string()],
  ['a number of anything', z.coerce.number()],
  ['a truth of anything', z.coerce.boolean()],
  ['a number', z.number()],
  ['a number within bounds', z.number().min(-1).max(2)],
  ['a number below', z.number().lt(1)],
  ['a whole number', z.number().int()],
  ['a multiple', z.int().multipleOf(2)],
  ['32 bits', z.int32()],
  ['32 bits without a sign', z.uint32()],
  ['a single', z.float32()],
  ['an address of any kind', z.url()],
  ['an address of one host', z.url({ hostname: /^b\.example$/ })],
  ['an address by https', z.url({ protocol: /^https$/ })],
  ['an address, made normal', z.url({ normalize: true })],
  ['a date', z.iso.date()],
  ['a time, to the minute', z.iso.datetime({ precision: -1 })],
  ['a time with a rule', z.iso.datetime().startsWith('2')],
  ['one of some', z.enum(['a', 'b'])],
  ['one', z.literal(1)],
  ['a default', z.string().default('none')],
  ['an optional default', z.string().default('none').optional()],
  ['a nullable default', z.string().default('none').nullable().optional()],
  ['a fallback', z.string().catch('none')],
  ['what may be absent, and not undefined', z.exactOptional(z.string())],
  [
    'what may be absent, with a rule',
    z
      .string()
      .optional()
      .refine((text) => text !== 'a'),
  ],
  [
    'what may be absent, with a change',
    z
      .string()
      .optional()
      .check(z.overwrite((text) => text ?? 'none')),
  ],
  [
    'what may be null, with a rule',
    z
      .string()
      .nullable()
      .refine((text) => text !== null),
  ],
  [
    'a number, or a text turned around',
    z.union([z.number(), z.string().transform((text) => [...text].reverse())]),
  ],
  ['a trimmed text, or any', z.union([z.string().trim().max(1), z.string()])],
  ['an object, or another', z.union([z.object({ a: z.string() }), z.object({ b: z.number() })])],
  ['one of two and not both', z.xor([z.number(), z.string(), z.int()])],
  ['a list with a rule', z.array(z.string()).min(1)],
  ['a list of what may be absent', z.array(z.string().optional())],
  ['a tuple', z.tuple([z.string(), z.number()])],
  ['an object', z.object({ a: z.string(), b: z.number().optional() })],
  ['an object with a rule', z.object({ a: z.string() }).refine(({ a }) => a !== 'a')],
  ['a strict object', z.strictObject({ a: z.string() })],
  ['a loose object', z.looseObject({ a: z.string() })],
  ['an object with others', z.object({ a: z.string() }).catchall(z.number())],
  ['an object that holds anything', z.object({ a: z.unknown() })],
  [
    'an object that holds a default',
    z.object({ a: z.string().default('none'), b: z.prefault(z.number(), 1) }),
  ],
  ['an object that holds an object', z.object({ a: z.object({ a: z.string() }).nullish() })],
  ['a transformed object', z.object({ a: z.string().trim() }).transform(({ a }) => ({ c: a }))],
  [
    'an object that its transform refuses',
    z.object({ a: z.string() }).transform((_, context) => context.addIssue('no')),
  ],
  ['a map', z.record(z.string(), z.number())],
  ['a map of objects', z.record(z.string(), z.object({ a: z.string() }))],
  ['a map with a rule for keys', z.record(z.string().max(1), z.unknown())],
  ['a map of certain keys', z.record(z.enum(['a', 'b']), z.unknown())],
  ['a map of some keys', z.partialRecord(z.enum(['a', 'b']), z.unknown())],
  ['a codec', z.codec(z.string(), z.number(), { decode: Number, encode: String })],
  [
    'a codec of equals',
    z.codec(z.string(), z.string(), { decode: (text) => `${text}!`, encode: String }),
  ],
  ['a pipe', z.string().pipe(z.string().max(1))],
  ['a pipe that changes first', z.string().trim().pipe(z.string().max(1))],
  [
    'a pipe that changes first, within',
    z.object({ a: z.string().trim() }).pipe(z.object({ a: z.string().max(1) })),
  ],
  ['what comes later', z.lazy(() => z.object({ a: z.string() }))],
  ['a tree', Tree],
  ['nothing', z.null()],
  ['anything', z.unknown()],
];

const VALUES: unknown[] = [
  ...[undefined, null, true, 0, 1, -1, 0.5, 1e300, 2 ** 31, 2 ** 32, Infinity, NaN],
  ...[2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53 - 1, 2 ** 53],
  ...['', 'a', 'ab', ' a ', '1', '2026-01-01', '2026-01-01T00:00Z', '2026-01-01T00:00:00Z'],
  ...[
    'https://a.example/',
    'http://b.example/x',
    'https://b.example',
    'ftp://a.example/',
    'https://a.example/a b',
  ],
  ...[[], ['a'], [' a '], ['a', 1], [null], [undefined], [['a']]],
  ...[{}, { a: 'a' }, { a: ' a ' }, { a: 1 }, { a: null }, { b: 1 }, { a: 'b', b: 2 }],
  ...[{ a: 'a', c: 'c' }, { a: { a: 'a' } }, { a: { a: 'a', c: 1 } }, { constructor: 1 }],
  ...[JSON.parse('{"__proto__": 1}'), JSON.parse('{"a": "b", "__proto__": {"a": "a"}}')],
  ...[
    { name: 'a', children: [{ name: 'b', children: null }] },
    { name: 'a', children: [{}] },
  ],
];

/** The same kind within a row. */
const WITHIN: [string, (kind: z.ZodType) => z.ZodType, (value: unknown) => unknown][] = [
  ['in a field', (kind) => kind, (value) => value],
  ['in a list', (kind) => z.array(kind), (value) => [value]],
  ['in a list, after another', (kind) => z.array(kind), (value) => ['a', value]],
  ['in a map', (kind) => z.record(z.string(), kind), (value) => ({ constructor: value })],
  ['where it may be absent', (kind) => kind.nullish(), (value) => value],
];

test.each(KINDS)('%s is what zod says it is', (_, kind) => {
  for (const [where, schemaOf, bodyOf] of WITHIN) {
    const row = z.object({ in: schemaOf(kind) });
    // `JSON.parse` makes no field that is there and undefined.
    for (const value of VALUES.filter((value) => value !== undefined)) {
      const body = () => ({ in: bodyOf(structuredClone(value)) });
      const message = `${JSON.stringify(value)} ${where}`;
      assert.deepStrictEqual(decode(row, body()), repair(row, body()), message);
    }
    assert.deepStrictEqual(decode(row, {}), repair(row, {}), `nothing ${where}`);
  }
});

test.each(KINDS)('%s as a whole body is what zod says it is', (_, kind) => {
  for (const value of VALUES) {
    const decoded = decode(kind, structuredClone(value));
    assert.deepStrictEqual(decoded, repair(kind, structuredClone(value)), JSON.stringify(value));
  }
});

test('zod is asked about the few values that are not plain, once for the same text', () => {
  const parsed = vi.spyOn(URL, 'parse');
  const row = (last: object) => ({
    id: 1,
    eta: '2026-01-01T00:00:00Z',
    url: 'https://a.example/1',
    ...last,
  });
  const body = [row({ ckpt_url: 'https://A.example/' }), row({ ckpt_url: 'https://A.example/' })];
  expect(readerOf(z.array(Tune))(body)).toEqual(body);
  expect(parsed.mock.calls).toEqual([['https://A.example/']]);
});

test('a decimal reads as a number, and what was read stays as it was', () => {
  const sound = { id: 1, cfg_scale: '3.0', video_duration: ' 5 ' };
  expect(readerOf(Prompt)(sound)).toEqual({ id: 1, cfg_scale: 3, video_duration: 5 });
  expect(readerOf(Prompt)({ ...sound, video_duration: 'long' })).toBe(REFUSED);
  expect(sound.cfg_scale).toBe('3.0');
});

test('what reads as an object is read anew for each row', () => {
  const rows = z.array(z.string().transform((text) => ({ text })));
  const decoded = decode(rows, ['a', 'a']);
  expect(decoded).toMatchObject({ value: [{ text: 'a' }, { text: 'a' }] });
  expect(decoded.ok && decoded.value[0] !== decoded.value[1]).toBe(true);
});

test('an excerpt holds what its schema knows and nothing else', () => {
  const tune = { id: 5, title: 'Five', status: 'x', url: 'javascript:x' };
  const decoded = decode(Prompt, { id: 1, tune, tunes: [{ ...tune }] });
  const excerpt = { id: 5, title: 'Five' };
  expect(decoded).toEqual({
    ok: true,
    value: { id: 1, tune: excerpt, tunes: [excerpt] },
    drift: [],
  });
});

test('a map may have any keys', () => {
  const body = JSON.parse('{"models": {"constructor": {"tune_id": "7", "x": 1}, "__proto__": 7}}');
  const value = { models: { constructor: { tune_id: 7 } } };
  expect(decode(Catalogue, body)).toEqual({ ok: true, value, drift: [] });
});

test('where code may not be made of texts, zod reads everything', () => {
  function refuse() {
    throw new EvalError('Code generation from strings disallowed for this context');
  }
  vi.stubGlobal('Function', refuse);
  const row = z.object({ id: z.int(), scale: decimal });
  const value = { id: 1, scale: 3 };
  expect(readerOf(row)(value)).toBe(REFUSED);
  vi.unstubAllGlobals();
  expect(readerOf(row)(value)).toBe(REFUSED);
  expect(decode(row, { id: 1, scale: '3.0' })).toEqual({ ok: true, value, drift: [] });
});
