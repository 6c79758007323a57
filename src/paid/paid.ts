/** A write that costs money: sent at most once, and its outcome found out where the answer is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { badRequest } from '../graphql/errors.ts';
import { madeWarnings, type Warning } from '../graphql/warnings.ts';
import type { Session } from '../upstream/client.ts';
import { AnsweredWithFailure, isSurelyNotDone, OutOfContract } from '../upstream/errors.ts';
import { giveBack, isBounded } from './budgets.ts';
import { type Costly, checkCost, isPriced } from './cost.ts';
import { digestOf, keysOf, refuseOther, sha256, uploadsIn } from './idempotency.ts';
import { type Entry, type Intent, type Kind, LedgerFailed, type Made } from './ledger/ledger.ts';
import type { Priced } from './ledger/spending.ts';
import { maxCostOf } from './max-cost.ts';
import { type MadeRow, type Search, seek, sessionIn, tryLook } from './seeking.ts';
import { UnknownOutcome } from './unknown-outcome.ts';
import { readDigest, watchUploads } from './upload-digest.ts';

/** What is read again, and how, when it is asked for again. */
export interface Kept<Row> {
  kind: Kind;
  /** What the ledger holds: an id, and what cannot be read again. */
  keep(row: Row): Made;
  again(made: Made, astria: Session): Promise<Row>;
  /** What will tell what it has cost. */
  priced(row: Row): Priced;
}

/** `Found` is what a search finds, where that is but one of the things that may be answered. */
export interface PaidWrite<Row, Found extends Row & MadeRow = Row & MadeRow> extends Costly {
  mutation: string;
  send(): Promise<Row>;
  /** Undefined where what it makes could not surely be told from what others make. */
  search: Search<Found> | undefined;
  kept: Kept<Row>;
}

export interface Paid<Row> {
  row: Row;
  warnings: Warning[];
}

/** How soon one who waits for another with the same key looks, and how seldom in the end: there may be many. */
const LOOK_MS = { first: 100, last: 1000, factor: 1.2 };

export async function paid<Row, Found extends Row & MadeRow>(
  context: Context,
  write: PaidWrite<Row, Found>,
): Promise<Paid<Row>> {
  const maxMc = maxCostOf(write.input);
  const { entry, isMine } = await begin(context, await intentOf(context, write));
  return isMine ? perform(context, write, { entry, maxMc }) : recall(context, write, entry);
}

async function intentOf<Row, Found extends Row & MadeRow>(
  context: Context,
  { mutation, input, place, search, kept }: PaidWrite<Row, Found>,
): Promise<Intent> {
  const keys = await keysOf(context, input);
  return {
    keys,
    kind: kept.kind,
    digest: digestOf(mutation, place, input),
    sought: search && sha256(search.by),
    // With a key the two are told apart: what was begun and not sent can be sent after a crash.
    isSent: keys.length === 0 && uploadsIn(input).length === 0 && !isPriced(context, input),
  };
}

/** Waits for whoever is at it under the same key. */
async function begin({ ledger, signal }: Context, intent: Intent) {
  for (let lookMs = LOOK_MS.first; ; lookMs = Math.min(lookMs * LOOK_MS.factor, LOOK_MS.last)) {
    const begun = await ledger.begin(intent);
    if (begun.isMine) return begun;
    const { digest, state, isHeld } = begun.entry;
    if (digest !== intent.digest) refuseOther('input');
    if (state === 'done' || state === 'unknown' || !isHeld) return begun;
    if (signal.aborted) throw badRequest('Whoever asked has left.');
    await sleep(lookMs);
  }
}

async function perform<Row, Found extends Row & MadeRow>(
  context: Context,
  write: PaidWrite<Row, Found>,
  { entry, maxMc }: { entry: Entry; maxMc: number | undefined },
): Promise<Paid<Row>> {
  const { clock } = context.upstream;
  let sentAt = entry.sentAt === null ? undefined : clock.mark();
  let aside = 0;
  const markSent = async (files?: string) => {
    const isMine = (await context.ledger.sent(entry.id, files)) !== undefined;
    if (!isMine) throw new LedgerFailed('another has taken the key over');
    sentAt = clock.mark();
  };
  try {
    aside = await checkCost(context, write, { entryId: entry.id, maxMc });
    const uploads = uploadsIn(write.input);
    watchUploads(uploads, write.input.idempotencyKey != null, markSent);
    if (uploads.length === 0 && !sentAt) await markSent();
    const newestBefore = context.upstream.newestIds.of(`${write.kept.kind}s`);
    const row = await write.send();
    const made = keep(write.kept, row, newestBefore);
    const priced = isBounded(context) ? write.kept.priced(row) : undefined;
    const kept = await record(context, { id: entry.id, made, priced });
    if (kept.wasKnown) giveBack(context, aside, 0);
    else if (priced?.costMc !== undefined) giveBack(context, aside, priced.costMc);
    return tell(row, kept);
  } catch (error) {
    const wasAnswered = error instanceof OutOfContract;
    if ((!sentAt && !wasAnswered) || isSurelyNotDone(error) || isRefused(error)) {
      giveBack(context, aside, 0);
      throw await unsent(context, write, { entryId: entry.id, error });
    }
    return findOut(context, write, {
      entryId: entry.id,
      sentAt: (sentAt ?? clock.mark())(),
      error,
    });
  }
}

