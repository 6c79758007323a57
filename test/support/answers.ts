/** What each call may be answered, near the contract and a little beside it: to be read by all who read answers. */
import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import * as z from 'zod';
import type { Session } from '../../src/upstream/client.ts';

const ENTITIES = new URL('../../src/entities/', import.meta.url);

/** What each call of each rest.ts wants to be answered, by its name. */
export async function responses(): Promise<Map<string, z.ZodType>> {
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

/** Each schema, under the calls that want it. */
export const schemas = [...Map.groupBy(await responses(), ([, schema]) => schema)].map(
  ([schema, asked]) => [asked.map(([call]) => call).join(', '), schema] as const,
);

/** From wholly sound ones to such as have a broken field or two. */
export const bodies = (schema: z.ZodType) =>
  fc.oneof(...[0, 5, 40].map((oddness) => near(schema, oddness))).map(jsonOf);
