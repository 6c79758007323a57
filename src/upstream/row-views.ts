/**
 * Lists of rows that are read no further than they are asked for. A body is not parsed: it is gone through once, to find
 * where its values stand, and each of them is read, and checked by its schema, when a field wants it. Most never are.
 */
import type * as z from 'zod';
import type { Drift } from './decode.ts';
import { Columns, indexRows } from './row-index.ts';
import { isRequired, kindsOf, rowShape, takenAsItIs } from './row-schema.ts';
import { closerLook, plain, type Source } from './row-values.ts';

const SOURCE = Symbol('source');
const BASE = Symbol('base');

interface View {
  readonly [SOURCE]: Source;
  readonly [BASE]: number;
}

interface Reader {
  columns: Columns;
  /** What each row must have. */
  required: readonly string[];
  /** Its columns are getters. */
  Row: new (
    source: Source,
    base: number,
  ) => View;
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
  const { columns, required, Row } = reader;
  const starts = indexRows(bytes, columns);
  if (!starts) return undefined;
  const source: Source = { body: bytes, starts, closer: new Map(), onDrift: () => {} };
  const rows: Known[] = [];
  for (let base = 0; base < starts.length; base += columns.all.length) {
    const row = new Row(source, base) as Known;
    for (const name of required) if (row[name] == null) return undefined;
    rows.push(row);
  }
  // Not before: what is broken in a row that is given up is told of when the body is read as a whole.
  source.onDrift = onDrift;
  return rows as z.output<Schema>;
}

type Known = View & Record<string, unknown>;

function makeReader(schema: z.ZodType): Reader | undefined {
  const shape = rowShape(schema);
  if (!shape) return undefined;
  const columns = Object.entries(shape).map(([name, column]) => ({ name, kinds: kindsOf(column) }));
  const required = Object.keys(shape).filter((name) => isRequired(shape[name] as z.ZodType));
  const getters = gettersFor(Object.entries(shape));
  if (!getters) return undefined;
  class Row {
    readonly [SOURCE]: Source;
    readonly [BASE]: number;
    constructor(source: Source, base: number) {
      this[SOURCE] = source;
      this[BASE] = base;
    }
  }
  for (const [index, { name }] of columns.entries()) {
    Object.defineProperty(Row.prototype, name, { get: getters[index], enumerable: true });
  }
  return { columns: new Columns(columns), required, Row };
}

type Getter = (this: View) => unknown;

/** A function in code of its own for each column, so that the engine knows each by itself. */
function gettersFor(shape: readonly [string, z.ZodType][]): Getter[] | undefined {
  const givens: unknown[] = [];
  const give = (needed: unknown) => `$${givens.push(needed) - 1}`;
  const code = shape.map(([name, schema], index) => {
    const isSound = takenAsItIs(schema, give);
    const look = give(closerLook(name, schema));
    return `function () {
      const source = this[SOURCE], place = this[BASE] + ${index};
      const start = source.starts[place];
      if (start === 0) return undefined;
      const value = plain(source.body, start);
      return ${isSound} ? value : ${look}(source, place);
    }`;
  });
  const known = { SOURCE, BASE, plain };
  const names = [...Object.keys(known), ...givens.map((_, index) => `$${index}`)];
  try {
    return new Function(...names, `return [${code.join(',\n')}];`)(
      ...Object.values(known),
      ...givens,
    );
  } catch (error) {
    // A Node that makes no code of texts.
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}
