/** What the code of `compiled.ts` asks of single values: conditions that zod's own answer follows from. */
import * as z from 'zod';

type Schema = z.core.$ZodType;

/** The classes known here. What derives from them is another class, with rules of its own. */
const KNOWN: readonly unknown[] = [
  z.ZodString,
  z.ZodURL,
  z.ZodISODateTime,
  z.ZodNumber,
  z.ZodNumberFormat,
  z.ZodBoolean,
  z.ZodUnion,
];

/** The condition that nothing meets. */
const NEVER = 'false';

/** True only of what zod takes, and takes as it is. `give` names what the condition needs at hand. */
export function conditionFor(
  schema: Schema,
  value: string,
  give: (needed: unknown) => string,
): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (!KNOWN.includes(schema.constructor)) return NEVER;
  if (def.type === 'number') return numberCondition(def, value);
  if (def.checks?.length) return NEVER;
  if (def.type === 'boolean') return `typeof ${value} === "boolean"`;
  if (def.type === 'string') {
    const test = textTest(def);
    return `typeof ${value} === "string"${test ? ` && ${give(test)}(${value})` : ''}`;
  }
  // Zod reads by the first kind that fits, and whether an earlier one fits is not known here.
  if (def.type === 'union') return conditionFor(def.options[0] as Schema, value, give);
  return NEVER;
}

/** As Astria writes nearly all of its times: days that every month has. Quicker than zod's pattern, which knows leap years. */
const PLAIN_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/**
 * An address that `new URL` takes and zod leaves as it is: no label with the double hyphen that Punycode needs, a last one
 * that cannot be a part of an IPv4 address, a port that can be, and behind the origin nothing but visible ASCII.
 */
export const PLAIN_URL =
  /^https?:\/\/(?:(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+|127\.0\.0\.1)(?::\d{1,4}|:[1-5]\d{4})?\/[!-~]*$/;

/** Undefined where any text will do. */
function textTest(def: z.core.$ZodStringDef): ((text: string) => boolean) | undefined {
  if (!('format' in def)) return undefined;
  const { pattern } = def as z.core.$ZodStringFormatDef;
  if (def.format === 'datetime' && pattern) {
    return takesAnyPrecision(def)
      ? (text) => PLAIN_TIME.test(text) || pattern.test(text)
      : (text) => pattern.test(text);
  }
  return def.format === 'url' && isOfTheWeb(def as z.core.$ZodURLDef)
    ? (text) => PLAIN_URL.test(text)
    : () => false;
}

/** Of a time: a pattern that takes one takes what has more or fewer digits of a second, too. */
const takesAnyPrecision = (def: z.core.$ZodStringDef) =>
  (def as z.core.$ZodISODateTimeDef).precision == null;

/** Whether it takes any host, by http as well as by https. */
const isOfTheWeb = ({ protocol, hostname, normalize }: z.core.$ZodURLDef): boolean =>
  !hostname && !normalize && ['http', 'https'].every((name) => !protocol || protocol.test(name));

type NumberDef = z.core.$ZodNumberDef & { format?: string };

function numberCondition({ format, checks = [] }: NumberDef, value: string): string {
  const bounds = checks.map((check) => boundCondition(check._zod.def, value));
  return [kindOfNumber(format, value), ...bounds].join(' && ');
}

function kindOfNumber(format: string | undefined, value: string): string {
  if (format === undefined) return `Number.isFinite(${value})`;
  if (format === 'safeint') return `Number.isSafeInteger(${value})`;
  if (format !== 'int32') return NEVER;
  return `Number.isInteger(${value}) && ${value} >= ${-(2 ** 31)} && ${value} < ${2 ** 31}`;
}

function boundCondition(check: z.core.$ZodCheckDef, value: string): string {
  const { value: bound, inclusive } = check as z.core.$ZodCheckGreaterThanDef;
  if (typeof bound !== 'number' || check.when) return NEVER;
  if (check.check === 'greater_than') return `${value} ${inclusive ? '>=' : '>'} ${bound}`;
  if (check.check === 'less_than') return `${value} ${inclusive ? '<=' : '<'} ${bound}`;
  return NEVER;
}
