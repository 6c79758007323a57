/** What is written byte by byte is what `JSON.stringify` would have written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sink } from '../../src/json/sink.ts';
import { bytesOf, HOLDS_UNREAD, Unread } from '../../src/json/unread.ts';

const written = (data: unknown) => bytesOf({ data, [HOLDS_UNREAD]: true }).toString();

test('whatever it is', () => {
  const isSame = (data: unknown) => {
    expect(written(data)).toBe(JSON.stringify({ data }));
  };
  fc.assert(fc.property(fc.jsonValue({ stringUnit: 'binary' }), isSame), { numRuns: 1000 });
  const odd = [undefined, Number.NaN, () => 1, Symbol('s'), new Date(0), Object.create(null)];
  isSame([...odd, { toJSON: 'a text', __proto__: null }, { a: undefined, b: [], c: {} }]);
  isSame('\ud800 half a character');
});

test('of every length, from the first byte to after it has grown', () => {
  const texts = Array.from({ length: 300 }, (_, index) => 'é"x\u0001'.repeat(index));
  expect(written(texts)).toBe(JSON.stringify({ data: texts }));
  expect(written('x'.repeat(3_000_000))).toHaveLength(3_000_011);
  expect(written(texts)).toBe(JSON.stringify({ data: texts }));
});

test('an object that is written by itself, in its place', () => {
  const by = {
    write: (row: object, rest: object, sink: Sink) => sink.value([row, rest]),
    read: (row: object, rest: object) => ({ row, rest }),
  };
  const unread = new Unread(by, { id: 1 }, { a: 2 });
  expect(written({ one: unread, many: [unread, null] })).toBe(
    '{"data":{"one":[{"id":1},{"a":2}],"many":[[{"id":1},{"a":2}],null]}}',
  );
  expect(JSON.stringify({ one: unread })).toBe('{"one":{"row":{"id":1},"rest":{"a":2}}}');
});

test('one that fails leaves nothing behind', () => {
  const fails = () => {
    throw new Error('fails');
  };
  const unread = new Unread({ write: fails, read: fails }, {}, {});
  expect(() => written(['before', unread])).toThrow('fails');
  expect(written('after')).toBe('{"data":"after"}');
});

test('what was taken is not written over', () => {
  const sink = new Sink();
  sink.value('first');
  const first = sink.take();
  sink.value('other');
  expect([first.toString(), sink.take().toString()]).toEqual(['"first"', '"other"']);
});
