import { EFFECT_MS } from './ledger.ts';

interface Row {
  id: number;
  created_at?: string | null;
}

interface Sought<Found extends Row> {
  /** Newest first. */
  rows: readonly Found[];
  /** Whether there may be more candidates. */
  isFull: boolean;
  /** Epoch milliseconds by Astria's clock. */
  sentAt: number;
  /** Whether it equals everything that was sent. */
  isIt(row: Found): boolean;
}

/** Returns the ids that a write may have made. Returns none if not all candidates are visible or have a date. */
export function candidatesAmong<Found extends Row>(sought: Sought<Found>): number[] {
  const { rows, isFull, sentAt, isIt } = sought;
  const last = rows.at(-1);
  // Another candidate could be beyond the page.
  if (isFull && !(last && timeOf(last) < sentAt)) return [];
  const alike = rows.filter(isIt);
  if (alike.some((row) => Number.isNaN(timeOf(row)))) return [];
  return alike
    .filter((row) => timeOf(row) >= sentAt && timeOf(row) <= sentAt + EFFECT_MS)
    .map(({ id }) => id);
}

const timeOf = ({ created_at }: Row) => Date.parse(created_at ?? '');
