/** Whatever Astria answers, `decode` makes of it what zod alone would. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Session } from '../../src/upstream/client.ts';
import { conforms } from '../../src/upstream/compiled-check.ts';
import { decode, repair } from '../../src/upstream/decode.ts';

const ENTITIES = new URL('../../src/entities/', import.meta.url);

/** What each call of each rest.ts wants to be answered, by its name. */
async function responses(): Promise<Map<string, z.ZodType>> {
  const found = new Map<string, z.ZodType>();
  const session: Session = {
    async request({ method = 'GET', path, response }) {
      found.set(`${method} ${path}`, response);
      return [] as never;
    },
  };
  for (const entity of readdirSync(ENTITIES)) {
    if (!existsSync(new URL(`${entity}/rest.ts`, ENTITIES))) continue;
    const rest: object = await import(`../../src/entities/${entity}/rest.ts`);
    for (const call of Object.values(rest)) {
      if (typeof call === 'function') await call(session, {}, {}, {});
    }
  }
  return found;
}

const found = await responses();

test('the schema of a call is made once, and so is its code', async () => {
  expect(found.size).toBeGreaterThan(20);
  const again = await responses();
  for (const [call, schema] of found) expect(again.get(call) === schema, call).toBe(true);
});

const addresses = fc.oneof(
  fc.constantFrom('https://a.example/1', 'http://127.0.0.1:4000/x', 'https://a.example/?x=[1]#é'),
  fc.constantFrom('https://a.example', 'HTTPS://A.example/', 'https://a..b/', 'https://[::1]/'),
  fc.constantFrom('https://a.example:65535/', 'https://xn--bcher-kva.example/', 'https://1.2.3.4'),
  fc.constantFrom(' https://a.example/1', 'https://a.example/1\n', 'https://a.example/\t1\u00a0'),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);
const date = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) });
const times = fc.oneof(
  fc.constantFrom('2024-02-29T00:00:00Z', '2026-12-31T23:59:59.123456+02:00'),
  date.map((at) => at.toISOString()),
);
const decimals = fc.constantFrom<unknown>('3.0', ' 7 ', '0x10', '1e3', '3618064', 1, 7);

/** Texts that stand for what JSON can write and an object cannot. */
const HUGE = '1e999';
const PROTO = 'proto';
const jsonOf = (body: unknown) =>
  (JSON.stringify(body) ?? 'null')
    .replaceAll(`"${HUGE}"`, HUGE)
    .replaceAll(`"${PROTO}"`, '"__proto__"');

/** Undefined takes the key along. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, '', ' ', 'x', 7, [], {}, [null]),
  fc.constantFrom<unknown>({ id: 1 }, { id: null }, -1, 0, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53),
  fc.constantFrom(HUGE, '-0', '1,5', 'Infinity', '0x', '١', 'javascript:x', 'ftp://a.example/'),
  fc.constantFrom('https:/a.example/', '/1.png', 'https://a b/', 'https://a.example:65536/'),
  fc.constantFrom('https://1.2.3.999/', 'https://xn--a.example/', '2023-02-29T00:00:00Z'),
  fc.constantFrom('2026-01-01', '2026-01-01T24:00:00Z', '2026-01-01T00:00Z'),
  addresses,
  fc.jsonValue({ maxDepth: 2 }),
);

/** Bodies near the contract: of a thousand values some `oddness` are what they should not be. */
const near = (schema: z.core.$ZodType, oddness: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: sound(schema, oddness), weight: 1000 - oddness },
    { arbitrary: odd, weight: oddness },
  );

function sound(schema: z.core.$ZodType, oddness: number): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
      return fc.oneof(sound(def.innerType, oddness), fc.constant(null));
    case 'array':
      return fc.array(near(def.element, oddness), { maxLength: 3 });
    case 'record':
      return fc.dictionary(keys(oddness), near(def.valueType, oddness), { maxKeys: 3 });
    case 'object':
      return objects(def.shape, oddness);
    case 'pipe':
      return sound(def.in, oddness);
    case 'union':
      return decimals;
    case 'string':
      return texts(def);
    case 'number':
      return numbers(def);
    case 'boolean':
      return fc.boolean();
    case 'unknown':
      return fc.jsonValue({ maxDepth: 1 });
    default:
      throw new Error(`a kind of schema that this test cannot make bodies for: ${def.type}`);
  }
}

const keys = (oddness: number) =>
  fc.constantFrom('man', 'a dress', 'constructor', 'toString', '7', ...(oddness ? [PROTO] : []));

function objects(shape: Record<string, z.core.$ZodType>, oddness: number) {
  const fields = Object.entries(shape).map(([key, field]) => [key, near(field, oddness)] as const);
  const beyond = { colour: fc.jsonValue({ maxDepth: 1 }), status: odd, [PROTO]: odd };
  const requiredKeys = Object.keys(shape).filter((key) => !(shape[key] instanceof z.ZodOptional));
  const model: Record<string, fc.Arbitrary<unknown>> = { ...Object.fromEntries(fields), ...beyond };
  return fc.record(model, { requiredKeys });
}

const formatOf = (def: object) => ('format' in def ? def.format : undefined);

function texts(def: object): fc.Arbitrary<string> {
  if (formatOf(def) === 'url') return addresses;
  return formatOf(def) === 'datetime' ? times : fc.string();
}

const numbers = (def: object) =>
  fc.constantFrom(1, 7, 2 ** 31 - 1, formatOf(def) === 'int32' ? 0 : 2 ** 53 - 1);

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

const calls = [...Map.groupBy(found, ([, schema]) => schema)].map(
  ([schema, asked]) => [asked.map(([call]) => call).join(', '), schema] as const,
);

/** From wholly sound ones to such as have a broken field or two. */
const bodies = (schema: z.ZodType) =>
  fc.oneof(...[0, 5, 40].map((oddness) => near(schema, oddness))).map(jsonOf);

test.each(calls)('%s is read as zod would read it', (_, schema) => {
  const isRead = (text: string) => {
    const decoded = decode(schema, JSON.parse(text));
    const row = decoded.ok ? { ...decoded, value: known(schema, decoded.value) } : decoded;
    assert.deepStrictEqual(row, repair(schema, JSON.parse(text)));
  };
  fc.assert(fc.property(bodies(schema), isRead), { numRuns: 300 });
});

test.each(calls)(
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
