/**
 * Lists of rows that are read no further than they are asked for. A body is not parsed: it is gone through once, to find
 * where its values stand, and each of them is read, and checked by its schema, when a field wants it. Most never are.
 */
import { isUtf8 } from 'node:buffer';
import type * as z from 'zod';
import type { Drift } from './decode.ts';
import { type MakeRows, rowCode } from './row-code.ts';
import { Columns, indexRows } from './row-index.ts';
import { kindsOf, rowShape } from './row-schema.ts';
import type { Source } from './row-values.ts';

interface Reader {
  columns: Columns;
  makeRows: MakeRows;
}

/** Null where the schema is of something else than a list of plain objects. */
const readers = new WeakMap<z.ZodType, Reader | null>();

/** Undefined where the body takes a closer look as a whole. `onDrift` is told of what is broken when it is read. */
export function viewRows<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Buffer,
  onDrift: (field: Drift) => void,
): z.output<Schema> | undefined {
  let reader = readers.get(schema);
  if (reader === undefined) {
    reader = makeReader(schema) ?? null;
    readers.set(schema, reader);
  }
  if (!reader) return undefined;
  // What is no UTF-8 would be longer when it is written again.
  if (!isUtf8(bytes)) return undefined;
  const { columns, makeRows } = reader;
  const starts = indexRows(bytes, columns);
  if (!starts) return undefined;
  const source: Source = {
    body: bytes,
    words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    starts,
    closer: new Map(),
    onDrift: () => {},
  };
  const rows = makeRows(source);
  if (!rows) return undefined;
  // Not before: what is broken in a row that is given up is told of when the body is read as a whole.
  source.onDrift = onDrift;
  return rows as z.output<Schema>;
}

function makeReader(schema: z.ZodType): Reader | undefined {
  const shape = rowShape(schema);
  if (!shape) return undefined;
  const all = Object.entries(shape).map(([name, column]) => ({ name, kinds: kindsOf(column) }));
  const columns = new Columns(all);
  const makeRows = rowCode(shape, columns.width);
  return makeRows && { columns, makeRows };
}
