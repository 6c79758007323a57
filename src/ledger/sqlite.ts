import { randomUUID } from 'node:crypto';
import {
  type Entry,
  HELD_MS,
  type Intent,
  isHeldAt,
  KEPT_MS,
  type Ledger,
  type LedgerOptions,
  type Made,
  RIVAL_MS,
  type State,
} from './ledger.ts';
import { Pulse } from './pulse.ts';
import { SqliteFile } from './sqlite-file.ts';

const OPEN =
  'INSERT INTO entry (id, kind, key, digest, sought, state, sent_at, held_until, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
const MARK_SENT =
  "UPDATE entry SET state = 'sent', sent_at = ?, files = ? WHERE id = ? AND state = 'begun'";
const MARK_UNKNOWN =
  "UPDATE entry SET state = 'unknown', sent_at = coalesce(sent_at, ?) WHERE id = ? AND state <> 'done'";
const MARK_DONE = "UPDATE entry SET state = 'done', made = ? WHERE id = ?";
const RIVAL =
  "SELECT 1 FROM entry WHERE sought = ? AND id <> ? AND state IN ('sent', 'unknown') AND sent_at BETWEEN ? AND ?";

const SWEEP_MS = 10 * 60_000;

interface EntryRow {
  id: string;
  kind: string;
  key: string | null;
  digest: string;
  files: string | null;
  sought: string | null;
  state: State;
  sent_at: number | null;
  held_until: number;
  expires_at: number;
  made: string | null;
}

/** In a file, which several processes of one machine may share, or in `:memory:`. Throws where it cannot be written. */
export async function openSqliteLedger(path: string, options: LedgerOptions): Promise<Ledger> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path);
  try {
    return new SqliteLedger(new SqliteFile(database), options);
  } catch (error) {
    database.close();
    throw error;
  }
}

class SqliteLedger implements Ledger {
  readonly warnings = [];
  readonly #file: SqliteFile;
  readonly #now: () => number;
  readonly #pulse = new Pulse((ids) => void this.#hold(ids).catch(() => {}));
  readonly #sweeping: NodeJS.Timeout;

  constructor(file: SqliteFile, { now }: LedgerOptions) {
    this.#file = file;
    this.#now = now;
    this.#sweep();
    this.#sweeping = setInterval(
      () => void this.#file.atomic(() => this.#sweep()).catch(() => {}),
      SWEEP_MS,
    ).unref();
  }

  async begin(intent: Intent) {
    const begun = await this.#file.atomic(() => {
      const known = intent.key && this.#underKey(intent.key);
      return known ? { entry: known, isMine: false } : { entry: this.#open(intent), isMine: true };
    });
    if (begun.isMine) this.#pulse.add(begun.entry.id);
    return begun;
  }

  async sent(id: string, files?: string) {
    const sentAt = this.#now();
    const changed = await this.#file.atomic(() =>
      this.#file.run(MARK_SENT, sentAt, files ?? null, id),
    );
    return changed === 1 ? sentAt : undefined;
  }

  async done(id: string, made: Made) {
    this.#pulse.delete(id);
    return this.#file.atomic(() => {
      const entry = this.#file.row<EntryRow>('SELECT * FROM entry WHERE id = ?', id);
      return entry ? this.#settle(entry, made) : made;
    });
  }

  async free(id: string) {
    this.#pulse.delete(id);
    await this.#file.atomic(() => this.#file.run('DELETE FROM entry WHERE id = ?', id));
  }

  async lost(id: string) {
    this.#pulse.delete(id);
    await this.#file.atomic(() => this.#file.run(MARK_UNKNOWN, this.#now(), id));
  }

  async claim(id: string, found: readonly number[]) {
    const claimed = await this.#file.atomic(() => {
      const entry = this.#file.row<EntryRow>('SELECT * FROM entry WHERE id = ?', id);
      if (!entry) return undefined;
      if (entry.made) return JSON.parse(entry.made) as Made;
      const [only, ...others] = found.filter((object) => {
        const holder = this.#holderOf(entry, object);
        return !holder || holder === id;
      });
      if (only === undefined || others.length > 0 || this.#hasRival(entry)) return undefined;
      return this.#settle(entry, { id: only, wasFound: true });
    });
    if (claimed) this.#pulse.delete(id);
    return claimed;
  }

  async check() {
    await this.#file.atomic(() =>
      this.#file.run("INSERT OR REPLACE INTO claim VALUES ('check', '', 0)"),
    );
  }

  async close() {
    this.#pulse.stop();
    clearInterval(this.#sweeping);
    this.#file.close();
  }

  /** What stands under a key; what was not sent by one who is gone stands there no longer. */
  #underKey(key: string): Entry | undefined {
    const row = this.#file.row<EntryRow>('SELECT * FROM entry WHERE key = ?', key);
    if (!row) return undefined;
    const entry = this.#entryOf(row);
    const isOver = row.expires_at <= this.#now() || (entry.state === 'begun' && !entry.isHeld);
    if (!isOver) return entry;
    this.#file.run('DELETE FROM entry WHERE id = ?', row.id);
    return undefined;
  }

  #open({ kind, key, digest, sought, isSent }: Intent): Entry {
    const now = this.#now();
    const id = randomUUID();
    const state = isSent ? 'sent' : 'begun';
    const sentAt = isSent ? now : null;
    const what = [id, kind, key ?? null, digest, sought ?? null];
    this.#file.run(OPEN, ...what, state, sentAt, now + HELD_MS, now + KEPT_MS);
    return { id, state, digest, files: null, sentAt, isHeld: true, made: null };
  }

  /** Without a key nobody asks again: then only whose the object is has to be known. */
  #settle(entry: EntryRow, made: Made): Made {
    const holder = made.id === null ? undefined : this.#holderOf(entry, made.id);
    const kept = { ...made, ...(holder && holder !== entry.id && { wasKnown: true }) };
    if (made.id !== null && !holder) {
      const until = this.#now() + KEPT_MS;
      this.#file.run(
        'INSERT INTO claim VALUES (?, ?, ?)',
        objectOf(entry, made.id),
        entry.id,
        until,
      );
    }
    if (entry.key === null) this.#file.run('DELETE FROM entry WHERE id = ?', entry.id);
    else this.#file.run(MARK_DONE, JSON.stringify(kept), entry.id);
    return kept;
  }

  #holderOf(entry: EntryRow, object: number) {
    const sql = 'SELECT entry FROM claim WHERE object = ?';
    return this.#file.row<{ entry: string }>(sql, objectOf(entry, object))?.entry;
  }

  #hasRival({ id, sought, sent_at }: EntryRow) {
    const [from, until] = [(sent_at ?? 0) - RIVAL_MS, (sent_at ?? 0) + RIVAL_MS];
    return this.#file.row(RIVAL, sought, id, from, until) !== undefined;
  }

  #hold(ids: readonly string[]) {
    return this.#file.atomic(() => {
      for (const id of ids) {
        this.#file.run('UPDATE entry SET held_until = ? WHERE id = ?', this.#now() + HELD_MS, id);
      }
    });
  }

  #sweep() {
    for (const table of ['entry', 'claim']) {
      this.#file.run(`DELETE FROM ${table} WHERE expires_at <= ?`, this.#now());
    }
  }

  #entryOf({ id, state, digest, files, sent_at, held_until, made }: EntryRow): Entry {
    const isHeld = isHeldAt(held_until, this.#now());
    return { id, state, digest, files, sentAt: sent_at, isHeld, made: made && JSON.parse(made) };
  }
}

const objectOf = ({ kind }: EntryRow, id: number) => `${kind}:${id}`;
