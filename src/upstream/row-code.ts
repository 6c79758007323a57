/** JavaScript written for each kind of rows, and in it for each column, so that the engine knows every one by itself. */
import type * as z from 'zod';
import { COPIES, type CopiedColumn, type Copies } from '../json/copies.ts';
import { endOf, isNull, kindAt, wholeAt } from './json-value.ts';
import { copyDigits, copyFlag, copyNull, copyText, isPlainTime } from './row-copies.ts';
import { copiedKindOf, isRequired, isTime, type Shape, takenAsItIs } from './row-schema.ts';
import { closerLook, plain, type Source } from './row-values.ts';

/** Makes the rows of a body: undefined where one of them lacks what it must have. */
export type MakeRows = (source: Source) => object[] | undefined;

const SOURCE = Symbol('source');
/** Where the starts of a row begin. */
const BASE = Symbol('base');

interface Row {
  readonly [SOURCE]: Source;
  readonly [BASE]: number;
}

interface Code {
  Row: { prototype: object };
  rows: MakeRows;
  /** By the names of columns that can be copied. */
  copy: Record<string, CopiedColumn['copy']>;
}

/** Undefined in a Node that makes no code of texts. `width` is of a row, among the starts. */
export function rowCode(shape: Shape, width: number): MakeRows | undefined {
  const code = compiled(shape, width);
  if (!code) return undefined;
  const columns = new Map<string, CopiedColumn>();
  for (const [index, [name, schema]] of Object.entries(shape).entries()) {
    const copy = code.copy[name];
    const kind = copiedKindOf(schema);
    const its = { isRequired: isRequired(schema), lengthOf: lengthOf(index) };
    if (copy && kind) columns.set(name, { kind, copy, ...its });
  }
  const ofRow = (row: Row) => row[SOURCE].starts[row[BASE] + width - 1] as number;
  const copies: Copies<Row> = { columns, lengthOf: ofRow };
  Object.assign(code.Row.prototype, { [COPIES]: copies });
  return code.rows;
}

const lengthOf = (index: number) => (row: object) => {
  const { [SOURCE]: source, [BASE]: base } = row as Row;
  const { body } = source;
  const start = source.starts[base + index] as number;
  return start === 0 ? 0 : endOf(body, start, kindAt(body, start)) - start;
};

function compiled(shape: Shape, width: number): Code | undefined {
  const givens: unknown[] = [];
  const give = (needed: unknown) => `$${givens.push(needed) - 1}`;
  const columns = Object.entries(shape);
  const getters = columns.map(([name, schema], index) => {
    const isSound = takenAsItIs(schema, give);
    const look = give(closerLook(name, schema));
    return `get ${JSON.stringify(name)}() {
        const source = this[SOURCE], place = this[BASE] + ${index};
        const start = source.starts[place];
        if (start === 0) return undefined;
        const value = plain(source.body, start);
        return ${isSound} ? value : ${look}(source, place);
      }`;
  });
  const copies = columns.map(([name, schema], index) => {
    const copied = copyOf(schema, give);
    return (
      copied &&
      `${JSON.stringify(name)}: (row, sink) => {
        const source = row[SOURCE], start = source.starts[row[BASE] + ${index}];
        if (start === 0 || isNull(source.body, start)) return copyNull(sink);
        return ${copied};
      }`
    );
  });
  const lacks = columns
    .filter(([, schema]) => isRequired(schema))
    .map(([name]) => `row[${JSON.stringify(name)}] == null`);
  const text = `
    class Row {
      constructor(source, base) {
        this[SOURCE] = source;
        this[BASE] = base;
      }
      ${getters.join('\n')}
    }
    const rows = (source) => {
      const made = [];
      for (let base = 0; base < source.starts.length; base += ${width}) {
        const row = new Row(source, base);
        if (${lacks.join(' || ') || false}) return undefined;
        made.push(row);
      }
      return made;
    };
    return { Row, rows, copy: { ${copies.filter(Boolean).join(',\n')} } };`;
  const known = { SOURCE, BASE, plain, isNull, wholeAt, ...COPIERS };
  const names = [...Object.keys(known), ...givens.map((_, index) => `$${index}`)];
  try {
    return new Function(...names, text)(...Object.values(known), ...givens) as Code;
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

const COPIERS = { copyDigits, copyFlag, copyNull, copyText, isPlainTime };

/** Code that copies a value, or is false where it has to be read for that. Undefined where it always has to. */
function copyOf(schema: z.ZodType, give: (needed: unknown) => string): string | undefined {
  switch (copiedKindOf(schema)) {
    case 'text': {
      const copied = 'copyText(source, start, sink)';
      return isTime(schema) ? `isPlainTime(source.body, start) && ${copied}` : copied;
    }
    case 'flag':
      return 'copyFlag(source, start, sink)';
    case undefined:
      return undefined;
    default: {
      const value = `wholeAt(source.body, start)`;
      const isSound = takenAsItIs(schema, give);
      return `((value) => value >= 0 && (${isSound}))(${value}) && copyDigits(source, start, sink)`;
    }
  }
}
