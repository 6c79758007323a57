import {
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Context } from '../../context.ts';
import { Info } from '../../execution/info.ts';
import { isPromise } from '../../execution/is-promise.ts';

type Resolve = GraphQLFieldResolver<unknown, Context>;

/**
 * Makes operations that graphql-js runs stop at the limits of failed fields and of list elements. graphql-js itself has no such
 * limits.
 */
export function stopEarly(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { pothosExposedField } = field.extensions;
      if (field.resolve && pothosExposedField === undefined)
        field.resolve = stoppingEarly(field.resolve);
    }
  }
  return schema;
}

/** Does the same for one resolver, whose field is added later. */
export const stoppingEarly =
  (resolve: Resolve): Resolve =>
  (row, args, context, info) =>
    // A planned operation counts by itself.
    info instanceof Info
      ? resolve(row, args, context, info)
      : resolveWithin(resolve, [row, args, context, info]);

function resolveWithin(
  resolve: Resolve,
  [row, args, context, info]: [unknown, object, Context, GraphQLResolveInfo],
): unknown {
  const { quota } = context;
  // Checked before the field runs, so that a write that costs money is not sent for an answer that is dropped.
  if (quota.passesOver(!isNonNullType(info.returnType))) return null;
  const take = (value: unknown) => {
    if (Array.isArray(value)) quota.takeElements(value.length);
    return value;
  };
  const fail = (error: unknown): never => {
    quota.errors++;
    throw error;
  };
  let value: unknown;
  try {
    value = resolve(row, args, context, info);
  } catch (error) {
    return fail(error);
  }
  return isPromise(value) ? value.then(take, fail) : take(value);
}
