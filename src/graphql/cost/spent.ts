import type { ExecutionResult } from 'graphql';
import type { Context } from '../../context.ts';
import type { Executor } from '../../execution/compile.ts';
import { leastLeft } from '../budget.ts';

/** Tells in `extensions.cost` what an operation has spent and put aside, those whose money is bounded. In milli-cents. */
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
  // The money is spent: the answer is given, whatever the ledger can say.
  const left = await leastLeft(context).catch(() => undefined);
  return { ...answer, extensions: { ...answer.extensions, cost: { spent, reserved, left } } };
}
