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

/** What a value is that goes out as it is: an `int32` is an `integer` too, and that a `number`. */
export type ValueKind = 'text' | 'flag' | 'int32' | 'integer' | 'number';

/** A field, or the response name of a `__typename`. */
export type Selected = FieldPlan | string;

export const keyOf = (field: Selected) => (typeof field === 'string' ? field : field.key);
export const quote = (text: string) => JSON.stringify(text);

/** By the type of a field: what its values must be to go out as they are. All others are looked at by the type itself. */
const GOES_OUT = new Map<unknown, ValueKind>([
  [GraphQLString, 'text'],
  [GraphQLID, 'text'],
  [GraphQLBoolean, 'flag'],
  [GraphQLInt, 'int32'],
  [GraphQLFloat, 'number'],
]);

/** A scalar that passes such values on as they are says so: `extensions: { goesOut: 'text' }`. */
export const goesOutOf = (type: GraphQLOutputType): ValueKind | undefined =>
  GOES_OUT.get(type) ?? (isScalarType(type) ? (type.extensions.goesOut as ValueKind) : undefined);

/** Returns the property of a row that the field exposes, if it does only that. */
export function exposedBy({ field, resolve }: FieldPlan): string | undefined {
  const { pothosExposedField, pothosOriginalResolve } = field.extensions;
  // A plugin may have wrapped the resolver.
  if (resolve !== pothosOriginalResolve || field.args.length > 0) return undefined;
  return pothosExposedField as string | undefined;
}
