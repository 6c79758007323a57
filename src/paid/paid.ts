/** Sends a write that costs money at most once, and finds out its outcome if the answer is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { badRequest } from '../graphql/errors.ts';
import { madeWarnings, type Warning } from '../graphql/warnings.ts';
import type { Place } from '../scope.ts';
import type { Session } from '../upstream/client.ts';
import { AnsweredWithFailure, isSurelyNotDone, OutOfContract } from '../upstream/errors.ts';
import { giveBack, isBounded } from './budgets.ts';
import { type Costly, checkCost, isPriced } from './cost.ts';
import { digestOf, keysOf, refuseOther, sha256, uploadsIn } from './idempotency.ts';
import { type Entry, type Intent, type Kind, LedgerFailed, type Made } from './ledger/ledger.ts';
import type { Priced } from './ledger/spending.ts';
import { maxCostOf } from './max-cost.ts';
import { recipientOf } from './recipient.ts';
import { type MadeRow, type Search, seek, sessionIn, tryLook } from './seeking.ts';
import { UnknownOutcome } from './unknown-outcome.ts';
import { readDigest, watchUploads } from './upload-digest.ts';

/** How the result is read again when the same key is used again. */
export interface Kept<Row> {
  kind: Kind;
  /** The result in the ledger: an id, and what cannot be read again. */
  keep(row: Row): Made;
  again(made: Made, astria: Session): Promise<Row>;
  /** Returns what will show the cost of the result. */
  priced(row: Row): Priced;
}

/** `Found` is what a search can find, if the write can return other things too. */
export interface PaidWrite<Row, Found extends Row & MadeRow = Row & MadeRow> extends Costly {
  mutation: string;
  send(): Promise<Row>;
  /** Undefined if its result could not be told from those of others. */
  search: Search<Found> | undefined;
  kept: Kept<Row>;
}

export interface Paid<Row> {
  row: Row;
  warnings: Warning[];
}

/** The first and the longest delay between two checks while another request works on the same key. */
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
    // With a key the states `begun` and `sent` differ, because a write that was begun but not sent can be sent after a crash.
    isSent: keys.length === 0 && uploadsIn(input).length === 0 && !isPriced(context, input),
  };
}

/** Opens the entry, or waits while another request works on the same key. */
async function begin({ ledger, signal }: Context, intent: Intent) {
  for (let lookMs = LOOK_MS.first; ; lookMs = Math.min(lookMs * LOOK_MS.factor, LOOK_MS.last)) {
    const begun = await ledger.begin(intent);
    if (begun.isMine) return begun;
    const { digest, state, isHeld } = begun.entry;
    if (digest !== intent.digest) refuseOther('input');
    if (state === 'done' || state === 'unknown' || !isHeld) return begun;
    if (signal.aborted) throw badRequest('The client has left.');
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
    const kept = await record(context, { id: entry.id, made, priced, place: write.place });
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
 * Throws the error of a write that was not done, and frees its key. If the ledger's reply to `sent` was lost and it cannot be
 * reached now, the ledger may have recorded the sending. Then this throws what the next request with the key will get.
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

/**
 * Returns whether the error comes from the gateway itself, in words for the client: about rows that the caller may not use, or
 * about its files.
 */
const isRefused = (error: unknown) => error instanceof GraphQLError;

/** An object that existed before the request is not new, whatever the clocks say. */
function keep<Row>(kept: Kept<Row>, row: Row, newestBefore: number): Made {
  const made = kept.keep(row);
  return made.id !== null && made.id <= newestBefore ? { ...made, wasKnown: true } : made;
}

interface MadeWrite {
  id: string;
  made: Made;
  priced: Priced | undefined;
  place: Place;
}

/** Records the result. The answer is given even if that fails, because the money is spent. */
async function record(context: Context, { id, made, priced, place }: MadeWrite): Promise<Made> {
  const recipient = recipientOf(context, place);
  return (await quietly(context, context.ledger.done(id, made, { priced, recipient }))) ?? made;
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

/** Reads the current state of the result that is recorded under the key. */
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

/**
 * Reads the result again. A failure must not look like a failure of the write, which is done. That also holds if the object was
 * deleted since.
 */
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
