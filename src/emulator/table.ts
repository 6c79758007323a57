/** Rows in the order of their ids, so that a page is read from the end without sorting. */
export class Table<Row extends { id: number }> {
  readonly #rows: Row[] = [];
  readonly #byId = new Map<number, Row>();

  get size(): number {
    return this.#rows.length;
  }

  get(id: number): Row | undefined {
    return this.#byId.get(id);
  }

  add(row: Row): Row {
    this.delete(row.id);
    this.#rows.splice(this.#indexOf(row.id), 0, row);
    this.#byId.set(row.id, row);
    return row;
  }

  delete(id: number): boolean {
    if (!this.#byId.delete(id)) return false;
    this.#rows.splice(this.#indexOf(id), 1);
    return true;
  }

  /** Yields rows below `beforeId`, newest first. */
  *newest(beforeId = Number.POSITIVE_INFINITY): Generator<Row> {
    for (let index = this.#indexOf(beforeId) - 1; index >= 0; index--) {
      const row = this.#rows[index];
      if (row) yield row;
    }
  }

  /** Returns the position of the first row whose id is not below this one. */
  #indexOf(id: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.id ?? id) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
