import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Caller } from '../auth/caller.ts';
import type { OpenStream } from '../graphql/open-stream.ts';
import { requestIdOf } from '../observe/request-id.ts';
import type { Results } from './event-stream.ts';
import type { TakeBytes } from './load.ts';
import { type MediaType, negotiate } from './media-type.ts';

/** The parameters of an operation, which is sent as a document or named by the id of a trusted one. */
export interface Params extends GraphQLParams {
  documentId?: unknown;
}

/** What is known of a request before yoga sees it. It is yoga's server context, and so reaches every plugin. */
export interface Incoming {
  requestId: string;
  /** The number of unanswered requests on its connection, including this one. */
  unanswered: number;
  /** The time at which its head arrived, on the clock of `performance`. */
  receivedMs: number;
  /** The media type of the answer. Undefined if the client accepts none of ours. */
  mediaType: MediaType | undefined;
  workspaceId: string | undefined;
  /** Whether the answer includes the upstream report. */
  wantsReport: boolean;
  /** The base of the addresses of pictures in the answer. Undefined if they stay as Astria has them. */
  mediaBase?: string | undefined;
  /** Undefined if the request needs no caller, such as one for GraphiQL's page. */
  caller?: Caller;
  /** Returns the name by which the caller is counted. */
  countedAs?: () => string;
  /** The parameters; a list for a batch. Undefined for an upload, which is parsed as it arrives. */
  params?: Params | Params[];
  /** The parameters as they were sent, character for character, with the form in which they were sent. */
  asked?: string;
  /** Called for each piece of the body that is held in memory. */
  takeBytes?: TakeBytes;
  /** The number of operations. They share the limits of calls to Astria and of the answer. */
  operations: number;
  /** The reason why the request is answered with an error. */
  refusal?: unknown;
  /** Set if the answer is a stream. */
  stream?: OpenStream;
  /** Takes the events of a stream. Any other result is answered as usual. */
  onEvents?: (results: Results) => void;
  /** Takes the result if it is not sent as an HTTP response. */
  deliver?: (result: ExecutionResult | Results) => void;
  /** Aborts when nobody waits for the answer any more. */
  signal?: AbortSignal;
}

/** A request, its response, and what is known of it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  incoming: Incoming;
}

export const incomingOf = (
  { headers }: Pick<IncomingMessage, 'headers'>,
  unanswered: number,
): Incoming => ({
  unanswered,
  requestId: requestIdOf(headers['x-request-id']),
  receivedMs: performance.now(),
  mediaType: negotiate(headers.accept),
  workspaceId: headers['x-workspace-id'] as string | undefined,
  wantsReport: headers['x-upstream-report'] === '1',
  operations: 1,
});

/**
 * Returns what yoga is shown of a request. Its body is read in front of yoga, so that yoga gets another one. Where yoga uses
 * the native `Request`, as within Next, that takes no body that was read.
 */
export const shownRequest = ({ method, url, headers }: IncomingMessage) => ({
  ...{ method, url, headers },
  body: ' ',
});

/** Returns what yoga is shown of a request for a stream, and keeps as long as the stream: its trace context. */
export const streamRequest = ({ traceparent, tracestate }: IncomingMessage['headers']) => ({
  method: 'GET',
  url: '/graphql',
  headers: {
    ...(traceparent && { traceparent: String(traceparent) }),
    ...(tracestate && { tracestate: String(tracestate) }),
  },
});
