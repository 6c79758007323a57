import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { LedgerFailed } from './ledger.ts';

/** FULL: what was recorded survives a loss of power too, not only of the process. It costs a sync of the disk each time. */
const SCHEMA = `
  PRAGMA busy_timeout = 3000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS entry (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT UNIQUE, digest TEXT NOT NULL, files TEXT, sought TEXT,
    state TEXT NOT NULL, sent_at INTEGER, held_until INTEGER NOT NULL, expires_at INTEGER NOT NULL, made TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entry_sought ON entry (sought, sent_at) WHERE sought IS NOT NULL;
  CREATE INDEX IF NOT EXISTS entry_expiry ON entry (expires_at);
  CREATE TABLE IF NOT EXISTS claim (
    object TEXT PRIMARY KEY, entry TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS claim_expiry ON claim (expires_at);
`;

/** A database with the ledger's tables, and its statements prepared once. */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #path: string | null;
  readonly #inode: number | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(SCHEMA);
    this.#path = database.location();
    this.#inode = this.#inodeNow();
  }

  row<Row>(sql: string, ...values: SQLInputValue[]) {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  /** Answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]) {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** The lock is taken at the beginning, so that what was read still holds when it is written. */
  async atomic<T>(act: () => T): Promise<T> {
    const database = this.#database;
    try {
      if (this.#inodeNow() !== this.#inode) throw new Error('it has been moved, or taken away');
      database.exec('BEGIN IMMEDIATE');
      const result = act();
      database.exec('COMMIT');
      return result;
    } catch (cause) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw new LedgerFailed('the file of the ledger cannot be written', { cause });
    }
  }

  /** SQLite goes on writing into a file that has no name any more, and the next process would know nothing of it. */
  #inodeNow() {
    return this.#path === null ? undefined : statSync(this.#path, { throwIfNoEntry: false })?.ino;
  }

  close() {
    if (this.#database.isOpen) this.#database.close();
  }

  #statement(sql: string) {
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, known);
    return known;
  }
}
