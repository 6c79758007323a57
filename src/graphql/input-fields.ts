/**
 * Astria may complain about a field that the input does not have. The path then ends at the nearest part of the input that
 * exists.
 */
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

/** The names that a path loses are put in front of the message. */
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

/** How many parts of a path exist in the type. The index of a list element may be left out. */
function depthOf(type: GraphQLInputType, [name, ...rest]: readonly string[]): number {
  if (name === undefined) return 0;
  const given = getNullableType(type);
  if (isListType(given) && /^\d+$/.test(name)) return 1 + depthOf(given.ofType, rest);
  const named = getNamedType(given);
  // A free object may have any key.
  if (!isInputObjectType(named)) return named.name === 'JSON' ? 1 + rest.length : 0;
  const fields = named.getFields();
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field ? 1 + depthOf(field.type, rest) : 0;
}
