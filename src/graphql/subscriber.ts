/** Runs a subscription: the same operation for each event, with a new budget each time. */
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  locatedError,
} from 'graphql';
import { type Context, renewed } from '../context.ts';
import type { Executor } from '../execution/compile.ts';

/** An event of a field of `Subscription`. */
interface StreamEvent {
  /** The cursor with which a client can resume after this event. */
  cursor: string;
}

type Events = AsyncIterator<StreamEvent, undefined> & AsyncIterable<StreamEvent>;

export interface Source {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | null | undefined;
}

/** Returns a result with errors if nothing was opened. */
export const subscriberTo =
  (source: Source, run: Executor) =>
  async (contextValue: unknown, variableValues: Record<string, unknown> | null | undefined) => {
    const events = await createSourceEventStream({ ...source, contextValue, variableValues });
    if (!(Symbol.asyncIterator in events)) return events;
    const context = contextValue as Context;
    // Each event reads for itself, so what was read to open the stream is not kept.
    context.scopes.clear();
    return eachRun(events as Events, async (event) => {
      const result = await run(renewed(context), variableValues, event);
      context.stream?.note(result, event.cursor);
      return result;
    });
  };

/**
 * Not a generator, because one that waits for an event cannot be stopped. An unexpected error is reported as for any operation,
 * and ends the stream.
 */
function eachRun(
  events: Events,
  run: (event: StreamEvent) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult, undefined> {
  let isOver = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    isOver = true;
    await events.return?.();
    return { value: undefined, done: true };
  };
  return {
    async next() {
      if (isOver) return end();
      try {
        const { value, done } = await events.next();
        return done ? await end() : { value: await run(value), done: false };
      } catch (error) {
        await end();
        return { value: { errors: [locatedError(error, undefined, [])] }, done: false };
      }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
