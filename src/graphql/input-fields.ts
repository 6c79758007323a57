/** Astria may name what an input does not have: its complaint is then told of the nearest part that the input has. */
import {
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
} from 'graphql';
import type { FieldError } from './errors.ts';

/** Of an error as it is told. What the path loses stands in the message. */
export function withinInput(error: GraphQLError, schema: GraphQLSchema): GraphQLError {
  const { fieldErrors, source } = error.extensions as {
    fieldErrors?: readonly FieldError[];
    source?: string;
  };
  if (!fieldErrors || source !== 'ASTRIA') return error;
  const field = error.nodes?.find((node) => node.kind === Kind.FIELD)?.name.value;
  const { args = [] } = schema.getMutationType()?.getFields()[field ?? ''] ?? {};
  const told = fieldErrors.map(({ path, message }): FieldError => {
    const argument = args.find(({ name }) => name === path[0]);
    const length = argument ? 1 + depthOf(argument.type, path.slice(1)) : path.length;
    const lost = path.slice(length);
    return { path: path.slice(0, length), message: [...lost, message].join(' ') };
  });
  Object.assign(error.extensions, { fieldErrors: told });
  return error;
}

/** How much of a path leads through what is there. A list is gone through with a place in it or without. */
function depthOf(type: GraphQLInputType, [name, ...rest]: readonly string[]): number {
  if (name === undefined) return 0;
  const given = getNullableType(type);
  if (isListType(given) && /^\d+$/.test(name)) return 1 + depthOf(given.ofType, rest);
  const named = getNamedType(given);
  // What is in a free object is its owner's.
  if (!isInputObjectType(named)) return named.name === 'JSON' ? 1 + rest.length : 0;
  const fields = named.getFields();
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field ? 1 + depthOf(field.type, rest) : 0;
}
