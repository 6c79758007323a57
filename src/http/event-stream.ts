/** Writes a subscription as server-sent events: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md */
import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { getSSEProcessor } from 'graphql-yoga';
import type { OpenStream } from '../graphql/open-stream.ts';
import type { Clock } from '../jobs/clock.ts';

/** So that nothing between takes a stream that has nothing to tell for a dead one. */
const HEARTBEAT_MS = 12_000;
const encoder = new TextEncoder();
const HEARTBEAT = encoder.encode(':\n\n');
const COMPLETE = encoder.encode('event: complete\ndata:\n\n');

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // nginx would keep events back until it has a page of them.
  'X-Accel-Buffering': 'no',
};

export interface EventStreamOptions {
  stream: OpenStream;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  /** On its way to the client. */
  response: Pick<ServerResponse, 'writableNeedDrain' | 'destroy'>;
}

type ResultProcessor = ReturnType<typeof getSSEProcessor>;
export type Results = AsyncIterable<ExecutionResult, undefined>;

export const isEvents = (result: unknown): result is Results =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

/** Events are made as they are read: one that is not taken keeps back the next. */
export function eventStream({
  stream,
  clock,
  signal,
  response,
}: EventStreamOptions): ResultProcessor {
  return (results, { Response, ReadableStream }) => {
    const iterator = (results as unknown as Results)[Symbol.asyncIterator]();
    let stopHeart = () => {};
    const leave = () => {
      stopHeart();
      // However it ends, nobody is left to be told.
      iterator.return?.().catch(() => {});
    };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const beat = () => {
          // What is still to be taken is a sign of life by itself; after the end nobody waits for who does not take it.
          if (!response.writableNeedDrain) controller.enqueue(HEARTBEAT);
          else if (stream.isCut) return response.destroy();
          stopHeart = clock.wakeAt(clock.now() + HEARTBEAT_MS, beat);
        };
        // Some browsers have the head of an answer only with its first bytes.
        beat();
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave, { once: true });
      },
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (signal.aborted) return;
        if (!done) return controller.enqueue(encoder.encode(eventOf(value, stream.idOf(value))));
        stopHeart();
        if (!stream.isCut) controller.enqueue(COMPLETE);
        controller.close();
      },
      cancel: leave,
    });
    return new Response(body, { headers: HEADERS });
  };
}

function eventOf(result: ExecutionResult, id: string | undefined): string {
  const data = JSON.stringify(plainResult(result));
  return `event: next\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}

/** As clients get it: what is said to HTTP is left out. */
export const plainResult = ({ data, errors, extensions }: ExecutionResult) => ({
  errors: errors && plainErrors(errors),
  data,
  extensions,
});

export const plainErrors = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
  errors.map(({ message, locations, path, extensions: { http, ...rest } }) => ({
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: rest,
  }));
