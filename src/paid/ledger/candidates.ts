import { EFFECT_MS } from './ledger.ts';

interface Row {
  id: number;
  created_at?: string | null;
}

interface Sought<Found extends Row> {
  /** Newest first. */
  rows: readonly Found[];
  /** Whether there may be more of them. */
  isFull: boolean;
  /** Epoch milliseconds, by Astria's clock. */
  sentAt: number;
  /** Equal in all that was sent. */
  isIt(row: Found): boolean;
}

/** The ids of those that a write may have made; none where not all of them can be seen, or dated. */
export function candidatesAmong<Found extends Row>(sought: Sought<Found>): number[] {
  const { rows, isFull, sentAt, isIt } = sought;
  const last = rows.at(-1);
  // What lies beyond the page could be one more.
  if (isFull && !(last && timeOf(last) < sentAt)) return [];
  const alike = rows.filter(isIt);
  if (alike.some((row) => Number.isNaN(timeOf(row)))) return [];
  return alike
    .filter((row) => timeOf(row) >= sentAt && timeOf(row) <= sentAt + EFFECT_MS)
    .map(({ id }) => id);
}

const timeOf = ({ created_at }: Row) => Date.parse(created_at ?? '');
