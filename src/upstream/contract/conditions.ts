/** The conditions by which the code of `compiled.ts` checks single values. If a condition holds, zod accepts the value. */
import * as z from 'zod';

type Schema = z.core.$ZodType;

/** The classes that are known here. A class derived from one of them is another class, with rules of its own. */
const KNOWN: readonly unknown[] = [
  z.ZodString,
  z.ZodURL,
  z.ZodISODateTime,
  z.ZodNumber,
  z.ZodNumberFormat,
  z.ZodBoolean,
  z.ZodUnion,
];

/** The condition that is never true. */
const NEVER = 'false';

/**
 * Returns a condition that is true only for values that zod accepts and leaves unchanged. `give` returns the name of a value in
 * the code.
 */
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
  // Zod uses the first option that fits. The condition of a later option does not tell whether an earlier one fits.
  if (def.type === 'union') return conditionFor(def.options[0] as Schema, value, give);
  return NEVER;
}

/**
 * Times as Astria usually writes them, on days that every month has. This is faster than zod's pattern, which knows leap years.
 */
const PLAIN_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/**
 * Addresses that `new URL` accepts and zod leaves unchanged: no label with the double hyphen of Punycode, a last label that
 * cannot be a part of an IPv4 address, a valid port, and only visible ASCII behind the origin.
 */
export const PLAIN_URL =
  /^https?:\/\/(?:(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+|127\.0\.0\.1)(?::\d{1,4}|:[1-5]\d{4})?\/[!-~]*$/;

/** Returns undefined if the schema accepts any text. */
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

/** Returns whether a time may have any precision. A pattern for one precision also accepts times with more or fewer digits. */
const takesAnyPrecision = (def: z.core.$ZodStringDef) =>
  (def as z.core.$ZodISODateTimeDef).precision == null;

/** Returns whether the schema accepts any host, by http as well as by https. */
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
