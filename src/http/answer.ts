import type { ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import type { Config } from '../config.ts';
import {
  codesOf,
  type Report,
  toClientError,
  withoutSuggestions,
} from '../graphql/client-errors.ts';
import type { MediaType } from './accept.ts';
import { NOT_STORED, SECURITY_HEADERS } from './security-headers.ts';

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
    if (!errors) return { ...page(200, type, JSON.stringify(result)), codes: [], requestId };
    const told = errors.map((error) =>
      toClientError(introspection ? error : withoutSuggestions(error), report, requestId),
    );
    const failed = { ...result, errors: told };
    // Which status goes with which error is yoga's knowledge.
    const { processRegularResult } = await import('graphql-yoga');
    const response = processRegularResult(failed, { Response } as FetchAPI, type);
    const text = await response.text();
    const made = page(response.status, type, text);
    for (const [name, value] of response.headers) {
      if (!/^content-/.test(name)) made.head.push(name, value);
    }
    return { ...made, codes: codesOf(failed), requestId };
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

function page(status: number, type: MediaType, text: string) {
  const body = Buffer.from(text);
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
}