/**
 * Nothing was made, so the key is free again, and the error is told. Where the ledger's reply to the
 * sending was lost, and it cannot be reached since, it may have noted it: then what it will say to whoever asks again is told.
 */
async function unsent<Row, Found extends Row & MadeRow>(
  context: Context,
  { input }: PaidWrite<Row, Found>,
  { entryId, error }: { entryId: string; error: unknown },
): Promise<unknown> {
  const { ledger } = context;
  const freeing = ledger.free(entryId).then(() => true);
  const isFree = await quietly(context, freeing);
  const mayBeNoted = error instanceof LedgerFailed && error.mayBeDone;
  if (isFree || !mayBeNoted || input.idempotencyKey == null) return error;
  await quietly(context, ledger.lost(entryId));
  return new UnknownOutcome(error, { isKeyed: true, isSought: false });
}

/** By ourselves, in words for the client: of what names rows that it may not use, or of its files. */
const isRefused = (error: unknown) => error instanceof GraphQLError;

/** What was there before it was asked for is not new, whatever clocks say. */
function keep<Row>(kept: Kept<Row>, row: Row, newestBefore: number): Made {
  const made = kept.keep(row);
  return made.id !== null && made.id <= newestBefore ? { ...made, wasKnown: true } : made;
}

/** The money is spent: the answer is given, whatever becomes of its record. */
async function record(
  context: Context,
  { id, made, priced }: { id: string; made: Made; priced: Priced | undefined },
): Promise<Made> {
  return (await quietly(context, context.ledger.done(id, made, priced))) ?? made;
}

async function findOut<Row, Found extends Row & MadeRow>(
  context: Context,
  write: PaidWrite<Row, Found>,
  { entryId, sentAt, error }: { entryId: string; sentAt: number; error: unknown },
): Promise<Paid<Row>> {
  const { search, input, place } = write;
  const isLikelyNot = error instanceof AnsweredWithFailure && error.status !== 504;
  const found = search && (await seek(context, { entryId, sentAt, search, place, isLikelyNot }));
  if (found) return tellFound(context, write, found);
  await quietly(context, context.ledger.lost(entryId));
  throw new UnknownOutcome(error, {
    isKeyed: input.idempotencyKey != null,
    isSought: search !== undefined,
  });
}

/** What stands under the key, as it is now. */
async function recall<Row, Found extends Row & MadeRow>(
  context: Context,
  write: PaidWrite<Row, Found>,
  { id, files, made, sentAt }: Entry,
): Promise<Paid<Row>> {
  const uploads = uploadsIn(write.input);
  if (files !== null && (await readDigest(uploads)) !== files) refuseOther('files');
  const { search, place } = write;
  if (made) return tellFound(context, write, { made, row: undefined });
  const found =
    search && sentAt !== null && (await tryLook(context, { entryId: id, sentAt, search, place }));
  if (found) return tellFound(context, write, found);
  throw new UnknownOutcome(undefined, { isKeyed: true, isSought: search !== undefined });
}

async function tellFound<Row, Found extends Row & MadeRow>(
  context: Context,
  { kept }: PaidWrite<Row, Found>,
  { made, row }: { made: Made; row: Row | undefined },
): Promise<Paid<Row>> {
  return tell(row ?? (await readAgain(context, kept, made)), made);
}

/** A failure must not be taken for one of the write, which is done; nor that its object is gone since. */
function readAgain<Row>(context: Context, kept: Kept<Row>, made: Made): Promise<Row> {
  return kept.again(made, sessionIn(context, 'all')).catch((error) => {
    throw new UnknownOutcome(error, made.id === null ? kept.kind : `${kept.kind} ${made.id}`);
  });
}

const tell = <Row>(row: Row, made: Made): Paid<Row> => ({ row, warnings: madeWarnings(made) });

async function quietly<T>({ log }: Context, recording: Promise<T>): Promise<T | undefined> {
  try {
    return await recording;
  } catch (error) {
    if (!(error instanceof LedgerFailed)) {
      log.error({ err: error }, 'what came of a write could not be recorded');
    }
    return undefined;
  }
}
