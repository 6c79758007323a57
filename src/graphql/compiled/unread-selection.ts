/** Code that writes the objects of a selection without reading what their rows can copy. */
import { type GraphQLObjectType, getNullableType } from 'graphql';
import type { CopiedColumn, Copies, Kind } from '../../json/copies.ts';
import { type Unreading, writeValue } from '../../json/unread.ts';
import { exposedBy, goesOutOf, keyOf, quote, type Selected } from './selected.ts';

interface UnreadSelection {
  /** The fields whose values are not copied. */
  resolved: readonly Selected[];
  /** How often a value is copied, at most: one may stand under several names. */
  repeats: number;
  by: Unreading;
}

export function unreadSelection(
  type: GraphQLObjectType,
  fields: readonly Selected[],
  copies: Copies,
): UnreadSelection {
  const properties = fields.map((field) => copiedProperty(field, copies));
  const resolved = fields.filter(
    (field, index) => typeof field !== 'string' && properties[index] === undefined,
  );
  const counts = Map.groupBy(
    properties.filter((property) => property !== undefined),
    (property) => property,
  );
  const repeats = Math.max(0, ...[...counts.values()].map(({ length }) => length));
  return { resolved, repeats, by: unreading(type, fields, { properties, copies, repeats }) };
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
  repeats: number;
}

const NULL_BYTES = 'null'.length;

function unreading(
  type: GraphQLObjectType,
  fields: readonly Selected[],
  { properties, copies, repeats }: Copied,
): Unreading {
  const copiers: Record<string, CopiedColumn['copy'] | undefined> = {};
  const steps: string[] = [];
  const entries: string[] = [];
  let text = '{';
  let bytes = 0;
  const step = (code: string) => {
    steps.push(storing(text), code);
    bytes += text.length + NULL_BYTES;
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
      step(`writeValue(rest[${key}], sink); sink.room(room);`);
      entries.push(`[${key}]: rest[${key}]`);
    } else {
      const value = `row[${quote(property)}] ?? null`;
      copiers[`copy${index}`] = copies.columns.get(property)?.copy;
      step(`if (!copy${index}(row, sink)) { sink.value(${value}); sink.room(room); }`);
      entries.push(`[${key}]: ${value}`);
    }
  }
  text += '}';
  step('');
  const source = `return {
    write(row, rest, sink) {
      const room = copies.lengthOf(row) * ${repeats} + ${bytes};
      sink.room(room);
      ${steps.join('\n      ')}
    },
    read: (row, rest) => ({ ${entries.join(', ')} }),
  };`;
  const known = { copies, writeValue, ...copiers };
  return new Function(...Object.keys(known), source)(...Object.values(known));
}

/** Code that writes a text: four bytes at a time, which takes half as long as one by one. */
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
