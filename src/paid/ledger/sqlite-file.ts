import { existsSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { IN_USE } from './ledger.ts';

/**
 * A rollback journal, so that everything recorded is in the one file: a write-ahead log beside it could be lost alone. FULL:
 * entries survive a loss of power, not only the end of the process.
 */
const SCHEMA = `
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS entry (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT UNIQUE, digest TEXT NOT NULL, files TEXT, sought TEXT,
    state TEXT NOT NULL, sent_at INTEGER, held_until INTEGER NOT NULL, expires_at INTEGER NOT NULL, made TEXT
  ) STRICT;
  -- What an entry stands under beside its first key.
  CREATE TABLE IF NOT EXISTS entry_key (
    key TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entry (id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entry_key_entry ON entry_key (entry);
  CREATE INDEX IF NOT EXISTS entry_sought ON entry (sought, sent_at) WHERE sought IS NOT NULL;
  CREATE INDEX IF NOT EXISTS entry_expiry ON entry (expires_at);
  CREATE TABLE IF NOT EXISTS claim (
    object TEXT PRIMARY KEY, entry TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS claim_expiry ON claim (expires_at);
  -- What is reserved for a write until its price is known.
  CREATE TABLE IF NOT EXISTS charge (
    id TEXT PRIMARY KEY, budgets TEXT NOT NULL, day TEXT NOT NULL, month TEXT NOT NULL, reserved INTEGER NOT NULL,
    parts INTEGER, jobs TEXT, is_all INTEGER, since INTEGER NOT NULL, due_at INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS charge_due ON charge (due_at) WHERE due_at IS NOT NULL;
  -- What a budget has spent and reserved in a day or a month.
  CREATE TABLE IF NOT EXISTS spending (
    budget TEXT NOT NULL, period TEXT NOT NULL, spent INTEGER NOT NULL, reserved INTEGER NOT NULL,
    touched_at INTEGER NOT NULL, PRIMARY KEY (budget, period)
  ) STRICT, WITHOUT ROWID;
  -- Results that are still to be told to somebody.
  CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, caller TEXT NOT NULL, place TEXT,
    object TEXT NOT NULL, since INTEGER NOT NULL, state TEXT
  ) STRICT;
  -- Which process does what only one may do.
  CREATE TABLE IF NOT EXISTS lease (
    name TEXT PRIMARY KEY, holder TEXT NOT NULL, held_until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** The longest wait for a file that another process has locked, and the delay between attempts. */
const WAIT_MS = 3000;
const ASK_AGAIN_MS = 20;

/** Opens a database with the ledger's tables, and prepares its statements. Throws if it cannot be written. */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #path: string | null;
  readonly #inode: number | undefined;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: WAIT_MS });
    try {
      toRollbackJournal(this.#database);
      this.#database.exec(SCHEMA);
    } catch (error) {
      this.#database.close();
      throw error;
    }
    // From here on a locked file fails at once, so that waiting does not block the thread.
    this.#database.exec('PRAGMA busy_timeout = 0');
    this.#path = this.#database.location();
    this.#inode = this.#inodeNow();
  }

  row<Row>(sql: string, ...values: SQLInputValue[]) {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  rows<Row>(sql: string, ...values: SQLInputValue[]) {
    return this.#statement(sql).all(...values) as Row[];
  }

  /** Returns the number of changed rows. */
  run(sql: string, ...values: SQLInputValue[]) {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** Runs `act` in a transaction. It starts again while another process has locked the file. `onWait` is called each time. */
  async atomic<T>(act: () => T, onWait = () => {}): Promise<T> {
    const until = performance.now() + WAIT_MS;
    for (;;) {
      try {
        return this.#transaction(act);
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error;
      }
      onWait();
      await sleep(ASK_AGAIN_MS);
    }
  }

  close() {
    if (this.#database.isOpen) this.#database.close();
  }

  /** The lock is taken at the beginning, so that what was read is still true when it is written. */
  #transaction<T>(act: () => T): T {
    const database = this.#database;
    if (this.#inodeNow() !== this.#inode) throw new Error('it has been moved, or taken away');
    if (this.#hasOtherLog()) throw new Error('a process of a version before 0.2 has it open');
    try {
      database.exec('BEGIN IMMEDIATE');
      const result = act();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  /** SQLite would continue to write to a file that was removed, and the next process would know nothing of it. */
  #inodeNow() {
    return this.#path === null ? undefined : statSync(this.#path, { throwIfNoEntry: false })?.ino;
  }

  /** What another process writes to a write-ahead log would be lost with that log. */
  #hasOtherLog() {
    return this.#path !== null && existsSync(`${this.#path}-wal`);
  }

  #statement(sql: string) {
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, known);
    return known;
  }
}

/** Converts a file from before version 0.2, which has a write-ahead log. That log ends when nobody else has the file open. */
function toRollbackJournal(database: DatabaseSync) {
  try {
    database.exec('PRAGMA journal_mode = TRUNCATE');
  } catch (error) {
    if (!isBusy(error)) throw error;
    const inUse = new Error('another process has it to itself, of a version before 0.2 perhaps');
    inUse.name = IN_USE;
    throw inUse;
  }
}

const SQLITE_BUSY = 5;

/** The extended codes hold the plain one in their lowest byte. */
const isBusy = (error: unknown) =>
  ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY;
