/** Writes a subscription as server-sent events: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { OpenStream } from '../graphql/open-stream.ts';
import type { Clock } from '../jobs/clock.ts';

/** Heartbeats keep proxies from closing a stream that is silent. */
const HEARTBEAT_MS = 12_000;
const HEARTBEAT = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // nginx would otherwise buffer events.
  'X-Accel-Buffering': 'no',
};

export type Results = AsyncIterable<ExecutionResult, undefined>;

export const isEvents = (result: unknown): result is Results =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

interface EventStreamOptions {
  stream: OpenStream;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  response: ServerResponse;
}

/**
 * Makes the next event only after the client has read the last one. It writes to Node's response itself, because a stream of the
 * Fetch API takes 5 kB more for each client.
 */
export async function writeEvents(results: Results, options: EventStreamOptions) {
  const { stream, signal, response } = options;
  const iterator = results[Symbol.asyncIterator]();
  const stopHeart = startHeart(options);
  try {
    for (;;) {
      const { value, done } = await iterator.next();
      if (signal.aborted) return;
      if (done) break;
      const isTaken = response.write(eventOf(value, stream.idOf(value)));
      if (!isTaken) await once(response, 'drain', { signal });
    }
    response.end(stream.isCut ? undefined : COMPLETE);
  } catch (error) {
    // The client is gone, so errors at the end are of no interest.
    if (!signal.aborted) throw error;
  } finally {
    stopHeart();
    await iterator.return?.();
  }
}

/** Returns how to stop it. */
function startHeart({ stream, clock, response }: EventStreamOptions): () => void {
  let stop = () => {};
  const beat = () => {
    // Unread bytes are a sign of life themselves. After the end of the events, a client that does not read is not waited for.
    if (!response.writableNeedDrain) response.write(HEARTBEAT);
    else if (stream.isCut) return response.destroy();
    stop = clock.wakeAt(clock.now() + HEARTBEAT_MS, beat);
  };
  response.writeHead(200, HEADERS);
  // Some browsers show the head of a response only after its first bytes.
  beat();
  return () => stop();
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
