import { type GraphQLAbstractType, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import type { FieldPlan } from './field-plan.ts';
import { inspect } from './inspect.ts';

/** Returns graphql-js's error for a `resolveType` that named no possible type. */
export function wrongType(
  schema: GraphQLSchema,
  type: GraphQLAbstractType,
  { parentType, field, nodes }: FieldPlan,
  { name, value }: { name: unknown; value: unknown },
): GraphQLError {
  const must = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${field.name}"`;
  if (name === undefined || name === null) {
    return new GraphQLError(
      `${must}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  if (isObjectType(name)) {
    return new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof name !== 'string') {
    return new GraphQLError(`${must} with value ${inspect(value)}, received "${inspect(name)}".`);
  }
  const found = schema.getType(name);
  const was = `Abstract type "${type.name}" was resolved to a`;
  const message = !found
    ? `${was} type "${name}" that does not exist inside the schema.`
    : isObjectType(found)
      ? `Runtime Object type "${name}" is not a possible type for "${type.name}".`
      : `${was} non-object type "${name}".`;
  return new GraphQLError(message, { nodes });
}
