import type { ExecutionResult } from 'graphql';
import type { Context } from '../../context.ts';
import type { Executor } from '../../execution/compile.ts';
import type { CallEstimate } from './estimate.ts';

/** Adds `extensions.upstream`, the cost of the operation at Astria, if the client asks for it. */
export function withReport(execute: Executor, estimate: CallEstimate): Executor {
  return (context, variables, root) => {
    const result = execute(context, variables, root);
    const { wantsReport, calls, caller } = context as Context;
    if (!wantsReport) return result;
    const report = (answer: ExecutionResult) => ({
      ...answer,
      extensions: {
        ...answer.extensions,
        upstream: {
          estimate: estimate.calls(variables),
          ...reportOf(calls, caller.workspaces !== undefined),
        },
      },
    });
    return result instanceof Promise ? result.then(report) : report(result);
  };
}

/**
 * Shows only the path template of a call: no id, no host, no key. A caller who is bound to workspaces does not see the status
 * either, because it would reveal whether a foreign id exists.
 */
const reportOf = (
  { made, shared, revalidated, retried, ms, entries }: Context['calls'],
  isBound: boolean,
) => ({
  calls: made,
  shared,
  revalidated: isBound ? 0 : revalidated,
  retried,
  ms: Math.round(ms),
  requests: entries.map(({ method, route, status = null, ms, retries, kind }) => ({
    method,
    route,
    status: isBound ? null : status,
    ms: Math.round(ms),
    retries,
    kind: isBound && kind === 'revalidated' ? 'made' : kind,
  })),
});
