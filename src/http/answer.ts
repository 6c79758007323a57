import type { ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Config } from '../config.ts';
import {
  codesOf,
  type Report,
  toClientError,
  withoutSuggestions,
} from '../graphql/client-errors.ts';
import { bytesOf } from '../json/unread.ts';
import type { MediaType } from './accept.ts';
import { NOT_STORED, SECURITY_HEADERS } from './security-headers.ts';
import { dropIfStalled } from './stalled.ts';

/** An answer as it is written, once for all who asked. */
export interface Answer {
  status: number;
  /** Names and values by turns. */
  head: string[];
  body: Buffer;
  /** Of its errors. */
  codes: readonly string[];
  /** Of the request that was run: those that share it may have others. */
  requestId: string;
}

export interface Answers {
  /** Of an operation that has been run. */
  of(result: ExecutionResult, asked: AnswerFor): Promise<Answer>;
  /** Of a request that is refused as a whole, or that a defect here has broken. */
  ofFailure(error: unknown, asked: AnswerFor): Promise<Answer>;
}

interface AnswerFor {
  type: MediaType | undefined;
  requestId: string;
}

/** `report` is told of what clients do not get to know. */
export function createAnswers(report: Report, { introspection }: Config): Answers {
  async function of(result: ExecutionResult, asked: AnswerFor): Promise<Answer> {
    const { type = 'application/json', requestId } = asked;
    const { errors } = result;
    if (!errors) return { ...page(200, type, bytesOf(result)), codes: [], requestId };
    const told = errors.map((error) =>
      toClientError(introspection ? error : withoutSuggestions(error), report, requestId),
    );
    const { status, headers } = httpOf(told, type);
    const made = page(status, type, bytesOf({ ...result, errors: told.map(withoutHttp) }));
    made.head.push(...Object.entries(headers).flat());
    return { ...made, codes: codesOf({ errors: told }), requestId };
  }

  return {
    of,
    ofFailure(error, asked) {
      const isTold = error instanceof GraphQLError;
      const failure = isTold
        ? error
        : new GraphQLError((error as Error).message, { originalError: error as Error });
      return of({ errors: [failure] }, asked);
    },
  };
}

/** What an error asks of the response as a whole, in its `extensions.http`; by yoga's names, which reads it too. */
interface Http {
  status: number;
  headers?: Record<string, string>;
  /** Asked for by the specification of the newer media type only: to `application/json` it is 200. */
  spec?: boolean;
}

/** As yoga has it: the highest status that any of the errors asks for. */
function httpOf(errors: readonly GraphQLError[], type: MediaType) {
  const headers: Record<string, string> = {};
  let status = 200;
  for (const { extensions } of errors) {
    const http = extensions.http as Http | undefined;
    if (!http) continue;
    Object.assign(headers, http.headers);
    if (http.spec && type === 'application/json') continue;
    status = Math.max(status, http.status);
  }
  return { status, headers };
}

function withoutHttp(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON();
  const { http, ...told } = extensions ?? {};
  return { ...rest, extensions: told };
}

function page(status: number, type: MediaType, body: Buffer) {
  return {
    status,
    head: [
      ...['Content-Type', `${type}; charset=utf-8`, 'Content-Length', String(body.length)],
      ...SECURITY_HEADERS,
      ...NOT_STORED,
    ],
    body,
  };
}

/** `requestId` is what the client is told to quote. */
export function send(response: ServerResponse, { status, head, body }: Answer, requestId: string) {
  // The client may have left.
  if (response.destroyed) return;
  response.writeHead(status, [...head, 'X-Request-Id', requestId]).end(body);
  dropIfStalled(response);
}
