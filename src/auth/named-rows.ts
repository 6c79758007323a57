/** Finds the rows that a write names in its path, in its body, and in the texts of the body. */
import type { CallSubject, RowNames } from '../upstream/errors.ts';

export interface NamedRow {
  type: string;
  /** A pack may be named by its slug. */
  id: number | string;
}

/** `<lora:123:1>` in a text is a tune; so may be `< LORA : 0123 >`, since how Astria reads them is not known. */
const TOKEN = /<\s*[a-z][\w-]*\s*:\s*0*([1-9]\d{0,14})\s*[:>]/gi;

export const rowsNamedBy = ({ params, body, names = {} }: CallSubject): NamedRow[] =>
  rowsIn({ ...params, ...body }, names);

function rowsIn(value: unknown, names: RowNames): NamedRow[] {
  if (Array.isArray(value)) return value.flatMap((item) => rowsIn(item, names));
  if (typeof value === 'number' || typeof value === 'string') return rowsOf(value, names);
  if (typeof value !== 'object' || value === null || typeof names === 'string') return [];
  return Object.entries(names).flatMap(([field, inner]) =>
    rowsIn((value as Record<string, unknown>)[field], inner),
  );
}

function rowsOf(value: number | string, names: RowNames): NamedRow[] {
  if (typeof names !== 'string') return [];
  if (names !== 'tokens') return [{ type: names, id: value }];
  return [...String(value).matchAll(TOKEN)].map(([, id]) => ({ type: 'Tune', id: Number(id) }));
}
