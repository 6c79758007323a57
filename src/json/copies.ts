/** Rows whose values are still bytes of somebody's JSON, and can be copied from there as they are. */
import type { Sink } from './sink.ts';

/** Where a row has its `Copies`. */
export const COPIES = Symbol('copies');

/** What every value of a column is, unless it is null: `int32` is an `integer` too, and that a `number`. */
export type Kind = 'text' | 'flag' | 'int32' | 'integer' | 'number';

export interface CopiedColumn {
  kind: Kind;
  /** Never null. */
  isRequired: boolean;
  /** Writes its value, for which there must be room. False, and nothing written, where it has to be read for that. */
  copy(row: object, sink: Sink): boolean;
  /** Bytes of its value, 0 where there is none. What is read, and written again, is no longer, unless it is a number, or broken, which makes it null. */
  lengthOf(row: object): number;
}

/** Of all rows of one kind. */
export interface Copies<Row = object> {
  columns: ReadonlyMap<string, CopiedColumn>;
  /** In bytes: no value is longer, nor are all together. */
  lengthOf(row: Row): number;
}

export const copiesOf = (row: unknown): Copies | undefined =>
  (row as { [COPIES]?: Copies } | null | undefined)?.[COPIES];
