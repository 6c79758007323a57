/** Code that writes the objects of a selection without reading what their rows can copy. */
import { type GraphQLObjectType, getNullableType } from 'graphql';
import type { CopiedColumn, Copies, Kind } from '../../json/copies.ts';
import type { Unreading } from '../../json/unread.ts';
import { exposedBy, goesOutOf, keyOf, quote, type Selected } from './selected.ts';

interface UnreadSelection {
  /** The fields whose values are not copied. */
  resolved: readonly Selected[];
  by: Unreading;
}

/** Undefined where nothing can be copied. */
export function unreadSelection(
  type: GraphQLObjectType,
  fields: readonly Selected[],
  copies: Copies,
): UnreadSelection | undefined {
  const properties = fields.map((field) => copiedProperty(field, copies));
  if (properties.every((property) => property === undefined)) return undefined;
  const resolved = fields.filter(
    (field, index) => typeof field !== 'string' && properties[index] === undefined,
  );
  return { resolved, by: unreading(type, fields, { properties, copies }) };
}

/** The property of the row that a field is, where it may be copied: then it can be nothing but what the type takes. */
function copiedProperty(field: Selected, { columns }: Copies): string | undefined {
  if (typeof field === 'string') return undefined;
  const property = exposedBy(field);
  const column = property === undefined ? undefined : columns.get(property);
  const taken = goesOutOf(getNullableType(field.field.type));
  const isTaken = column && taken && TAKEN_AS[taken].includes(column.kind);
  return isTaken && (field.isNullable || column.isRequired) ? property : undefined;
}

const TAKEN_AS: Record<Kind, readonly Kind[]> = {
  text: ['text'],
  flag: ['flag'],
  int32: ['int32'],
  integer: ['int32', 'integer'],
  number: ['int32', 'integer', 'number'],
};

interface Copied {
  /** By field. */
  properties: readonly (string | undefined)[];
  copies: Copies;
}

/** A short row is taken to be copied as a whole: to add up its values would take longer. */
const SHORT = 4000;
/** What is not in the row, or is written otherwise than there, takes no more: null, and numbers such as 1e20. */
const MOST_BYTES = 25;

function unreading(
  type: GraphQLObjectType,
  fields: readonly Selected[],
  { properties, copies }: Copied,
): Unreading {
  const columns: Record<string, CopiedColumn | undefined> = {};
  const lengths: string[] = [];
  const steps: string[] = [];
  const entries: string[] = [];
  let text = '{';
  let bytes = 0;
  const step = (code: string) => {
    steps.push(storing(text), code);
    bytes += text.length + MOST_BYTES;
    text = '';
  };
  for (const [index, field] of fields.entries()) {
    const key = quote(keyOf(field));
    const property = properties[index];
    text += `${index > 0 ? ',' : ''}${key}:`;
    if (typeof field === 'string') {
      text += quote(type.name);
      entries.push(`[${key}]: ${quote(type.name)}`);
    } else if (property === undefined) {
      step(`writer.value(rest[${key}]); sink.room(room);`);
      entries.push(`[${key}]: rest[${key}]`);
    } else {
      const column = `column${index}`;
      const value = `row[${quote(property)}] ?? null`;
      columns[column] = copies.columns.get(property);
      lengths.push(`${column}.lengthOf(row)`);
      step(`if (!${column}.copy(row, sink)) { sink.value(${value}); sink.room(room); }`);
      entries.push(`[${key}]: ${value}`);
    }
  }
  text += '}';
  step('');
  const counts = Map.groupBy(properties, (property) => property);
  counts.delete(undefined);
  const repeats = Math.max(...[...counts.values()].map(({ length }) => length));
  const source = `
    return {
      lengthOf(row) {
        const most = copies.lengthOf(row) * ${repeats};
        return most <= ${SHORT} ? most : ${lengths.join(' + ')};
      },
      write(row, rest, length, writer) {
        const { sink } = writer;
        const room = length + ${bytes};
        sink.room(room);
        ${steps.join('\n        ')}
      },
      read: (row, rest) => ({ ${entries.join(', ')} }),
    };`;
  const known = { copies, ...columns };
  return new Function(...Object.keys(known), source)(...Object.values(known));
}

/** Code that writes a text, which is ASCII as all names are: four bytes at a time, which takes half as long as one by one. */
function storing(text: string): string {
  const bytes = Buffer.from(text);
  const words = Array.from(
    { length: bytes.length >> 2 },
    (_, index) => `view.setUint32(at + ${4 * index}, ${bytes.readUInt32BE(4 * index)});`,
  );
  const rest = [...bytes.subarray(4 * words.length)].map(
    (byte, index) => `view.setUint8(at + ${4 * words.length + index}, ${byte});`,
  );
  return `{ const { view, at } = sink; ${[...words, ...rest].join(' ')} sink.at = at + ${bytes.length}; }`;
}
