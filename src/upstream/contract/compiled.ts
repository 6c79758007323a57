/**
 * Compiles a schema into plain code, because zod is slow and most answers are valid. The code checks each value once and builds
 * what zod would build. What the code does not accept is parsed by zod. It may accept less than zod does, but it must never
 * accept what zod refuses, or read it differently.
 */
import * as z from 'zod';
import { conditionFor } from './conditions.ts';

/** Stands for a value that the code does not accept. */
export const REFUSED = Symbol('refused');

/** Returns what zod would make of a parsed body, or REFUSED if zod has to parse it. */
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

/** The code while it is generated. */
interface Program {
  /** The values that the code gets as parameters: `$0`, `$1` … */
  givens: unknown[];
  /** One function for each kind of object: `read0` … */
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
    // This Node does not allow code generation, so zod parses everything.
    if (error instanceof EvalError) return () => REFUSED;
    throw error;
  }
}

const give = (program: Program, needed: unknown) => `$${program.givens.push(needed) - 1}`;
const variable = (program: Program) => `v${program.variables++}`;

/** The name of REFUSED in the code: it is the first parameter. */
const NO = '$0';

/** Code that returns REFUSED if the value is not valid, and the expression for the value that was read. */
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

/** Generates code that parses a variable by zod. */
const askCode = (schema: Schema, name: string, program: Program) =>
  `${name} = ${give(program, asker(schema))}(${name}); if (${name} === ${NO}) return ${NO};`;

/**
 * Remembers the last text and its result, because a decimal is often the same in many rows. A schema must therefore be a pure
 * function of the text.
 */
function asker(schema: Schema) {
  let last: { text: string; reading: unknown } | undefined;
  return (value: unknown): unknown => {
    if (last !== undefined && last.text === value) return last.reading;
    const { success, data } = z.safeParse(schema, value);
    if (!success) return REFUSED;
    // An object is not remembered, because it must not stand in two rows.
    if (typeof value === 'string' && typeof data !== 'object')
      last = { text: value, reading: data };
    return data;
  };
}

/** The classes that are known here. A class derived from one of them is another class, with rules of its own. */
const CONTAINERS: readonly unknown[] = [
  z.ZodUnknown,
  z.ZodOptional,
  z.ZodNullable,
  z.ZodArray,
  z.ZodRecord,
  z.ZodObject,
  z.ZodPipe,
];

/** Returns undefined if the schema is no container, or has rules that are not known here. */
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

/** Returns false if an absent value is replaced, by a default for example. */
function keepsAbsence(schema: Schema): boolean {
  const { success, data } = z.safeParse(schema, undefined);
  return success && data === undefined;
}

const isAnyText = (schema: Schema): boolean =>
  schema.constructor === z.ZodString && !(schema as z.ZodString).def.checks?.length;

/** Generates code that keeps `undefined` or `null` as it is. */
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

/** Returns the predicate of a `refine`. Returns undefined for other checks, which may change the value. */
function ruleOf(check: z.core.$ZodCheck<never>): ((value: unknown) => unknown) | undefined {
  const { check: kind, when } = check._zod.def;
  if (kind !== 'custom' || when || !(check instanceof z.core.$ZodCustom)) return undefined;
  return check._zod.def.fn;
}

/** Returns false if zod has to look at the keys: it drops `__proto__`, and some may be inherited. */
const hasPlainKeys = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !Object.hasOwn(value, '__proto__');

type Shape = Readonly<Record<string, Schema>>;

/** Generates a function for each kind of object, because V8 does not optimize a function that is too long. */
function objectCode(schema: Schema, shape: Shape, value: string, program: Program): Part {
  let name = program.names.get(schema);
  if (!name) {
    name = `read${program.names.size}`;
    // Named before its fields are generated, because one of them may be of the same kind.
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

/** Generates the fields in the order of the schema, as zod does. An absent field stays absent if it may. */
function fieldCode(name: string, schema: Schema, program: Program): string {
  const [key, value] = [JSON.stringify(name), variable(program)];
  const isOptional = isPlainOptional(schema);
  const { code, result } = codeFor(isOptional ? schema.def.innerType : schema, value, program);
  const absent = isOptional ? '' : ` else return ${NO};`;
  return `const ${value} = object[${key}];
    if (${value} !== undefined) { ${code} row[${key}] = ${result}; }${absent}`;
}

/** Generates a pipe: its second half reads what its first half made. */
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
