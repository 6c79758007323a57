import DataLoader from 'dataloader';
import { type KeysetReads, keysetReader } from './keyset.ts';

/**
 * Lists, each asked for once: the same question under two aliases is one call. All lists asked for together are
 * answered together, so that what is then loaded for their rows is one batch.
 */
export const listLoader = <Query extends object, Row>(fetch: (query: Query) => Promise<Row[]>) =>
  new DataLoader<Query, Row[], string>(
    (queries) => Promise.all(queries.map((query) => fetch(query).catch((error) => error))),
    { cacheKeyFn: JSON.stringify, maxBatchSize: Number.POSITIVE_INFINITY },
  );

/** Rows by id; null where there is none. */
export type RowLoader<Row> = DataLoader<number, Row | null>;

export const keysetLoader = <Row extends { id: number }>(reads: KeysetReads<Row>): RowLoader<Row> =>
  new DataLoader<number, Row | null>(keysetReader(reads));

/** Complete rows, seen anywhere, are never asked for again. */
export function primeRows<Row extends { id: number }>(loader: RowLoader<Row>, rows: Row[]) {
  for (const row of rows) loader.prime(row.id, row);
  return rows;
}
