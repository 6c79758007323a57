import type { ExecutionResult } from 'graphql';
import type { Context } from '../../context.ts';
import type { Executor } from '../../execution/compile.ts';
import { leastLeft } from '../budget.ts';

/** Adds `extensions.cost`: what the operation has spent and reserved, in milli-cents. Only for callers with a budget. */
export const withSpent =
  (execute: Executor): Executor =>
  (context, variables, root) => {
    const result = execute(context, variables, root);
    return result instanceof Promise
      ? result.then((answer) => told(answer, context as Context))
      : result;
  };

async function told(answer: ExecutionResult, context: Context): Promise<ExecutionResult> {
  const { spent, reserved } = context.money;
  if (spent === 0 && reserved === 0) return answer;
  // A failing ledger must not remove the answer, because the money is spent.
  const left = await leastLeft(context).catch(() => undefined);
  return { ...answer, extensions: { ...answer.extensions, cost: { spent, reserved, left } } };
}
