/** What the schema of a list of rows says of each of their columns. */
import * as z from 'zod';
import type { Kind } from '../json/copies.ts';
import { conditionFor, NEVER, takesAnyPrecision } from './check-conditions.ts';
import { KINDS } from './json-value.ts';

export type Shape = Readonly<Record<string, z.ZodType>>;

/** Undefined where it is the schema of anything else than a list of plain objects. */
export function rowShape(schema: z.ZodType): Shape | undefined {
  if (schema.constructor !== z.ZodArray || schema.def.checks?.length) return undefined;
  const { element } = schema as z.ZodArray<z.ZodType>;
  if (element.constructor !== z.ZodObject || element.def.checks?.length) return undefined;
  const { catchall, shape } = (element as z.ZodObject).def;
  const isPlain = !catchall && Object.values(shape as Shape).every(keepsAbsence);
  return isPlain ? (shape as Shape) : undefined;
}

/** False where a default, say, takes the place of what is absent. */
const keepsAbsence = (column: z.ZodType) =>
  z.object({ column }).safeParse({}).data?.column === undefined;

export const isRequired = (column: z.ZodType) => !z.object({ column }).safeParse({}).success;

/** Whether null stays null. */
const isNullable = (column: z.ZodType) => column.safeParse(null).data === null;

/** What it is about, but for absence and null. */
function core(schema: z.ZodType): z.ZodType {
  const isWrapped = schema.constructor === z.ZodOptional || schema.constructor === z.ZodNullable;
  return isWrapped ? core((schema as z.ZodOptional<z.ZodType>).def.innerType) : schema;
}

/** Which kinds of values it may take. */
export function kindsOf(schema: z.ZodType): number {
  return kindsOfCore(core(schema)) | (isNullable(schema) ? KINDS.null : 0);
}

function kindsOfCore(schema: z.ZodType): number {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'string':
      return KINDS.text;
    case 'number':
      return KINDS.number;
    case 'boolean':
      return KINDS.flag;
    case 'array':
      return KINDS.list;
    case 'object':
    case 'record':
      return KINDS.object;
    case 'union':
      return def.options.reduce((kinds, option) => kinds | kindsOf(option as z.ZodType), 0);
    case 'pipe':
      return kindsOf(def.in as z.ZodType);
    case 'unknown':
      return Object.values(KINDS).reduce((kinds, kind) => kinds | kind, 0);
    default:
      return 0;
  }
}

/** A condition, in code, that holds only of a `value` that zod takes, and takes as it is. */
export function takenAsItIs(schema: z.ZodType, give: (needed: unknown) => string): string {
  const condition = conditionFor(core(schema), 'value', give);
  return isNullable(schema) ? `value === null || ${condition}` : condition;
}

const KIND_OF_FORMAT: Record<string, Kind> = { int32: 'int32', safeint: 'integer' };

/** What all its values but null are where they may be copied as they stand; undefined where they have to be read. */
export function copiedKindOf(schema: z.ZodType): Kind | undefined {
  const inner = core(schema);
  if (conditionFor(inner, 'value', () => '') === NEVER) return undefined;
  switch (inner.constructor) {
    case z.ZodString:
      return 'text';
    case z.ZodISODateTime:
      return takesAnyPrecision((inner as z.ZodISODateTime).def) ? 'text' : undefined;
    case z.ZodBoolean:
      return 'flag';
    case z.ZodNumber:
      return 'number';
    case z.ZodNumberFormat:
      return KIND_OF_FORMAT[(inner as z.ZodNumberFormat).format ?? ''];
    default:
      return undefined;
  }
}

export const isTime = (schema: z.ZodType) => core(schema).constructor === z.ZodISODateTime;
