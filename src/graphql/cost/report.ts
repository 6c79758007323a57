import type { ExecutionResult } from 'graphql';
import type { Context } from '../../context.ts';
import type { Executor } from '../../execution/compile.ts';
import type { Estimate } from './estimate.ts';

/** Tells in `extensions.upstream` what an operation cost at Astria, those who ask for it. */
export function withReport(execute: Executor, estimate: Estimate): Executor {
  return (context, variables) => {
    const result = execute(context, variables);
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
 * Of a call no more than the template of its path: no id, no host, no key. To a caller who is bound to some workspaces not how
 * it was answered either: by that an id of another workspace would differ from one that there is not.
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
