import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from '../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/paid/ledger/sqlite.ts';
import { told } from '../support/told.ts';
import type { Point, Store } from './store.ts';

/**
 * A gateway is held within its own transaction: a trigger counts to what would take it hours. So nothing in the gateway
 * knows of it, and what it was about to record is not yet.
 */
const TRIGGERS = `
  CREATE TABLE stall (key TEXT PRIMARY KEY, state TEXT NOT NULL);
  CREATE TABLE number (n INTEGER);
  WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up LIMIT 2000) INSERT INTO number SELECT n FROM up;
  ${['INSERT', 'UPDATE OF state']
    .map(
      (act) => `CREATE TRIGGER "stall ${act}" BEFORE ${act} ON entry
        WHEN EXISTS (SELECT 1 FROM stall WHERE stall.key = NEW.key AND stall.state = NEW.state)
        BEGIN SELECT count(*) FROM number a, number b, number c, number d WHERE a.n + b.n + c.n + d.n < 0; END;`,
    )
    .join('\n')}
`;

/** Those who hold the lock for so long in a row stand in a trigger. */
const LOOKS = 10;
const LOOK_MS = 8;
const PATIENCE_MS = 4000;

/** What stands in the ledger for as long as a gateway stands at a point. */
const BEFORE: Record<Point, State | undefined> = { begun: undefined, sent: 'begun', done: 'sent' };

/** One file for all lanes. */
export async function openSqliteStore(path: string): Promise<Store> {
  await (await openSqliteLedger(path, told())).close();
  const database = new DatabaseSync(path, { timeout: 3000 });
  database.exec(TRIGGERS);
  const probe = new DatabaseSync(path, { timeout: 0 });
  const look = database.prepare('SELECT state FROM entry WHERE key = ?');
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: each holds the lock of the file. */
  function turn(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = last;
    last = promise;
    return before.then(() => resolve);
  }

  const stateNow = (key: string) => (look.get(key) as { state: State } | undefined)?.state;

  function isLocked() {
    try {
      probe.exec('BEGIN IMMEDIATE; ROLLBACK');
      return false;
    } catch {
      return true;
    }
  }

  return {
    environment: { LEDGER_PATH: path },
    stateOf: async (key) => stateNow(key),
    async stallAt(point: Point, key: string) {
      const done = await turn();
      database.prepare('INSERT OR REPLACE INTO stall VALUES (?, ?)').run(key, point);
      return {
        async reached() {
          const until = performance.now() + PATIENCE_MS;
          let locked = 0;
          while (locked < LOOKS && performance.now() < until) {
            await sleep(LOOK_MS);
            locked = stateNow(key) === BEFORE[point] && isLocked() ? locked + 1 : 0;
          }
          return locked >= LOOKS;
        },
        async end() {
          database.prepare('DELETE FROM stall WHERE key = ?').run(key);
          done();
        },
      };
    },
    async close() {
      for (const each of [probe, database]) if (each.isOpen) each.close();
    },
  };
}
