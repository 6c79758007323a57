/**
 * The usual answer is as contracted, and to see that zod builds all of it anew. Here its schemas become plain code
 * that looks at each value once. What the code does not take is asked of zod: it may know less than zod does, but
 * must never take what zod refuses, or reads as something else.
 */
import * as z from 'zod';
import { conditionFor } from './check-conditions.ts';
import { applyChanges, asker, GONE, hasPlainKeys } from './check-parts.ts';

/** Holds the body, so that it too can be replaced. */
export interface Root {
  body: unknown;
}

type Check = (root: Root) => boolean;
type Schema = z.core.$ZodType;

const checks = new WeakMap<Schema, Check>();

/**
 * Whether zod takes the body too. If so it is left as zod would read it, but for keys of a row that its schema does
 * not know, which stay; if not it is untouched. A body is what `JSON.parse` makes.
 */
export function conforms(schema: Schema, root: Root): boolean {
  let check = checks.get(schema);
  if (!check) {
    check = compile(schema);
    checks.set(schema, check);
  }
  return check(root);
}

/** The code as it grows. */
interface Program {
  /** What is handed to it: `$0`, `$1` … */
  givens: unknown[];
  /** One for each kind of object: `row0`, `inner0` … */
  functions: string[];
  names: Record<Depth, Map<Schema, string>>;
  variables: number;
}

/** An object within an object is `inner`; any other is a row. */
type Depth = 'row' | 'inner';

/** Where a value stands: the names, in the code, of itself, of its owner and of its key there. */
interface Place {
  value: string;
  owner: string;
  key: string;
  depth: Depth;
}

function compile(schema: Schema): Check {
  const names = { row: new Map(), inner: new Map() };
  const program: Program = { givens: [], functions: [], names, variables: 0 };
  const root: Place = { value: 'root.body', owner: 'root', key: '"body"', depth: 'row' };
  const code = codeFor(schema, root, program);
  const apply = give(program, applyChanges);
  const check = `root => { const changes = []; ${code} ${apply}(changes); return true; }`;
  const parameters = program.givens.map((_, index) => `$${index}`);
  try {
    const make = new Function(...parameters, `${program.functions.join('\n')}\nreturn ${check};`);
    return make(...program.givens);
  } catch (error) {
    // A Node that makes no code of texts: zod reads everything.
    if (error instanceof EvalError) return () => false;
    throw error;
  }
}

const give = (program: Program, needed: unknown) => `$${program.givens.push(needed) - 1}`;

const variable = (program: Program) => `v${program.variables++}`;

/** Code that returns false where the value is not sound, and else goes on. */
const codeFor = (schema: Schema, place: Place, program: Program): string =>
  containerCode(schema, place, program) ?? leafCode(schema, place, program);

function leafCode(schema: Schema, { value, owner, key }: Place, program: Program): string {
  const condition = conditionFor(schema, value, (needed) => give(program, needed));
  const ask = give(program, asker(schema));
  return `if (!(${condition}) && !${ask}(${owner}, ${key}, changes)) return false;`;
}

/** The classes known here. What derives from them is another class, with rules of its own. */
const CONTAINERS: readonly unknown[] = [
  ...[z.ZodUnknown, z.ZodOptional, z.ZodNullable, z.ZodArray, z.ZodRecord, z.ZodObject, z.ZodPipe],
];

/** Undefined where it is nothing that holds others, or has rules that are not known here. */
function containerCode(schema: Schema, place: Place, program: Program): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (!CONTAINERS.includes(schema.constructor) || def.checks?.length) return undefined;
  switch (def.type) {
    case 'unknown':
      return '';
    case 'optional':
      if (!keepsAbsence(schema)) return undefined;
      return `if (${place.value} !== undefined) { ${codeFor(def.innerType, place, program)} }`;
    case 'nullable':
      return `if (${place.value} !== null) { ${codeFor(def.innerType, place, program)} }`;
    case 'array':
      return arrayCode(def.element, place, program);
    case 'record':
      return isAnyText(def.keyType) ? recordCode(def.valueType, place, program) : undefined;
    case 'object':
      return def.catchall ? undefined : objectCode(schema, def.shape, place, program);
    case 'pipe':
      return pipeCode(schema as z.core.$ZodPipe, place, program);
  }
}

