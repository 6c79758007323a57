/** Money in the ledger of SQLite: what is spent and reserved. Each method runs within the transaction of its caller. */
import type { Time } from './ledger.ts';
import {
  dueAfter,
  type Exceeded,
  LOOKED_AFTER_MS,
  type OpenCharge,
  PERIODS,
  type Period,
  type Priced,
  periodsAt,
  type Reservation,
  resetOf,
  type Settled,
  SPENDING_KEPT_MS,
  type Spending,
  settled,
} from './spending.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface ChargeRow {
  id: string;
  budgets: string;
  day: string;
  month: string;
  reserved: number;
  parts: number | null;
  jobs: string | null;
  is_all: number;
  since: number;
}

const ADD =
  'INSERT INTO spending VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET spent = spent + excluded.spent, reserved = reserved + excluded.reserved, touched_at = excluded.touched_at';
const OPEN =
  'INSERT INTO charge (id, budgets, day, month, reserved, parts, since) VALUES (?, ?, ?, ?, ?, ?, ?)';
const DUE = 'SELECT * FROM charge WHERE due_at <= ? ORDER BY due_at LIMIT ?';
/** Reservations of writes that nobody can look up any more. */
const FORGOTTEN = `SELECT charge.* FROM charge LEFT JOIN entry ON entry.id = charge.id
  WHERE charge.jobs IS NULL AND coalesce(entry.expires_at, 0) <= ?`;

export class SqliteCharges {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** Reserves the amount in all budgets. Reserves nothing if it does not fit into one of them. */
  reserve(
    { now }: Time,
    id: string,
    { budgets, amount, parts }: Reservation,
  ): Exceeded | undefined {
    const at = periodsAt(now);
    for (const budget of budgets) {
      for (const period of PERIODS) {
        const max = budget[period];
        if (max === undefined) continue;
        const { spent, reserved } = this.#spending(budget.name, at[period]);
        const found = spent + reserved + amount;
        if (found > max)
          return { budget: budget.name, period, max, found, resetsAt: resetOf(period, now) };
      }
    }
    const names = JSON.stringify(budgets.map(({ name }) => name));
    this.#file.run(OPEN, id, names, at.day, at.month, amount, parts, now);
    this.#add({ id, budgets: names, ...at } as ChargeRow, 0, amount, now);
    return undefined;
  }

  /** Releases a reservation whose write was not done or costs nothing. */
  release({ now }: Pick<Time, 'now'>, id: string) {
    const charge = this.#charge(id);
    if (!charge) return;
    this.#add(charge, 0, -charge.reserved, now);
    this.#drop(id);
  }

  /** Releases the reservation of a forgotten write, unless its result is known. */
  giveUp(time: Pick<Time, 'now'>, id: string) {
    if (this.#charge(id)?.jobs === null) this.release(time, id);
  }

  /** Records the objects of a write. From then on their prices are polled. Only the first call counts. */
  note(time: Time, id: string, { jobs, isAll, costMc }: Priced) {
    const charge = this.#charge(id);
    if (!charge || charge.jobs !== null) return;
    if (costMc !== undefined) {
      this.#add(charge, costMc, -charge.reserved, time.now);
      return this.#drop(id);
    }
    // Without an object there is no price to read, so the amount stays reserved.
    if (jobs.length === 0) return this.#drop(id);
    const isWhole = isAll ?? (charge.parts !== null && jobs.length >= charge.parts);
    const sql = 'UPDATE charge SET jobs = ?, is_all = ?, due_at = ? WHERE id = ?';
    this.#file.run(sql, JSON.stringify(jobs), Number(isWhole), dueAfter(time.now, time.now), id);
  }

  /**
   * Returns the reservations that are due. Their next poll is set here, so that no other process gets them at the same time.
   */
  takeDue({ now }: Time, limit: number): OpenCharge[] {
    return this.#file.rows<ChargeRow>(DUE, now, limit).flatMap(({ id, jobs, since }) => {
      if (now - since > LOOKED_AFTER_MS) {
        this.#drop(id);
        return [];
      }
      this.#file.run('UPDATE charge SET due_at = ? WHERE id = ?', dueAfter(now, since), id);
      return { id, jobs: JSON.parse(jobs ?? '[]') };
    });
  }

  /** Returns undefined if the object's price was recorded before. */
  told({ now }: Time, id: string, job: string, costMc: number): Settled | undefined {
    const charge = this.#charge(id);
    const jobs: string[] = JSON.parse(charge?.jobs ?? '[]');
    if (!charge || !jobs.includes(job)) return undefined;
    const { reserved } = charge;
    const left = settled({ reserved, jobs, isAll: charge.is_all === 1 }, job, costMc);
    this.#add(charge, costMc, left.reserved - reserved, now);
    if (left.jobs.length === 0) this.#drop(id);
    else {
      const sql = 'UPDATE charge SET jobs = ?, reserved = ? WHERE id = ?';
      this.#file.run(sql, JSON.stringify(left.jobs), left.reserved, id);
    }
    return { budgets: JSON.parse(charge.budgets), spent: costMc, reserved: left.reserved };
  }

  spending({ now }: Time, budgets: readonly string[]): Spending[] {
    const at = periodsAt(now);
    const of = (name: string, period: Period) => ({
      ...this.#spending(name, at[period]),
      resetsAt: resetOf(period, now),
    });
    return budgets.map((name) => ({ day: of(name, 'day'), month: of(name, 'month') }));
  }

  /** Must run before entries are swept, because it needs them to know which reservations are over. */
  sweep({ now, earliest }: Time) {
    for (const { id } of this.#file.rows<ChargeRow>(FORGOTTEN, earliest)) this.release({ now }, id);
    this.#file.run('DELETE FROM spending WHERE touched_at <= ?', earliest - SPENDING_KEPT_MS);
  }

  #add({ budgets, day, month }: ChargeRow, spent: number, reserved: number, now: number) {
    for (const name of JSON.parse(budgets) as string[]) {
      for (const period of [day, month]) this.#file.run(ADD, name, period, spent, reserved, now);
    }
  }

  #spending(name: string, period: string) {
    const sql = 'SELECT spent, reserved FROM spending WHERE budget = ? AND period = ?';
    const row = this.#file.row<{ spent: number; reserved: number }>(sql, name, period);
    return { spent: row?.spent ?? 0, reserved: row?.reserved ?? 0 };
  }

  #charge(id: string) {
    return this.#file.row<ChargeRow>('SELECT * FROM charge WHERE id = ?', id);
  }

  #drop(id: string) {
    this.#file.run('DELETE FROM charge WHERE id = ?', id);
  }
}
