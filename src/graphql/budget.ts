/** What a caller may spend, as the graph shows it. */
import type { CallerBudget } from '../auth/caller.ts';
import type { Context } from '../context.ts';
import { ledgerName } from '../paid/budgets.ts';
import type { Period, Spending } from '../paid/ledger/spending.ts';
import { builder } from './builder.ts';
import { MoneyType } from './money.ts';

interface BudgetPeriod {
  limit: number | undefined;
  spent: number;
  reserved: number;
  resetsAt: number;
}

type Budget = Record<Period, BudgetPeriod>;

const BudgetPeriodType = builder.objectRef<BudgetPeriod>('BudgetPeriod').implement({
  description: 'How much may be spent in a day or a month (UTC), and how much is spent.',
  fields: (t) => ({
    limit: t.field({
      type: MoneyType,
      description: 'The limit. Null if there is none.',
      resolve: ({ limit }) => limit,
    }),
    spent: t.field({
      type: MoneyType,
      nullable: false,
      description: 'The amount spent, as far as Astria has reported it.',
      resolve: ({ spent }) => spent,
    }),
    reserved: t.field({
      type: MoneyType,
      nullable: false,
      description:
        'The amount reserved for what Astria has not priced yet: the most that it may cost.',
      resolve: ({ reserved }) => reserved,
    }),
    left: t.field({
      type: MoneyType,
      description: 'The amount that is left. Null if there is no limit.',
      resolve: leftOf,
    }),
    resetsAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the budget starts again.',
      resolve: ({ resetsAt }) => new Date(resetsAt).toISOString(),
    }),
  }),
});

const leftOf = ({ limit, spent, reserved }: BudgetPeriod) =>
  limit === undefined ? null : Math.max(0, limit - spent - reserved);

export const BudgetType = builder.objectRef<Budget>('Budget').implement({
  description: 'How much a caller may spend of the money of the key that this gateway holds.',
  fields: (t) => ({
    day: t.expose('day', {
      type: BudgetPeriodType,
      nullable: false,
      description: 'The budget of today, in UTC.',
    }),
    month: t.expose('month', {
      type: BudgetPeriodType,
      nullable: false,
      description: 'The budget of this month, in UTC.',
    }),
  }),
});

const budgetFor = ({ day, month }: CallerBudget, spending: Spending): Budget => ({
  day: { limit: day, ...spending.day },
  month: { limit: month, ...spending.month },
});

/** Returns all budgets that limit the caller. Its own is the last. */
async function budgetsOf({ caller, ledger }: Context): Promise<Budget[]> {
  const { budgets = [] } = caller;
  if (budgets.length === 0) return [];
  const spending = await ledger.spending(budgets.map(ledgerName));
  return budgets.map((budget, index) => budgetFor(budget, spending[index] as Spending));
}

/** Returns the caller's own budget, or that of the whole gateway. Returns null if nothing limits the caller. */
export const ownBudget = async (context: Context): Promise<Budget | null> =>
  (await budgetsOf(context)).at(-1) ?? null;

/** Returns the smallest amount that any budget has left, in milli-cents. */
export async function leastLeft(context: Context): Promise<number> {
  const budgets = await budgetsOf(context);
  return Math.min(
    ...budgets.flatMap(({ day, month }) => [day, month].map(leftOf)).flatMap((left) => left ?? []),
  );
}
