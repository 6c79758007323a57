/** The outbox in SQLite. Each method runs within the transaction of its caller. */
import { CLOCK_SKEW_MS, RECLAIM_MS, type Time } from './ledger.ts';
import { itemId, LEASE_MS, type OutboxItem, type Recipient } from './outbox.ts';
import type { SqliteFile } from './sqlite-file.ts';

const ADD =
  'INSERT INTO outbox (id, caller, place, object, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING';
const LEAD =
  'INSERT INTO lease VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until';
const NAME = 'outbox';

interface Lease {
  holder: string;
  held_until: number;
}

export class SqliteOutbox {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  add({ now }: Time, object: string, recipient: Recipient) {
    const { caller, place } = recipient;
    this.#file.run(ADD, itemId(recipient, object), caller, place, object, now);
  }

  lead({ now }: Time, process: string): boolean {
    const lease = this.#file.row<Lease>('SELECT * FROM lease WHERE name = ?', NAME);
    const leftMs = lease ? lease.held_until - now : 0;
    // A lease that lasts longer than any is from before the clock was set back.
    const isHeld = leftMs > 0 && leftMs <= LEASE_MS + CLOCK_SKEW_MS;
    if (isHeld && lease?.holder !== process) return false;
    // Written when half of it is over, because each write is synced to the disk.
    if (!isHeld || leftMs < LEASE_MS / 2) this.#file.run(LEAD, NAME, process, now + LEASE_MS);
    return true;
  }

  resign(process: string) {
    this.#file.run('DELETE FROM lease WHERE name = ? AND holder = ?', NAME, process);
  }

  after(seq: number, limit: number): OutboxItem[] {
    return this.#file.rows('SELECT * FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit);
  }

  note(id: string, state: string) {
    this.#file.run('UPDATE outbox SET state = ? WHERE id = ?', state, id);
  }

  remove(id: string) {
    this.#file.run('DELETE FROM outbox WHERE id = ?', id);
  }

  /** Removes what nobody has worked on for days, because no key has a webhook any more. */
  sweep({ earliest }: Time) {
    this.#file.run('DELETE FROM outbox WHERE since <= ?', earliest - RECLAIM_MS);
  }
}
