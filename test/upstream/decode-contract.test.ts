/** Whatever Astria answers, `decode` makes of it what zod alone would. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { conforms } from '../../src/upstream/compiled-check.ts';
import { decode, repair } from '../../src/upstream/decode.ts';
import { bodies, responses, schemas } from '../support/answers.ts';

const found = await responses();

test('the schema of a call is made once, and so is its code', async () => {
  expect(found.size).toBeGreaterThan(20);
  const again = await responses();
  for (const [call, schema] of found) expect(again.get(call) === schema, call).toBe(true);
});

/** Rows without what their schema does not know; what stands within them has to be exact. */
function known(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((row) => known(schema.element as z.core.$ZodType, row));
  }
  if (typeof value !== 'object' || value === null) return value;
  const shape = shapeOf(schema);
  return shape
    ? Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(shape, key)))
    : value;
}

function shapeOf(schema: z.core.$ZodType): object | undefined {
  if (schema instanceof z.ZodPipe) return { ...shapeOf(schema.in), isGallery: true };
  return schema instanceof z.ZodObject ? schema.shape : undefined;
}

test.each(schemas)('%s is read as zod would read it', (_, schema) => {
  const isRead = (text: string) => {
    const decoded = decode(schema, JSON.parse(text));
    const row = decoded.ok ? { ...decoded, value: known(schema, decoded.value) } : decoded;
    assert.deepStrictEqual(row, repair(schema, JSON.parse(text)));
  };
  fc.assert(fc.property(bodies(schema), isRead), { numRuns: 300 });
});

test.each(schemas)(
  '%s goes the quick way where zod finds no fault, else is untouched',
  (_, schema) => {
    const isQuick = (text: string) => {
      const root = { body: JSON.parse(text) };
      // Zod drops such a key of a map.
      const isSound = schema.safeParse(JSON.parse(text)).success && !text.includes('__proto__');
      if (!conforms(schema, root))
        assert.deepStrictEqual([root.body, isSound], [JSON.parse(text), false]);
    };
    fc.assert(fc.property(bodies(schema), isQuick), { numRuns: 200 });
  },
);
