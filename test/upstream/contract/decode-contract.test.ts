/** Whatever Astria answers, `decode` makes of it what zod alone would. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REFUSED, readerOf } from '../../../src/upstream/contract/compiled.ts';
import { decode, repair } from '../../../src/upstream/contract/decode.ts';
import { bodies, responses, schemas } from '../../support/answers.ts';

const found = await responses();

test('the schema of a call is made once, and so is its code', async () => {
  expect(found.size).toBeGreaterThan(20);
  const again = await responses();
  for (const [call, schema] of found) expect(again.get(call) === schema, call).toBe(true);
});

test.each(schemas)('%s is read as zod would read it', (_, schema) => {
  const isRead = (text: string) => {
    const decoded = decode(schema, JSON.parse(text));
    const expected = repair(schema, JSON.parse(text));
    assert.deepStrictEqual(decoded, expected);
    // The order of keys too.
    assert.equal(JSON.stringify(decoded), JSON.stringify(expected));
  };
  fc.assert(fc.property(bodies(schema), isRead), { numRuns: 300 });
});

test.each(schemas)('%s goes the quick way where zod finds no fault', (_, schema) => {
  const isQuick = (text: string) => {
    const body = JSON.parse(text);
    // Zod drops such a key of a map.
    const isSound = schema.safeParse(JSON.parse(text)).success && !text.includes('__proto__');
    if (readerOf(schema)(body) === REFUSED) assert.equal(isSound, false);
    assert.deepStrictEqual(body, JSON.parse(text));
  };
  fc.assert(fc.property(bodies(schema), isQuick), { numRuns: 200 });
});
