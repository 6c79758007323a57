/** Estimates a write before it is sent, and refuses it if it may cost more than `maxCost` or a budget allows. */
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Estimate } from '../prices/estimate.ts';
import { type Look, lookFrom, MAX_CALLS } from '../prices/look.ts';
import type { Place } from '../scope.ts';
import { amountOf, isBounded, putAside } from './budgets.ts';
import type { Keyed } from './idempotency.ts';
import { mustCostAtMost } from './max-cost.ts';
import { NotSent } from './not-sent.ts';

/** The fields that the input of every paid write has. */
export interface PaidInput extends Keyed {
  maxCost?: string | null;
}

export interface Costly {
  /** The input of the client, unchanged. */
  input: PaidInput;
  place: Place;
  /** The number of objects with a price that the write makes. Null if it is not known. */
  parts: number | null;
  /** Estimates the cost of the write. */
  estimate(look: Look): Promise<Estimate>;
}

/** Returns whether the write needs an estimate. */
export const isPriced = (context: Context, { maxCost }: PaidInput) =>
  maxCost != null || isBounded(context);

/** Throws if the write may cost more than is allowed. Returns the reserved amount in milli-cents. */
export async function checkCost(
  context: Context,
  write: Costly,
  { entryId, maxMc }: { entryId: string; maxMc: number | undefined },
) {
  if (!isPriced(context, write.input)) return 0;
  const estimate = await estimateOf(context, write);
  if (maxMc !== undefined) mustCostAtMost(maxMc, estimate);
  if (!isBounded(context)) return 0;
  const amount = amountOf(estimate, context.config.unknownCosts);
  await putAside(context, { entryId, amount, parts: write.parts });
  return amount;
}

/** The calls of the estimate do not count against the limit of the operation. */
function estimateOf(context: Context, { place, estimate }: Costly): Promise<Estimate> {
  context.calls.allowMore(MAX_CALLS);
  return estimate(lookFrom(context, place)).catch((error) => {
    throw error instanceof GraphQLError ? error : new NotSent(PRICE_FIRST, error);
  });
}

const PRICE_FIRST =
  'With `maxCost` or a budget the cost is estimated first, which needs Astria: nothing was sent, and trying again is safe.';
