/** What is remembered of money: how much each budget has spent and reserved, day by day and month by month. */
/** What somebody may spend. Amounts are in milli-cents. */
interface Budget {
  /** Whose it is, as it stands in the ledger. */
  name: string;
  /** Undefined: no bound. */
  day: number | undefined;
  month: number | undefined;
}

export type Period = 'day' | 'month';
export const PERIODS = ['day', 'month'] as const satisfies Period[];

/** What a write may cost at most, put aside before it is sent. */
export interface Reservation {
  /** All of them have to have room for it. */
  budgets: readonly Budget[];
  amount: number;
  /** How many objects it makes that will tell their price; null where that is not known. */
  parts: number | null;
}

/** A budget that has no room left. */
export interface Exceeded {
  budget: string;
  period: Period;
  max: number;
  /** With what was asked for. */
  found: number;
  /** Epoch milliseconds. */
  resetsAt: number;
}

interface Spent {
  spent: number;
  reserved: number;
  /** Epoch milliseconds. */
  resetsAt: number;
}

/** Of one budget. */
export type Spending = Record<Period, Spent>;

/** What a write has made, as far as that tells prices. */
export interface Priced {
  /** `Prompt:1`, `Tune:2`. */
  jobs: readonly string[];
  /** Whether there are no others; undefined: by the number that was reserved for. */
  isAll?: boolean;
  /** Of all together, where Astria has told it. */
  costMc?: number;
}

/** A reservation that is open, to be looked after. */
export interface OpenCharge {
  id: string;
  jobs: readonly string[];
}

/** What came of a price that was told. */
export interface Settled {
  budgets: readonly string[];
  spent: number;
  /** What is still put aside for the same write. */
  reserved: number;
}

const DAY_MS = 24 * 60 * 60_000;

/** Of UTC, by Astria's time. */
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

/** A month, and what clocks may be off. */
export const SPENDING_KEPT_MS = 40 * DAY_MS;

/** After it nobody looks any more: what was not told until then stays put aside. */
export const LOOKED_AFTER_MS = DAY_MS;
/** How soon it is looked at for its price, how seldom in the end, and by which part of its age later each time. */
export const DUE = { shortestMs: 2000, longestMs: 60 * 60_000, patience: 10 };

/** When it is looked after again: Astria tells prices late. */
export const dueAfter = (now: number, since: number) =>
  now + Math.min(DUE.longestMs, Math.max(DUE.shortestMs, Math.round((now - since) / DUE.patience)));

/** Of one write. */
export interface Charge {
  spent: number;
  reserved: number;
  jobs: readonly string[];
  isAll: boolean;
}

/** One of its objects has told its price: the rest stays put aside until all have. */
export function settled(charge: Charge, job: string, costMc: number): Charge {
  const jobs = charge.jobs.filter((each) => each !== job);
  const isOver = charge.isAll && jobs.length === 0;
  return {
    ...charge,
    jobs,
    spent: charge.spent + costMc,
    reserved: isOver ? 0 : Math.max(0, charge.reserved - costMc),
  };
}
