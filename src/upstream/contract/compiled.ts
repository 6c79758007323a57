/**
 * The usual answer is as contracted, and zod takes long to see that. Here a schema becomes plain code that checks each value
 * once, and builds what zod would build. What the code does not take is asked of zod: it may know less than zod does, but
 * must never take what zod refuses, or read it as something else.
 */
import * as z from 'zod';
import { conditionFor } from './conditions.ts';

/** Stands for a value that is not taken. */
export const REFUSED = Symbol('refused');

/** What zod would make of a body, which is what `JSON.parse` makes; or REFUSED, where zod has to be asked. */
export type Reader = (body: unknown) => unknown;

type Schema = z.core.$ZodType;

const readers = new WeakMap<Schema, Reader>();

export function readerOf(schema: Schema): Reader {
  const known = readers.get(schema);
  if (known) return known;
  const made = compile(schema);
  readers.set(schema, made);
  return made;
}

/** The code as it grows. */
interface Program {
  /** What is handed to it: `$0`, `$1` … */
  givens: unknown[];
  /** One for each kind of object: `read0` … */
  functions: string[];
  names: Map<Schema, string>;
  variables: number;
}

function compile(schema: Schema): Reader {
  const program: Program = { givens: [REFUSED], functions: [], names: new Map(), variables: 0 };
  const { code, result } = codeFor(schema, 'body', program);
  const parameters = program.givens.map((_, index) => `$${index}`);
  const functions = program.functions.join('\n');
  try {
    const make = new Function(
      ...parameters,
      `${functions}\nreturn (body) => { ${code} return ${result}; };`,
    );
    return make(...program.givens);
  } catch (error) {
    // A Node that makes no code of texts: zod reads everything.
    if (error instanceof EvalError) return () => REFUSED;
    throw error;
  }
}

const give = (program: Program, needed: unknown) => `$${program.givens.push(needed) - 1}`;
const variable = (program: Program) => `v${program.variables++}`;

/** The name of REFUSED in the code: what is given first. */
const NO = '$0';

/** Code that returns REFUSED where the value is not sound; and behind it, what the value reads as. */
interface Part {
  code: string;
  result: string;
}

const codeFor = (schema: Schema, value: string, program: Program): Part =>
  containerCode(schema, value, program) ?? leafCode(schema, value, program);

function leafCode(schema: Schema, value: string, program: Program): Part {
  const condition = conditionFor(schema, value, (needed) => give(program, needed));
  const result = variable(program);
  const code = `let ${result} = ${value};
    if (!(${condition})) { ${askCode(schema, result, program)} }`;
  return { code, result };
}

/** Code that reads a variable by zod. */
const askCode = (schema: Schema, name: string, program: Program) =>
  `${name} = ${give(program, asker(schema))}(${name}); if (${name} === ${NO}) return ${NO};`;

/**
 * The last text and how it reads are remembered, since a decimal is often the same in row after row; so a schema has to read
 * the same text in the same way.
 */
function asker(schema: Schema) {
  let last: { text: string; reading: unknown } | undefined;
  return (value: unknown): unknown => {
    if (last !== undefined && last.text === value) return last.reading;
    const { success, data } = z.safeParse(schema, value);
    if (!success) return REFUSED;
    // An object may not stand in two rows.
    if (typeof value === 'string' && typeof data !== 'object')
      last = { text: value, reading: data };
    return data;
  };
}

/** The classes known here. What derives from them is another class, with rules of its own. */
const CONTAINERS: readonly unknown[] = [
  z.ZodUnknown,
  z.ZodOptional,
  z.ZodNullable,
  z.ZodArray,
  z.ZodRecord,
  z.ZodObject,
  z.ZodPipe,
];

/** Undefined where it is nothing that holds others, or has rules that are not known here. */
function containerCode(schema: Schema, value: string, program: Program): Part | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (!CONTAINERS.includes(schema.constructor)) return undefined;
  if (def.checks?.length && def.type !== 'record') return undefined;
  switch (def.type) {
    case 'unknown':
      return { code: '', result: value };
    case 'optional':
      return keepsAbsence(schema)
        ? unlessCode('undefined', def.innerType, value, program)
        : undefined;
    case 'nullable':
      return unlessCode('null', def.innerType, value, program);
    case 'array':
      return arrayCode(def.element, value, program);
    case 'record':
      return isAnyText(def.keyType) ? recordCode(def, value, program) : undefined;
    case 'object':
      return def.catchall ? undefined : objectCode(schema, def.shape, value, program);
    case 'pipe':
      return pipeCode(def, value, program);
  }
}

