import { notFound } from './errors.ts';

interface Rows<Row> {
  load(id: number): Promise<Row | null>;
}

/** What another object names by its id: null where it names none, an error where it is gone. */
export async function existing<Row>(
  kind: string,
  id: number | null | undefined,
  rows: Rows<Row>,
): Promise<Row | null> {
  if (!id) return null;
  const row = await rows.load(id);
  if (!row) throw notFound(kind, id);
  return row;
}
