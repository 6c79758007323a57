/**
 * Lists of rows of which nothing is checked before it is asked for: each value, by its schema, when a field wants it. Most
 * never are.
 */
import * as z from 'zod';
import { type Drift, decode } from './decode.ts';
import { deepFreeze } from './deep-freeze.ts';
import { parseJson } from './parse-json.ts';
import { isRequired, rowShape, takenAsItIs } from './row-schema.ts';

const SOURCE = Symbol('source');
const INDEX = Symbol('index');

type Row = Record<string, unknown>;

interface View {
  readonly [SOURCE]: Source;
  /** Of its row. */
  readonly [INDEX]: number;
}

interface Reader {
  /** What each row must have. */
  required: readonly string[];
  /** Its columns are getters. */
  View: new (
    source: Source,
    index: number,
  ) => View;
}

/**
 * A body, whose rows are let go when those who waited for them have been called: what is still asked of them then is
 * parsed anew. Else an operation that waits for another call would hold all of them, and the collector copy them.
 */
class Source {
  readonly #body: Buffer;
  #rows: readonly Row[] | undefined;
  #isKept = false;
  #hasEscapes: boolean | undefined;
  /** What took a closer look: looked at once, and reported once. */
  readonly #closer = new Map<string, unknown>();
  onDrift = (_: Drift) => {};

  constructor(body: Buffer, rows: readonly Row[]) {
    this.#body = body;
    this.#hold(rows);
  }

  row(index: number): Row {
    return (this.#rows ?? this.#hold(JSON.parse(this.#body.toString())))[index] as Row;
  }

  keep() {
    this.#isKept = true;
  }

  /** As `decode` reads a value: what is broken becomes null, and is reported. */
  lookCloser(index: number, name: string, schema: z.ZodType): unknown {
    const place = `${index}.${name}`;
    if (this.#closer.has(place)) return this.#closer.get(place);
    this.#hasEscapes ??= this.#body.includes('\\');
    const read = decode(schema, { [name]: this.row(index)[name] }, this.#hasEscapes);
    const { value, drift } = read.ok ? read : { value: { [name]: null }, drift: [name] };
    for (const field of drift) this.onDrift(field);
    const found = deepFreeze((value as Row)[name]);
    this.#closer.set(place, found);
    return found;
  }

  #hold(rows: readonly Row[]) {
    this.#rows = rows;
    setImmediate(() => {
      if (!this.#isKept) this.#rows = undefined;
    });
    return rows;
  }
}

/** Null where the schema is of something else than a list of plain objects. */
const readers = new WeakMap<z.ZodType, Reader | null>();

/** Undefined where the body takes a look as a whole. `onDrift` is told of what is broken when it is read. */
export function viewRows<Schema extends z.ZodType>(
  schema: Schema,
  body: Buffer,
  onDrift: (field: Drift) => void,
): z.output<Schema> | undefined {
  let reader = readers.get(schema);
  if (reader === undefined) {
    reader = makeReader(schema) ?? null;
    readers.set(schema, reader);
  }
  const rows = reader && parseJson(body.toString());
  if (!reader || !Array.isArray(rows) || !rows.every(isObject)) return undefined;
  const { View, required } = reader;
  const source = new Source(body, rows);
  const views = rows.map((_, index) => new View(source, index) as View & Row);
  if (!views.every((view) => required.every((name) => view[name] != null))) return undefined;
  // Not before: what is broken in a row that is given up is told of when the body is read as a whole.
  source.onDrift = onDrift;
  return views as z.output<Schema>;
}

/** For what will be asked for many times: it is not let go, so never parsed anew. */
export function keepRows(value: unknown) {
  const [first] = Array.isArray(value) ? value : [];
  (first as View | undefined)?.[SOURCE]?.keep();
}

const isObject = (row: unknown): row is Row =>
  typeof row === 'object' && row !== null && !Array.isArray(row);

function makeReader(schema: z.ZodType): Reader | undefined {
  const shape = rowShape(schema);
  if (!shape) return undefined;
  const columns = Object.entries(shape);
  const getters = gettersFor(columns);
  if (!getters) return undefined;
  class RowView {
    readonly [SOURCE]: Source;
    readonly [INDEX]: number;
    constructor(source: Source, index: number) {
      this[SOURCE] = source;
      this[INDEX] = index;
    }
  }
  for (const [index, [name]] of columns.entries()) {
    Object.defineProperty(RowView.prototype, name, { get: getters[index], enumerable: true });
  }
  const required = columns.filter(([, column]) => isRequired(column)).map(([name]) => name);
  return { required, View: RowView };
}

type Getter = (this: View) => unknown;

/** A function in code of its own for each column, so that the engine knows each by itself. */
function gettersFor(columns: readonly [string, z.ZodType][]): Getter[] | undefined {
  const givens: unknown[] = [SOURCE, INDEX];
  const give = (needed: unknown) => `$${givens.push(needed) - 1}`;
  const code = columns.map(([column, schema]) => {
    const name = JSON.stringify(column);
    const isSound = takenAsItIs(schema, give);
    const holder = give(z.object({ [column]: schema }));
    return `function () {
      const source = this[$0], index = this[$1];
      const value = source.row(index)[${name}];
      return value === undefined || ${isSound} ? value : source.lookCloser(index, ${name}, ${holder});
    }`;
  });
  const names = givens.map((_, index) => `$${index}`);
  try {
    return new Function(...names, `return [${code.join(',\n')}];`)(...givens);
  } catch (error) {
    // A Node that makes no code of texts.
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}
