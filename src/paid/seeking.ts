/** Finding out what became of a write whose answer was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SeekTimes } from '../context.ts';
import type { Place } from '../scope.ts';
import { MAX_LIMIT, type Session } from '../upstream/client.ts';
import { candidatesAmong } from './ledger/candidates.ts';
import { CLAIMABLE_MS, type Made } from './ledger/ledger.ts';

/** What a write can have made. */
export interface MadeRow {
  id: number;
  created_at?: string | null;
}

/** How what a write made is found again. Stands beside the `rest.ts` of what it makes. */
export interface Search<Row extends MadeRow> {
  /** What is gone by: writes that have it in common could be taken for one another. */
  by: string;
  /** Newest first, `MAX_LIMIT` at most. */
  list(astria: Session): Promise<readonly Row[]>;
  /** Equal in all that was sent and that the row tells. */
  isIt(row: Row): boolean;
}

/** A write under way, or whose answer was lost. */
interface Sought<Row extends MadeRow> {
  entryId: string;
  /** By Astria's clock. */
  sentAt: number;
  search: Search<Row>;
  /** Where it was to be made. */
  place: Place;
  /** Astria itself said that it had failed: then there is probably nothing, and nobody is kept waiting for long. */
  isLikelyNot?: boolean;
  /** The operation is over, and nobody waits for it. */
  isLeft?: boolean;
}

interface Found<Row> {
  made: Made;
  /** Undefined where somebody else has found it meanwhile. */
  row: Row | undefined;
}

/** Two minutes: Astria may need one. */
const GAPS_MS = [0, 1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000];
const LEAST_MS = 3000;

/**
 * One look, in all workspaces: Astria may have put it elsewhere than asked. Who may use some of them only looks where it was
 * to be made, and never finds what somebody else made elsewhere.
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
  const made = await context.ledger.claim(entryId, found);
  return made && { made, row: rows.find(({ id }) => id === made.id) };
}

/** A look that fails has found nothing. */
export const tryLook = <Row extends MadeRow>(context: Context, sought: Sought<Row>) =>
  look(context, sought).catch((error) => {
    context.log.debug({ err: error }, 'a look for a lost write failed');
    return undefined;
  });

/** For as long as the caller may be kept waiting; then it goes on without. Undefined: not found so far. */
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
 * To find out what became of money. Among the operation's calls while it waits; that it has made all it may is no reason
 * not to look, since the money is spent.
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