const isPlainOptional = (schema: Schema): schema is z.ZodOptional =>
  schema.constructor === z.ZodOptional &&
  !(schema as z.ZodOptional).def.checks?.length &&
  keepsAbsence(schema);

/** False where a default, say, takes the place of what is absent. */
function keepsAbsence(schema: Schema): boolean {
  const { success, data } = z.safeParse(schema, undefined);
  return success && data === undefined;
}

const isAnyText = (schema: Schema): boolean =>
  schema.constructor === z.ZodString && !(schema as z.ZodString).def.checks?.length;

/** Of `undefined` or `null`, which stay what they are. */
function unlessCode(nothing: string, inner: Schema, value: string, program: Program): Part {
  const part = codeFor(inner, value, program);
  const result = variable(program);
  const code = `let ${result} = ${nothing};
    if (${value} !== ${nothing}) { ${part.code} ${result} = ${part.result}; }`;
  return { code, result };
}

function arrayCode(element: Schema, value: string, program: Program): Part {
  const [result, index, item] = [variable(program), variable(program), variable(program)];
  const part = codeFor(element, item, program);
  const code = `if (!Array.isArray(${value})) return ${NO};
    const ${result} = [];
    for (let ${index} = 0; ${index} < ${value}.length; ${index}++) {
      const ${item} = ${value}[${index}]; ${part.code} ${result}.push(${part.result});
    }`;
  return { code, result };
}

function recordCode(
  { valueType, checks = [] }: z.core.$ZodRecordDef,
  value: string,
  program: Program,
): Part | undefined {
  const rules = checks.map(ruleOf);
  if (rules.includes(undefined)) return undefined;
  const [result, key, item] = [variable(program), variable(program), variable(program)];
  const part = codeFor(valueType, item, program);
  const keeps = rules.map((rule) => ` || ${give(program, rule)}(${result}) !== true`).join('');
  const code = `if (!${give(program, hasPlainKeys)}(${value})) return ${NO};
    const ${result} = {};
    for (const ${key} in ${value}) {
      const ${item} = ${value}[${key}]; ${part.code} ${result}[${key}] = ${part.result};
    }
    if (false${keeps}) return ${NO};`;
  return { code, result };
}

/** What a `refine` asks; undefined of other checks, which may change what they look at. */
function ruleOf(check: z.core.$ZodCheck<never>): ((value: unknown) => unknown) | undefined {
  const { check: kind, when } = check._zod.def;
  if (kind !== 'custom' || when || !(check instanceof z.core.$ZodCustom)) return undefined;
  return check._zod.def.fn;
}

/** Keys are for zod to look at where one is `__proto__`, which it drops, or where some are inherited. */
const hasPlainKeys = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !Object.hasOwn(value, '__proto__');

type Shape = Readonly<Record<string, Schema>>;

/** A function for each kind of object: one that grows too long is never optimised. */
function objectCode(schema: Schema, shape: Shape, value: string, program: Program): Part {
  let name = program.names.get(schema);
  if (!name) {
    name = `read${program.names.size}`;
    // Before its fields: one of them may be of the same kind.
    program.names.set(schema, name);
    const fields = Object.entries(shape).map(([key, field]) => fieldCode(key, field, program));
    program.functions.push(`const ${name} = (object) => {
      if (typeof object !== "object" || object === null || Array.isArray(object)) return ${NO};
      const row = {};
      ${fields.join('\n')}
      return row;
    };`);
  }
  const result = variable(program);
  const code = `const ${result} = ${name}(${value}); if (${result} === ${NO}) return ${NO};`;
  return { code, result };
}

/** In the order of the schema, as zod does it. What is absent stays absent, where it may. */
function fieldCode(name: string, schema: Schema, program: Program): string {
  const [key, value] = [JSON.stringify(name), variable(program)];
  const isOptional = isPlainOptional(schema);
  const { code, result } = codeFor(isOptional ? schema.def.innerType : schema, value, program);
  const absent = isOptional ? '' : ` else return ${NO};`;
  return `const ${value} = object[${key}];
    if (${value} !== undefined) { ${code} row[${key}] = ${result}; }${absent}`;
}

/** What the second half reads is what the first has made. */
function pipeCode(
  { in: first, out: second }: z.core.$ZodPipeDef,
  value: string,
  program: Program,
): Part {
  const part = codeFor(first, value, program);
  const result = variable(program);
  const code = `${part.code} let ${result} = ${part.result}; ${askCode(second, result, program)}`;
  return { code, result };
}
