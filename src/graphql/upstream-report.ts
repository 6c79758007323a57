import type { ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import type { Executor } from './compiled/compile.ts';
import type { Estimate } from './upstream-estimate.ts';

/** Tells in `extensions.upstream` what an operation cost at Astria, those who ask for it. */
export function withReport(execute: Executor, estimate: Estimate): Executor {
  return (context, variables, root) => {
    const result = execute(context, variables, root);
    const { wantsReport, calls } = context as Context;
    if (!wantsReport) return result;
    const report = (answer: ExecutionResult) => ({
      ...answer,
      extensions: {
        ...answer.extensions,
        upstream: reportOf(calls, estimate.calls(variables)),
      },
    });
    return result instanceof Promise ? result.then(report) : report(result);
  };
}

/** Of a call no more than the template of its path: no id, no host, no key. */
const reportOf = (
  { made, shared, revalidated, retried, ms, entries }: Context['calls'],
  estimate: number,
) => ({
  estimate,
  calls: made,
  shared,
  revalidated,
  retried,
  ms: Math.round(ms),
  requests: entries.map(({ method, route, status, ms, retries, kind }) => ({
    method,
    route,
    status: status ?? null,
    ms: Math.round(ms),
    retries,
    kind,
  })),
});
