import { notFound } from './errors.ts';

interface Rows<Row> {
  load(id: number): Row | Promise<Row | null>;
}

/** Loads an object that another one names by its id. Returns null if it names none. Throws if the object is gone. */
export function existing<Row extends object>(
  kind: string,
  id: number | null | undefined,
  rows: Rows<Row>,
): Row | null | Promise<Row> {
  if (!id) return null;
  const found = rows.load(id);
  const required = (row: Row | null): Row => {
    if (row) return row;
    throw notFound(kind, id);
  };
  return found instanceof Promise ? found.then(required) : found;
}
