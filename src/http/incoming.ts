import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLParams } from 'graphql-yoga';
import type { Caller } from '../auth/caller.ts';
import type { OpenStream } from '../graphql/open-stream.ts';
import { requestIdOf } from '../observe/request-id.ts';
import type { TakeBytes } from './load.ts';
import { type MediaType, negotiate } from './media-type.ts';

/** What is known of a request before yoga sees it. It is yoga's server context, and so reaches every plugin. */
export interface Incoming {
  requestId: string;
  /** How many requests of its connection are unanswered, with this one. */
  unanswered: number;
  /** When its head came, on the clock of `performance`. */
  receivedMs: number;
  /** What its answer is to be; undefined where it accepts nothing that there is. */
  mediaType: MediaType | undefined;
  workspaceId: string | undefined;
  /** Whether the answer is to say what it cost at Astria. */
  wantsReport: boolean;
  /** Below which address its answer names pictures; undefined where it names them as Astria does. */
  mediaBase?: string | undefined;
  /** Undefined where nothing is asked that needs one: GraphiQL's page, a method that is refused. */
  caller?: Caller;
  /** Under which name the caller is counted. */
  countedAs?: () => string;
  /** What is asked, a list where it is a batch; undefined of an upload, which is parsed as it arrives. */
  params?: GraphQLParams | GraphQLParams[];
  /** The same, word for word as it was sent, with how it was. */
  asked?: string;
  /** To be told of what is kept of its body as that comes. */
  takeBytes?: TakeBytes;
  /** How many operations it holds: they share what one may ask of Astria, and be answered. */
  operations: number;
  /** Why it is answered with an error and nothing else. */
  refusal?: unknown;
  /** Where the answer is one. */
  stream?: OpenStream;
  /** The answer on its way, of a stream. */
  response?: ServerResponse;
  /** Aborts when nobody waits for the answer any more. */
  signal?: AbortSignal;
}

export const incomingOf = ({ headers }: IncomingMessage, unanswered: number): Incoming => ({
  unanswered,
  requestId: requestIdOf(headers['x-request-id']),
  receivedMs: performance.now(),
  mediaType: negotiate(headers.accept),
  workspaceId: headers['x-workspace-id'] as string | undefined,
  wantsReport: headers['x-upstream-report'] === '1',
  operations: 1,
});
