import type { ExecutionResult } from 'graphql';
import type { Context } from '../../context.ts';
import type { Runner } from '../../execution/compile.ts';
import { tooComplex } from '../errors.ts';
import type { CallEstimate } from './estimate.ts';

/** Refuses an operation that may take more calls than allowed, before its first call, and so before anything is paid for. */
export function withinBudget<Answer>(
  execute: Runner<Answer>,
  estimate: CallEstimate,
): Runner<Answer | ExecutionResult> {
  const fixed = estimate.isFixed ? estimate.calls(undefined) : undefined;
  return (context, variables) => {
    const found = fixed ?? estimate.calls(variables);
    const { max } = (context as Context).calls;
    return found <= max
      ? execute(context, variables)
      : { errors: [tooDear(found, max, estimate.dearest(variables))] };
  };
}

const tooDear = (found: number, max: number, dearest: { path: string; calls: number }) =>
  tooComplex(
    `This may take ${found} calls to Astria, but at most ${max} are allowed; ${dearest.calls} of them for \`${dearest.path}\`: lower \`first\` above it, or ask for less at once.`,
    { name: 'upstreamCalls', max, found },
  );
