/** The ledger in SQLite, inside its thread. Each method is one transaction. */
import { randomUUID } from 'node:crypto';
import {
  type Entry,
  HELD_MS,
  type Intent,
  isHeldAt,
  keptUntil,
  type Made,
  RIVAL_MS,
  type State,
  type Then,
  type Time,
} from './ledger.ts';
import type { Recipient } from './outbox.ts';
import type { Reservation } from './spending.ts';
import { SqliteCharges } from './sqlite-charges.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';

const OPEN =
  'INSERT INTO entry (id, kind, key, digest, sought, state, sent_at, held_until, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
const UNDER_KEY =
  'SELECT * FROM entry WHERE key = ? OR id = (SELECT entry FROM entry_key WHERE key = ?)';
const MARK_SENT =
  "UPDATE entry SET state = 'sent', sent_at = ?, files = ?, expires_at = ? WHERE id = ? AND state = 'begun'";
const MARK_UNKNOWN =
  "UPDATE entry SET state = 'unknown', sent_at = coalesce(sent_at, ?) WHERE id = ? AND state <> 'done'";
const MARK_DONE = "UPDATE entry SET state = 'done', made = ? WHERE id = ?";
const RIVAL =
  "SELECT 1 FROM entry WHERE sought = ? AND id <> ? AND state IN ('sent', 'unknown') AND sent_at BETWEEN ? AND ?";

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

