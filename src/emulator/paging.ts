import { Refusal } from './answers.ts';
import { numberOf, type Params } from './params.ts';
import type { Call } from './route.ts';
import type { Table } from './table.ts';

const DEFAULT_LIMIT = 20;

export interface Listing<Row extends { id: number }> {
  rows: Table<Row>;
  /** Above this offset Astria points to `before_id`. If left out, any offset works and there is no `before_id`. */
  highestOffset?: number;
  matches: (row: Row) => boolean;
}

/** Returns a page, newest first: at most `limit` rows below `before_id`, after skipping `offset`. */
export function page<Row extends { id: number }>(call: Call, listing: Listing<Row>): Row[] {
  const limit = limitOf(call);
  const offset = offsetOf(call.query, listing.highestOffset);
  const hasKeyset = listing.highestOffset !== undefined;
  const beforeId = (hasKeyset && numberOf(call.query, 'before_id')) || Number.POSITIVE_INFINITY;
  return listing.rows.newest(beforeId).filter(listing.matches).drop(offset).take(limit).toArray();
}

function limitOf({ query, world }: Call): number {
  const asked = numberOf(query, 'limit') ?? DEFAULT_LIMIT;
  if (!(asked >= 1)) return DEFAULT_LIMIT;
  return Math.min(Math.trunc(asked), world.unknowns.highestLimit);
}

function offsetOf(query: Params, highest = Number.POSITIVE_INFINITY): number {
  const offset = Math.trunc(numberOf(query, 'offset') ?? 0) || 0;
  if (offset > highest) {
    // The status and the hint are documented. The shape of the body is not.
    const error = `offset must not be above ${highest}. Use before_id to page further`;
    throw new Refusal(400, { status: 400, error });
  }
  return Math.max(offset, 0);
}
