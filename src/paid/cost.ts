/** What a write may cost, asked before it is sent: it may be too much, by the caller's own word or by a budget. */
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Estimate } from '../prices/estimate.ts';
import { type Look, lookFrom, MAX_CALLS } from '../prices/look.ts';
import type { Place } from '../scope.ts';
import { amountOf, isBounded, putAside } from './budgets.ts';
import type { Keyed } from './idempotency.ts';
import { mustCostAtMost } from './max-cost.ts';
import { NotSent } from './not-sent.ts';

/** What the input of everything that costs money has. */
export interface PaidInput extends Keyed {
  maxCost?: string | null;
}

export interface Costly {
  /** As the caller gave it. */
  input: PaidInput;
  place: Place;
  /** How many objects it makes that will tell their price; null where that is not known. */
  parts: number | null;
  /** What it may cost. */
  estimate(look: Look): Promise<Estimate>;
}

/** Whether it is asked what it may cost. */
export const isPriced = (context: Context, { maxCost }: PaidInput) =>
  maxCost != null || isBounded(context);

/** Throws where it may cost more than it may. Answers what was put aside, in milli-cents. */
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

/** What it takes of calls, it takes from nobody. */
function estimateOf(context: Context, { place, estimate }: Costly): Promise<Estimate> {
  context.calls.allowMore(MAX_CALLS);
  return estimate(lookFrom(context, place)).catch((error) => {
    throw error instanceof GraphQLError ? error : new NotSent(PRICE_FIRST, error);
  });
}

const PRICE_FIRST =
  'With `maxCost`, or a budget, Astria is asked first what it may cost: nothing was sent, and asking again is safe.';