export class SqliteStore {
  readonly #file: SqliteFile;
  readonly #charges: SqliteCharges;
  readonly #outbox: SqliteOutbox;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#charges = new SqliteCharges(file);
    this.#outbox = new SqliteOutbox(file);
  }

  begin(time: Time, intent: Intent) {
    const known = this.#underKeys(time, intent.keys);
    return known
      ? { entry: known, isMine: false }
      : { entry: this.#open(time, intent), isMine: true };
  }

  sent(time: Time, id: string, files?: string) {
    const changed = this.#file.run(MARK_SENT, time.now, files ?? null, keptUntil(time), id);
    return changed === 1 ? time.now : undefined;
  }

  done(time: Time, id: string, made: Made, then: Then = {}) {
    const entry = this.#entry(id);
    return entry ? this.#settle(time, entry, made, then) : made;
  }

  free(time: Time, id: string) {
    this.#charges.release(time, id);
    this.#file.run('DELETE FROM entry WHERE id = ?', id);
  }

  lost({ now }: Time, id: string) {
    this.#file.run(MARK_UNKNOWN, now, id);
  }

  claim(time: Time, id: string, found: readonly number[], recipient?: Recipient): Made | undefined {
    const entry = this.#entry(id);
    if (!entry) return undefined;
    if (entry.made) return JSON.parse(entry.made) as Made;
    const [only, ...others] = found.filter((object) => {
      const holder = this.#holderOf(entry, object);
      return !holder || holder === id;
    });
    if (only === undefined || others.length > 0 || this.#hasRival(entry)) return undefined;
    const priced = { jobs: [objectOf(entry, only)] };
    return this.#settle(time, entry, { id: only, wasFound: true }, { priced, recipient });
  }

  /** Records a heartbeat for these entries. */
  hold({ now }: Time, ids: readonly string[]) {
    for (const id of ids) {
      this.#file.run('UPDATE entry SET held_until = ? WHERE id = ?', now + HELD_MS, id);
    }
  }

  reserve(time: Time, id: string, reservation: Reservation) {
    return this.#charges.reserve(time, id, reservation);
  }

  spending(time: Time, budgets: readonly string[]) {
    return this.#charges.spending(time, budgets);
  }

  takeDue(time: Time, limit: number) {
    return this.#charges.takeDue(time, limit);
  }

  told(time: Time, id: string, job: string, costMc: number) {
    return this.#charges.told(time, id, job, costMc);
  }

  lead(time: Time, process: string) {
    return this.#outbox.lead(time, process);
  }

  resign(_: Time, process: string) {
    this.#outbox.resign(process);
  }

  itemsAfter(_: Time, seq: number, limit: number) {
    return this.#outbox.after(seq, limit);
  }

  noteItem(_: Time, id: string, state: string) {
    this.#outbox.note(id, state);
  }

  removeItem(_: Time, id: string) {
    this.#outbox.remove(id);
  }

  /** Removes expired entries. */
  sweep(time: Time) {
    const { earliest } = time;
    this.#charges.sweep(time);
    this.#outbox.sweep(time);
    for (const table of ['entry', 'claim']) {
      this.#file.run(`DELETE FROM ${table} WHERE expires_at <= ?`, earliest);
    }
  }

  check(_?: Time) {
    this.#file.run("INSERT OR REPLACE INTO claim VALUES ('check', '', 0)");
  }

  /** Returns the entry under any of the keys. An entry that was not sent, of a process that is gone, is removed. */
  #underKeys(time: Time, keys: readonly string[]): Entry | undefined {
    for (;;) {
      const row = keys.map((key) => this.#file.row<EntryRow>(UNDER_KEY, key, key)).find(Boolean);
      if (!row) return undefined;
      const entry = entryOf(row, time);
      const isForgotten = row.expires_at <= time.earliest;
      if (!isForgotten && (entry.state !== 'begun' || entry.isHeld)) return entry;
      this.#charges.giveUp(time, row.id);
      this.#file.run('DELETE FROM entry WHERE id = ?', row.id);
    }
  }

  #open(time: Time, { kind, keys, digest, sought, isSent }: Intent): Entry {
    const id = randomUUID();
    const state = isSent ? 'sent' : 'begun';
    const sentAt = isSent ? time.now : null;
    const [first, ...others] = keys;
    const what = [id, kind, first ?? null, digest, sought ?? null];
    this.#file.run(OPEN, ...what, state, sentAt, time.now + HELD_MS, keptUntil(time));
    for (const key of others) this.#file.run('INSERT INTO entry_key VALUES (?, ?)', key, id);
    return { id, state, digest, files: null, sentAt, isHeld: true, made: null };
  }

  /**
   * Records the result. An entry without a key is removed, because nobody can ask for it again: only the owner of the object is
   * kept.
   */
  #settle(time: Time, entry: EntryRow, made: Made, { priced, recipient }: Then): Made {
    const holder = made.id === null ? undefined : this.#holderOf(entry, made.id);
    const kept = { ...made, ...(holder && holder !== entry.id && { wasKnown: true }) };
    if (made.id !== null && !holder) {
      const values = [objectOf(entry, made.id), entry.id, keptUntil(time)];
      this.#file.run('INSERT INTO claim VALUES (?, ?, ?)', ...values);
    }
    // An object that existed before costs nothing more.
    if (kept.wasKnown) this.#charges.release(time, entry.id);
    else if (priced) this.#charges.note(time, entry.id, priced);
    if (recipient && made.id !== null) {
      this.#outbox.add(time, objectOf(entry, made.id), recipient);
    }
    if (entry.key === null) this.#file.run('DELETE FROM entry WHERE id = ?', entry.id);
    else this.#file.run(MARK_DONE, JSON.stringify(kept), entry.id);
    return kept;
  }

  #entry(id: string) {
    return this.#file.row<EntryRow>('SELECT * FROM entry WHERE id = ?', id);
  }

  #holderOf(entry: EntryRow, object: number) {
    const sql = 'SELECT entry FROM claim WHERE object = ?';
    return this.#file.row<{ entry: string }>(sql, objectOf(entry, object))?.entry;
  }

  #hasRival({ id, sought, sent_at }: EntryRow) {
    const [from, until] = [(sent_at ?? 0) - RIVAL_MS, (sent_at ?? 0) + RIVAL_MS];
    return this.#file.row(RIVAL, sought, id, from, until) !== undefined;
  }
}

function entryOf(row: EntryRow, { now }: Time): Entry {
  const { id, state, digest, files, sent_at, held_until, made } = row;
  const isHeld = isHeldAt(held_until, now);
  return { id, state, digest, files, sentAt: sent_at, isHeld, made: made && JSON.parse(made) };
}

const objectOf = ({ kind }: EntryRow, id: number) => `${kind}:${id}`;
