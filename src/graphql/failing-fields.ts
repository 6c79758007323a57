import {
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import { ENOUGH, MAX_ERRORS } from './compiled/enough.ts';
import { Info } from './compiled/info.ts';
import { isPromise } from './compiled/run.ts';

type Resolve = GraphQLFieldResolver<unknown, Context>;

/** Whoever runs the schema with graphql-js, which knows no end, runs no more of an operation in which too much has failed. */
export function stopAtFailures(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { pothosExposedField } = field.extensions;
      if (field.resolve && pothosExposedField === undefined)
        field.resolve = counting(field.resolve);
    }
  }
  return schema;
}

const counting =
  (resolve: Resolve): Resolve =>
  (row, args, context, info) =>
    // A plan counts for itself.
    info instanceof Info
      ? resolve(row, args, context, info)
      : resolveWithin(resolve, [row, args, context, info]);

function resolveWithin(
  resolve: Resolve,
  [row, args, context, info]: [unknown, object, Context, GraphQLResolveInfo],
): unknown {
  if (context.failures > MAX_ERRORS) throw ENOUGH;
  const count = (error: unknown): never => {
    context.failures++;
    throw error;
  };
  try {
    const value = resolve(row, args, context, info);
    return isPromise(value) ? value.then(undefined, count) : value;
  } catch (error) {
    return count(error);
  }
}
