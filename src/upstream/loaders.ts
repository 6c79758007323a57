import DataLoader from 'dataloader';
import { type KeysetReads, keysetReader } from './keyset.ts';

/**
 * Loads lists. The same query under two aliases is one call. All lists that are requested together are returned together, so
 * that the rows that they lead to are loaded in one batch.
 */
export const listLoader = <Query extends object, Row>(fetch: (query: Query) => Promise<Row[]>) =>
  new DataLoader<Query, Row[], string>(
    (queries) => Promise.all(queries.map((query) => fetch(query).catch((error) => error))),
    { cacheKeyFn: JSON.stringify, maxBatchSize: Number.POSITIVE_INFINITY },
  );

/**
 * Loads rows by id, or null if there is none. A complete row that was seen anywhere is never requested again. Lists are stored
 * as they came, and indexed when the first row is requested.
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
