/** What the ledger records of money: what each budget has spent and reserved, by day and month. Amounts are in milli-cents. */

interface Budget {
  /** The name of the budget in the ledger. */
  name: string;
  /** Undefined: no limit. */
  day: number | undefined;
  month: number | undefined;
}

export type Period = 'day' | 'month';
export const PERIODS = ['day', 'month'] as const satisfies Period[];

/** The most that a write may cost, reserved before it is sent. */
export interface Reservation {
  /** The amount must fit into all of them. */
  budgets: readonly Budget[];
  amount: number;
  /** The number of objects with a price that the write makes. Null if it is not known. */
  parts: number | null;
}

/** A budget into which the amount does not fit. */
export interface Exceeded {
  budget: string;
  period: Period;
  max: number;
  /** The sum, including the requested amount. */
  found: number;
  /** Time in epoch milliseconds. */
  resetsAt: number;
}

interface Spent {
  spent: number;
  reserved: number;
  /** Time in epoch milliseconds. */
  resetsAt: number;
}

/** The state of one budget. */
export type Spending = Record<Period, Spent>;

/** The objects of a write whose prices will be read. */
export interface Priced {
  /** Their names: `prompt:1`, `tune:2`. */
  jobs: readonly string[];
  /** Whether there are no others. If undefined, they are compared with the reserved number of parts. */
  isAll?: boolean;
  /** The cost of all together, if Astria has reported it. */
  costMc?: number;
}

/** A reservation whose prices are still to be read. */
export interface OpenCharge {
  id: string;
  jobs: readonly string[];
}

/** The outcome of recording a price. */
export interface Settled {
  budgets: readonly string[];
  spent: number;
  /** The amount that is still reserved for the same write. */
  reserved: number;
}

const DAY_MS = 24 * 60 * 60_000;

/** Returns the current day and month in UTC, by Astria's time. */
export const periodsAt = (now: number): Record<Period, string> => {
  const date = new Date(now).toISOString();
  return { day: date.slice(0, 10), month: date.slice(0, 7) };
};

export function resetOf(period: Period, now: number): number {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return period === 'day'
    ? Date.UTC(year, month, date.getUTCDate()) + DAY_MS
    : Date.UTC(year, month + 1);
}

/** A month, plus a margin for clocks that differ. */
export const SPENDING_KEPT_MS = 40 * DAY_MS;

/** Prices are polled for this long. An unknown price stays reserved after that. */
export const LOOKED_AFTER_MS = DAY_MS;
/**
 * The shortest and the longest time between two polls of a price. A poll is delayed by the age of the write divided by
 * `patience`.
 */
export const DUE = { shortestMs: 2000, longestMs: 60 * 60_000, patience: 10 };

/** Returns when the price is polled next. Astria reports prices late. */
export const dueAfter = (now: number, since: number) =>
  now + Math.min(DUE.longestMs, Math.max(DUE.shortestMs, Math.round((now - since) / DUE.patience)));

/** What is still reserved for one write. */
interface Charge {
  reserved: number;
  jobs: readonly string[];
  isAll: boolean;
}

/** Returns what is left after the price of one object. The rest stays reserved until all have a price. */
export function settled(charge: Charge, job: string, costMc: number): Charge {
  const jobs = charge.jobs.filter((each) => each !== job);
  const isOver = charge.isAll && jobs.length === 0;
  return {
    ...charge,
    jobs,
    reserved: isOver ? 0 : Math.max(0, charge.reserved - costMc),
  };
}
