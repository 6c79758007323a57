/** What is written byte by byte is what `JSON.stringify` would have written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sink } from '../../src/json/sink.ts';
import { bytesOf, LEADING, Unread, type Writer } from '../../src/json/unread.ts';

/** With all of `leading` looked through. */
const written = (data: object, leading: unknown[] = [data]) =>
  bytesOf({ data, [LEADING]: new Set(leading) }).toString();

const UNREAD = new Unread(
  {
    lengthOf: () => 0,
    write: (row, rest, _, { sink }: Writer) => sink.value([row, rest]),
    read: (row, rest) => ({ row, rest }),
  },
  { id: 1 },
  { a: 2 },
);

test('whatever it is', () => {
  const isSame = (data: object) => {
    expect(written(data)).toBe(JSON.stringify({ data }));
  };
  const values = fc.jsonValue({ stringUnit: 'binary' });
  fc.assert(fc.property(fc.array(values), isSame), { numRuns: 300 });
  fc.assert(fc.property(fc.dictionary(fc.string(), values), isSame), { numRuns: 300 });
  isSame([undefined, Number.NaN, () => 1, Symbol('s'), new Date(0), Object.create(null)]);
  isSame({ a: undefined, b: [], c: {}, toJSON: 'a text', half: '\ud800' });
});

test('however deep, where it leads nowhere', () => {
  const deep = JSON.parse(`${'[{"a":'.repeat(4000)}1${'}]'.repeat(4000)}`);
  const data = { deep, unread: UNREAD };
  expect(written(data)).toBe(
    `{"data":{"deep":${JSON.stringify(deep)},"unread":[{"id":1},{"a":2}]}}`,
  );
});

test('of every length, from the first byte to after it has grown', () => {
  const texts = Array.from({ length: 300 }, (_, index) => 'é"x\u0001'.repeat(index));
  expect(written(texts)).toBe(JSON.stringify({ data: texts }));
  expect(written(['x'.repeat(3_000_000)])).toHaveLength(3_000_013);
  expect(written(texts)).toBe(JSON.stringify({ data: texts }));
});

test('an object that is written by itself, in its place', () => {
  const many = [UNREAD, null];
  const data = { one: UNREAD, many };
  expect(written(data, [data, many])).toBe(
    '{"data":{"one":[{"id":1},{"a":2}],"many":[[{"id":1},{"a":2}],null]}}',
  );
  expect(JSON.stringify(data)).toBe(
    '{"one":{"row":{"id":1},"rest":{"a":2}},"many":[{"row":{"id":1},"rest":{"a":2}},null]}',
  );
});

test('one that fails leaves nothing behind', () => {
  const fails = () => {
    throw new Error('fails');
  };
  const unread = new Unread({ lengthOf: () => 0, write: fails, read: fails }, {}, {});
  expect(() => written(['before', unread])).toThrow('fails');
  expect(written(['after'])).toBe('{"data":["after"]}');
});

test('what was taken is not written over', () => {
  const sink = new Sink();
  sink.value('first');
  const first = sink.take();
  sink.value('other');
  expect([first.toString(), sink.take().toString()]).toEqual(['"first"', '"other"']);
});
