/** Writes a subscription as server-sent events: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md */
import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { getSSEProcessor } from 'graphql-yoga';
import type { OpenStream } from '../graphql/open-stream.ts';
import type { Clock } from '../jobs/clock.ts';

/** Heartbeats keep proxies from closing a stream that is silent. */
const HEARTBEAT_MS = 12_000;
const encoder = new TextEncoder();
const HEARTBEAT = encoder.encode(':\n\n');
const COMPLETE = encoder.encode('event: complete\ndata:\n\n');

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // nginx would otherwise buffer events.
  'X-Accel-Buffering': 'no',
};

export interface EventStreamOptions {
  stream: OpenStream;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  /** The response that carries the stream. */
  response: Pick<ServerResponse, 'writableNeedDrain' | 'destroy'>;
}

type ResultProcessor = ReturnType<typeof getSSEProcessor>;
export type Results = AsyncIterable<ExecutionResult, undefined>;

export const isEvents = (result: unknown): result is Results =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

/** Makes the next event only when the last one was read. */
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
      // The client is gone, so errors at the end are of no interest.
      iterator.return?.().catch(() => {});
    };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const beat = () => {
          // Unread bytes are a sign of life themselves. After the end of the events, a client that does not read is not waited
          // for.
          if (!response.writableNeedDrain) controller.enqueue(HEARTBEAT);
          else if (stream.isCut) return response.destroy();
          stopHeart = clock.wakeAt(clock.now() + HEARTBEAT_MS, beat);
        };
        // Some browsers show the head of a response only after its first bytes.
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
