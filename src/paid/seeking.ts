/** Finds out what became of a write whose answer was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SeekTimes } from '../context.ts';
import type { Place } from '../scope.ts';
import { MAX_LIMIT, type Session } from '../upstream/client.ts';
import { candidatesAmong } from './ledger/candidates.ts';
import { CLAIMABLE_MS, type Made } from './ledger/ledger.ts';
import { recipientOf } from './recipient.ts';

/** The objects that a write can make. */
export interface MadeRow {
  id: number;
  created_at?: string | null;
}

/** How the result of a write is found. Defined beside the `rest.ts` of what it makes. */
export interface Search<Row extends MadeRow> {
  /** What the search compares. Writes that have it in common could be mistaken for one another. */
  by: string;
  /** Reads candidates, newest first, at most `MAX_LIMIT`. */
  list(astria: Session): Promise<readonly Row[]>;
  /** Returns whether a row equals what was sent, in all that the row shows. */
  isIt(row: Row): boolean;
}

/** A write in flight, or one whose answer was lost. */
interface Sought<Row extends MadeRow> {
  entryId: string;
  /** By Astria's clock. */
  sentAt: number;
  search: Search<Row>;
  /** The requested workspace. */
  place: Place;
  /** Astria itself reported a failure. Then there is probably no result, and nobody waits for long. */
  isLikelyNot?: boolean;
  /** The operation is over, and nobody waits. */
  isLeft?: boolean;
}

interface Found<Row> {
  made: Made;
  /** Undefined if it was found by somebody else meanwhile. */
  row: Row | undefined;
}

/** Two minutes. Astria may need one. */
const GAPS_MS = [0, 1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000];
const LEAST_MS = 3000;

/**
 * Searches once, in all workspaces, because Astria may have used another one than requested. For a bound caller it searches
 * only the requested workspace, so that it never finds what others made elsewhere.
 */
async function look<Row extends MadeRow>(
  context: Context,
  { entryId, sentAt, place, isLeft, search: { list, isIt } }: Sought<Row>,
): Promise<Found<Row> | undefined> {
  if (context.upstream.clock.now() > sentAt + CLAIMABLE_MS) return undefined;
  const rows = await list(sessionIn(context, context.caller.workspaces ? place : 'all', isLeft));
  const isFull = rows.length >= MAX_LIMIT;
  const found = candidatesAmong({ rows, isFull, sentAt, isIt });
  if (found.length === 0) return undefined;
  const made = await context.ledger.claim(entryId, found, recipientOf(context, place));
  return made && { made, row: rows.find(({ id }) => id === made.id) };
}

/** A search that fails has found nothing. */
export const tryLook = <Row extends MadeRow>(context: Context, sought: Sought<Row>) =>
  look(context, sought).catch((error) => {
    context.log.debug({ err: error }, 'a look for a lost write failed');
    return undefined;
  });

/**
 * Searches for as long as the caller may wait, and then continues without it. Returns undefined if nothing was found so far.
 */
export async function seek<Row extends MadeRow>(context: Context, asked: Sought<Row>) {
  const sought = { ...asked };
  const { withinMs, leastMs } = timesOf(context);
  const seeking = seekOn(context, sought);
  const leftMs = sought.isLikelyNot ? 0 : sought.sentAt + withinMs - context.upstream.clock.now();
  const giveUp = new AbortController();
  const patience = sleep(Math.max(leftMs, leastMs), undefined, {
    ref: false,
    signal: giveUp.signal,
  });
  const found = await Promise.race([seeking, patience.catch(() => undefined)]);
  giveUp.abort();
  sought.isLeft = true;
  if (!found) void seeking.then((late) => late && noteLate(context, late.made));
  return found;
}

async function seekOn<Row extends MadeRow>(context: Context, sought: Sought<Row>) {
  for (const gapMs of timesOf(context).gapsMs) {
    await sleep(gapMs, undefined, { ref: false });
    const found = await tryLook(context, sought);
    if (found) return found;
  }
  return undefined;
}

const timesOf = ({ seekTimes, config }: Context): SeekTimes =>
  seekTimes ?? { gapsMs: GAPS_MS, withinMs: config.upstreamTimeoutMs, leastMs: LEAST_MS };

const noteLate = ({ log }: Context, { id }: Made) =>
  log.info({ id }, 'what a lost write made was found after its request was answered');

/**
 * Searches count as calls of the operation while it waits. A used-up budget does not prevent them, because the money is spent.
 */
export function sessionIn(
  { upstream, credential, calls }: Context,
  place: Place,
  isLeft = false,
): Session {
  const there = { ...credential, workspaceId: place ?? undefined };
  if (isLeft) return upstream.as(there);
  calls.allowMore();
  return upstream.as(there, { calls });
}
