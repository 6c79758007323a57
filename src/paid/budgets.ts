/** Reserves the cost of a write in the caller's budgets before it is sent. A write that does not fit is not sent. */
import type { CallerBudget } from '../auth/caller.ts';
import { WHOLE_GATEWAY } from '../auth/caller.ts';
import type { Context } from '../context.ts';
import { overBudget } from '../graphql/errors.ts';
import type { Estimate, Units } from '../prices/estimate.ts';
import { usd } from '../prices/usd.ts';
import { sha256 } from './idempotency.ts';
import type { Exceeded } from './ledger/spending.ts';

/** Returns whether a budget limits the caller. */
export const isBounded = ({ caller }: Pick<Context, 'caller'>) => (caller.budgets?.length ?? 0) > 0;

/** Returns the name of a budget in the ledger, which contains only hashes. */
export const ledgerName = ({ name }: Pick<CallerBudget, 'name'>) => sha256(name);

/**
 * Returns the most that a write may cost, in milli-cents: by its estimate or, for what cannot be estimated, by configured
 * amounts.
 */
export function amountOf(estimate: Estimate, costs: Units | undefined): number {
  if (estimate.span) return Math.ceil(estimate.span.high);
  if (!costs)
    throw new Error(
      'Budgets need BUDGET_UNKNOWN_IMAGE, BUDGET_UNKNOWN_VIDEO and BUDGET_UNKNOWN_TUNE',
    );
  const { image, video, tune } = estimate.unpriced;
  return (
    Math.ceil(estimate.pricedMc) + image * costs.image + video * costs.video + tune * costs.tune
  );
}

interface SpendRequest {
  entryId: string;
  amount: number;
  /** The number of objects with a price that the write makes. Null if it is not known. */
  parts: number | null;
}

export async function putAside(
  { caller, ledger, money }: Context,
  { entryId, amount, parts }: SpendRequest,
) {
  const budgets = caller.budgets ?? [];
  const named = budgets.map(({ day, month, ...budget }) => ({
    name: ledgerName(budget),
    day,
    month,
  }));
  const exceeded = await ledger.reserve(entryId, { budgets: named, amount, parts });
  if (!exceeded) {
    money.reserved += amount;
    return;
  }
  const owner = budgets.find((budget) => ledgerName(budget) === exceeded.budget)?.name;
  throw refusal(exceeded, { amount, isOfAll: owner === WHOLE_GATEWAY });
}

/** Moves a reservation of the operation to what it has spent. A `spent` of 0 releases it. */
export function giveBack({ money }: Context, amount: number, spent: number) {
  money.reserved -= amount;
  money.spent += spent;
}

const NAMES = { day: 'budgetDay', month: 'budgetMonth' } as const;

function refusal(
  { period, max, found, resetsAt }: Exceeded,
  { amount, isOfAll }: { amount: number; isOfAll: boolean },
) {
  const whose = isOfAll ? 'The budget of this gateway' : 'Your budget';
  const until = new Date(resetsAt).toISOString();
  return overBudget(
    `${whose} for a ${period} is ${usd(max)} USD, of which ${usd(found - amount)} is spent or reserved; this may cost ${usd(amount)} USD. Nothing was sent. It starts again at ${until}.`,
    { limit: { name: NAMES[period], max, found }, resetsAt: until },
  );
}
