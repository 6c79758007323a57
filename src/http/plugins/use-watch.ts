import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { codesOf } from '../../graphql/client-errors.ts';
import type { Operations } from '../../graphql/operations.ts';
import { type Beginning, NOTHING_ASKED, type Watch, type Watched } from '../../observe/watch.ts';
import { isEvents } from '../event-stream.ts';
import type { Incoming } from '../incoming.ts';

/** Reports operations, and requests that are refused before. It must come after `useErrors`, which sets the codes. */
export function useWatch(watch: Watch, operations: Operations): Plugin<object, Incoming> {
  /** Keyed by result, because a batch has several. */
  const runs = new WeakMap<object, Watched>();
  /** Operations that began and that another plugin has stopped. */
  const stopped = new WeakMap<Request, Watched[]>();
  const begin = ({
    contextValue,
    operationName,
  }: Pick<ExecutionArgs, 'contextValue' | 'operationName'>) => {
    const context = contextValue as Context & YogaInitialContext & Incoming;
    const { request, params } = context;
    const operation = operations.find(params.query ?? '').operation(operationName);
    return { request, run: watch.begin(beginningOf(request, context, { operation, context })) };
  };
  return {
    onExecute({ args }) {
      const { request, run } = begin(args);
      const begun = stopped.get(request) ?? [];
      stopped.set(request, [...begun, run]);
      return {
        onExecuteDone({ result }) {
          runs.set(result, run);
          stopped.set(request, stopped.get(request)?.filter((other) => other !== run) ?? []);
        },
      };
    },
    onSubscribe({ args }) {
      const { run } = begin(args);
      return {
        onSubscribeResult({ result }) {
          if (!isEvents(result)) return void runs.set(result, run);
          const codes = new Set<string>();
          return {
            onNext({ result: event }) {
              for (const code of codesOf(event)) codes.add(code);
            },
            onEnd: () => watch.end(run, [...codes]),
          };
        },
      };
    },
    onResultProcess({ request, serverContext, result }) {
      if (isEvents(result)) return;
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
