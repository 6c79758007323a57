import type { ExecutionResult } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { codesOf } from '../../graphql/client-errors.ts';
import type { Operations } from '../../graphql/operations.ts';
import { type Beginning, NOTHING_ASKED, type Watch, type Watched } from '../../observe/watch.ts';
import type { Incoming } from '../incoming.ts';

/** What is run, and what is refused before, is told to those who watch. To stand behind `useErrors`, which gives codes. */
export function useWatch(watch: Watch, operations: Operations): Plugin<object, Incoming> {
  /** By their results: a batch has several. */
  const runs = new WeakMap<object, Watched>();
  /** Begun, and without a result of their own: another plugin has stopped them. */
  const stopped = new WeakMap<Request, Watched[]>();
  return {
    onExecute({ args: { contextValue, operationName } }) {
      const context = contextValue as Context & YogaInitialContext & Incoming;
      const { request, params } = context;
      const operation = operations.find(params.query ?? '').operation(operationName);
      const run = watch.begin(beginningOf(request, context, { operation, context }));
      const begun = stopped.get(request) ?? [];
      stopped.set(request, [...begun, run]);
      return {
        onExecuteDone({ result }) {
          runs.set(result, run);
          stopped.set(request, stopped.get(request)?.filter((other) => other !== run) ?? []);
        },
      };
    },
    onResultProcess({ request, serverContext, result }) {
      for (const one of [result].flat() as ExecutionResult[]) {
        const run =
          runs.get(one) ??
          stopped.get(request)?.shift() ??
          watch.begin(beginningOf(request, serverContext, NOTHING_ASKED));
        watch.end(run, codesOf(one));
      }
    },
  };
}

const beginningOf = (
  { headers }: Request,
  { requestId, receivedMs }: Incoming,
  known: Pick<Beginning, 'operation' | 'context'>,
): Beginning => ({
  ...known,
  requestId,
  beganMs: receivedMs,
  traceparent: headers.get('traceparent') ?? undefined,
  tracestate: headers.get('tracestate') ?? undefined,
});
