import SchemaBuilder, { type ObjectFieldsShape, type ObjectRef } from '@pothos/core';
import type { Context } from '../context.ts';
import type { AstriaSetName } from './astria-values.ts';
import type { Upload } from './upload.ts';

export interface SchemaTypes {
  Context: Context;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    URL: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    SafeInt: { Input: number; Output: number };
    Upload: { Input: Upload; Output: never };
  } & Record<AstriaSetName, { Input: string; Output: string }>;
}

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
/** For functions that define fields of several inputs. */
export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;
/** For functions that take a type of any rows. */
export type RowType<Row> = ObjectRef<Types, Row>;
export type RowFields<Row> = ObjectFieldsShape<Types, Row>;

/** Fields are nullable unless they say otherwise, because Astria guarantees little more than ids. */
export const builder = new SchemaBuilder<SchemaTypes>({});

export const QueryType = builder.queryType({
  description: 'Everything that can be read. Nothing here costs money.',
});
builder.mutationType({
  description:
    'Everything that changes something at Astria. Creating a tune or a prompt costs money and cannot be undone. Several fields run one after the other, and if one fails `data` is null as a whole, the ids of the others included: send what costs money one at a time.',
});