/** False where a default, say, takes the place of what is absent. */
function keepsAbsence(schema: Schema): boolean {
  const { success, data } = z.safeParse(schema, undefined);
  return success && data === undefined;
}

const isAnyText = (schema: Schema): boolean =>
  conditionFor(schema, 'key', () => 'test') === 'typeof key === "string"';

function arrayCode(element: Schema, place: Place, program: Program): string {
  const [list, index, value] = [variable(program), variable(program), variable(program)];
  const code = codeFor(element, { ...place, value, owner: list, key: index }, program);
  return `const ${list} = ${place.value};
    if (!Array.isArray(${list})) return false;
    for (let ${index} = 0; ${index} < ${list}.length; ${index}++) {
      const ${value} = ${list}[${index}]; ${code}
    }`;
}

function recordCode(values: Schema, place: Place, program: Program): string {
  const [map, key, value] = [variable(program), variable(program), variable(program)];
  const code = codeFor(values, { ...place, value, owner: map, key }, program);
  return `const ${map} = ${place.value};
    if (!${give(program, hasPlainKeys)}(${map})) return false;
    ${code && `for (const ${key} in ${map}) { const ${value} = ${map}[${key}]; ${code} }`}`;
}

type Shape = Readonly<Record<string, Schema>>;

/** A function for each kind of object: one that grows too long is never optimised. */
function objectCode(schema: Schema, shape: Shape, place: Place, program: Program): string {
  const names = program.names[place.depth];
  let name = names.get(schema);
  if (!name) {
    name = `${place.depth}${names.size}`;
    // Before its fields: one of them may be of the same kind.
    names.set(schema, name);
    const fields = Object.entries(shape).map(([key, field]) => fieldCode(key, field, program));
    program.functions.push(`const ${name} = (object, changes) => {
      if (typeof object !== "object" || object === null || Array.isArray(object)) return false;
      ${fields.join('\n')}
      ${place.depth === 'inner' ? strippingCode(Object.keys(shape), program) : ''}
      return true;
    };`);
  }
  return `if (!${name}(${place.value}, changes)) return false;`;
}

function fieldCode(name: string, schema: Schema, program: Program): string {
  const [key, value] = [JSON.stringify(name), variable(program)];
  const code = codeFor(schema, { value, owner: 'object', key, depth: 'inner' }, program);
  // Zod wants a field to be there, unless it is optional; and may put something in the place of one that is not.
  const isOptional = schema.constructor === z.ZodOptional && keepsAbsence(schema);
  const absent = isOptional ? '' : `if (${value} === undefined) return false;`;
  return `const ${value} = object[${key}]; ${absent} ${code}`;
}

/** Zod does only the second half, a transform say; but both where the first would change what the second gets. */
function pipeCode(schema: z.core.$ZodPipe, place: Place, program: Program): string {
  const { in: first, out: second } = schema._zod.def;
  const [count, ask] = [variable(program), variable(program)];
  const [whole, half] = [give(program, asker(schema)), give(program, asker(second))];
  return `const ${count} = changes.length;
    ${codeFor(first, place, program)}
    const ${ask} = changes.length > ${count} ? ${whole} : ${half};
    if (!${ask}(${place.owner}, ${place.key}, changes)) return false;`;
}

/** Unlike a row, an excerpt of one is asked for its keys, to see what it holds. */
function strippingCode(keys: readonly string[], program: Program): string {
  const known = keys.map((key) => `case ${JSON.stringify(key)}:`).join(' ');
  const strip = `changes.push({ owner: object, key, value: ${give(program, GONE)} });`;
  return `for (const key in object) switch (key) { ${known} break; default: ${strip} }`;
}
