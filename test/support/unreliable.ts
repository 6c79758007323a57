/** Rows for any schema, in which much is missing, late or broken: always the same for the same seed. */
import {
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { KIND } from './library.ts';
import type { Turns } from './turns.ts';

const LEAVES: Record<string, readonly unknown[]> = {
  String: ['text', '', 7, true],
  ID: ['VHVuZTo1', 5],
  Int: [0, -1, 7, '7', true],
  SafeInt: [5, 2 ** 40],
  Float: [0.5, -0, 2, '2.5'],
  Boolean: [true, false, 1],
  Odd: ['odd', 7, false, { a: [1] }],
};
const BROKEN = [{}, [], Number.NaN, 2 ** 60, 5n, Symbol('odd'), 'throws', 'null', 'undefined'];

export interface Unreliable {
  /** Stands for a whole answer. */
  root: object;
  /** Who was asked for what, in order. */
  calls: unknown[];
}

export function unreliable(schema: GraphQLSchema, seed: number, turns: Turns): Unreliable {
  const calls: unknown[] = [];
  /** Of a hundred. */
  const risk = [0, 2, 8, 25][hash(`${seed} risk`) % 4] as number;
  const delay = [0, 10, 30, 70][hash(`${seed} delay`) % 4] as number;

  const roll = (path: string, what: string, of = 100) => hash(`${seed} ${path} ${what}`) % of;
  const pick = <T>(items: readonly T[], path: string) =>
    items[roll(path, 'pick', items.length)] as T;

  function give(type: GraphQLOutputType, path: string): unknown {
    const give = () => (roll(path, 'risk') < risk ? fail(path) : value(type, path));
    if (roll(path, 'delay') >= delay) return give();
    const steps = roll(path, 'steps', 8);
    return quiet(steps < 4 ? turns.later(steps, give) : inSteps(steps - 4, give));
  }

  function fail(path: string): unknown {
    const error = new Error(`at ${path}`);
    switch (roll(path, 'failure', 8)) {
      case 0:
        throw `text at ${path}`;
      case 1:
        throw new GraphQLError(`of ours at ${path}`, { extensions: { code: 'OURS' } });
      case 2:
        return error;
      case 3:
        return quiet(Promise.resolve(error));
      case 4:
        return quiet(Promise.reject(error));
      case 5:
        return thenable(quiet(turns.alone(() => Promise.reject(error))));
      default:
        throw error;
    }
  }

  function value(type: GraphQLOutputType, path: string): unknown {
    if (isNonNullType(type)) return roll(path, 'null') < risk ? null : value(type.ofType, path);
    if (roll(path, 'null') < risk + 3) return roll(path, 'none', 2) ? null : undefined;
    if (isListType(type)) return items(type.ofType, path);
    if (isCompositeType(type)) {
      const types = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
      return row(pick(types, path), path);
    }
    if (roll(path, 'broken') < risk) return pick(BROKEN, path);
    if (isEnumType(type)) return pick(type.getValues(), path).value;
    return pick(LEAVES[type.name] ?? ['any'], path);
  }

  function items(type: GraphQLOutputType, path: string) {
    if (roll(path, 'odd') < risk) return pick<unknown>(['text', 5, {}], path);
    const all = Array.from({ length: roll(path, 'length', 4) }, (_, index) => {
      try {
        return give(type, `${path}.${index}`);
      } catch (error) {
        return quiet(Promise.reject(error));
      }
    });
    if (roll(path, 'set') < 20) return new Set(all);
    return roll(path, 'generator') < 10 ? generated(all, roll(path, 'stops') < risk) : all;
  }

  function row(type: GraphQLObjectType, path: string): object {
    const odd = pick(['Missing', 'String', 'Query', undefined, 5, type], path);
    const kind = roll(path, 'kind') < risk ? odd : type.name;
    const made = { [KIND]: kind };
    for (const field of Object.values(type.getFields())) {
      const property = field.extensions.pothosExposedField as string | undefined;
      const at = `${path}.${property ?? field.name}`;
      const isPlain = property !== undefined || roll(at, 'plain') < 40;
      if (isPlain && !isCompositeType(field.type)) {
        Object.defineProperty(made, property ?? field.name, {
          get: () => give(field.type, at),
          configurable: true,
        });
        continue;
      }
      Object.assign(made, {
        [field.name]: (args: unknown, _: unknown, info: GraphQLResolveInfo) => {
          calls.push([args, seen(info)]);
          return give(field.type, `${path}.${info.path.key}`);
        },
      });
    }
    return made;
  }

  return { root: row(schema.getQueryType() as GraphQLObjectType, 'Query'), calls };
}

/** All that a resolver is told of its field, but for what is the same everywhere. */
function seen(info: GraphQLResolveInfo) {
  const { fieldName, fieldNodes, returnType, parentType, path, operation } = info;
  return {
    ...{ fieldName, path, parentType: parentType.name, returnType: String(returnType) },
    nodes: fieldNodes.map(({ loc }) => loc?.start),
    fragments: Object.keys(info.fragments),
    operation: operation.name?.value,
    variables: info.variableValues,
  };
}

async function inSteps(steps: number, give: () => unknown) {
  for (let step = 0; step < steps; step++) await undefined;
  return give();
}

/** Nobody may ever ask for it, and that is no reason to complain. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** No real promise, but as good as one. */
const thenable = (promise: Promise<unknown>) => ({
  // biome-ignore lint/suspicious/noThenProperty: that is what it is about
  then: (...callbacks: Parameters<typeof promise.then>) => quiet(promise.then(...callbacks)),
});

function* generated(all: readonly unknown[], isCutShort: boolean) {
  yield* all;
  if (isCutShort) throw new Error('no more of them');
}

/** FNV-1a, mixed once more: its low bits alone are not random enough. */
function hash(text: string): number {
  let code = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    code = Math.imul(code ^ text.charCodeAt(index), 0x01000193);
  }
  code = Math.imul(code ^ (code >>> 15), 0x2c1b3c6d);
  return (code ^ (code >>> 13)) >>> 0;
}
