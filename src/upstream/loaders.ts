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

/**
 * Rows by id; null where there is none. Complete rows, seen anywhere, are never asked for again: lists are kept as they
 * came, and looked through when the first row is asked for.
 */
export class RowLoader<Row extends { id: number }> {
  readonly #asked: DataLoader<number, Row | null>;
  readonly #known = new Map<number, Row>();
  #unsorted: (readonly Row[])[] = [];

  constructor(reads: KeysetReads<Row>) {
    this.#asked = new DataLoader<number, Row | null>(keysetReader(reads));
  }

  see<Rows extends readonly Row[]>(rows: Rows): Rows {
    this.#unsorted.push(rows);
    return rows;
  }

  load(id: number): Row | Promise<Row | null> {
    for (const rows of this.#unsorted) for (const row of rows) this.#known.set(row.id, row);
    this.#unsorted = [];
    return this.#known.get(id) ?? this.#asked.load(id);
  }
}
