/** What is known of a selected field before any row is seen. */
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLOutputType,
  GraphQLString,
  isScalarType,
} from 'graphql';
import type { FieldPlan } from './field-plan.ts';

/**
 * A check that a value must pass to be returned without serialization. An `int32` is also an `integer`, and that a `number`.
 */
export type Kind = 'text' | 'flag' | 'int32' | 'integer' | 'number';

/** A field, or the response name of a `__typename`. */
export type Selected = FieldPlan | string;

export const keyOf = (field: Selected) => (typeof field === 'string' ? field : field.key);
export const quote = (text: string) => JSON.stringify(text);

/** The check for each type. Values of other types are always serialized. */
const GOES_OUT = new Map<unknown, Kind>([
  [GraphQLString, 'text'],
  [GraphQLID, 'text'],
  [GraphQLBoolean, 'flag'],
  [GraphQLInt, 'int32'],
  [GraphQLFloat, 'number'],
]);

/** Returns the check for a type. A scalar that returns such values unchanged says so: `extensions: { goesOut: 'text' }`. */
export const goesOutOf = (type: GraphQLOutputType): Kind | undefined =>
  GOES_OUT.get(type) ?? (isScalarType(type) ? (type.extensions.goesOut as Kind) : undefined);

/** Returns the property of a row that the field exposes, if it does only that. */
export function exposedBy({ field, resolve }: FieldPlan): string | undefined {
  const { pothosExposedField, pothosOriginalResolve } = field.extensions;
  // A plugin may have wrapped the resolver.
  if (resolve !== pothosOriginalResolve || field.args.length > 0) return undefined;
  return pothosExposedField as string | undefined;
}
