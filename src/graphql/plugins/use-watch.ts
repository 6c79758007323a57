import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { requestIdOf } from '../../watch/request-id.ts';
import type { Beginning, Watch, Watched } from '../../watch/watch.ts';
import { codesOf } from '../client-errors.ts';
import type { Operations } from '../operations.ts';

/** What is run, and what is refused before, is told to those who watch. To stand behind `useErrors`, which gives codes. */
export function useWatch(watch: Watch, operations: Operations): Plugin {
  const runs = new WeakMap<Request, Watched>();
  return {
    onExecute({ args: { contextValue, operationName } }) {
      const context = contextValue as Context & YogaInitialContext;
      const { request, params } = context;
      const operation = operations.find(params.query ?? '').operation(operationName);
      runs.set(request, watch.begin(beginningOf(request, { operation, context })));
    },
    onResultProcess({ request, result }) {
      const refused = { operation: undefined, context: undefined };
      const run = runs.get(request) ?? watch.begin(beginningOf(request, refused));
      watch.end(run, 'errors' in result ? codesOf(result) : []);
    },
  };
}

const beginningOf = (
  { headers }: Request,
  known: Pick<Beginning, 'operation' | 'context'>,
): Beginning => ({
  ...known,
  requestId: requestIdOf(headers.get('x-request-id')),
  traceparent: headers.get('traceparent') ?? undefined,
  tracestate: headers.get('tracestate') ?? undefined,
});
