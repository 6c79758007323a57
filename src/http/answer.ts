import type { ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import { type Report, toClientError } from '../graphql/errors.ts';
import type { MediaType } from './accept.ts';

/** An answer as it is written, once for all who asked. */
export interface Answer {
  status: number;
  /** Names and values by turns. */
  head: string[];
  body: Buffer;
}

export interface Answers {
  /** Of an operation that has been run. */
  of(result: ExecutionResult, type: MediaType): Promise<Answer>;
  /** Of a request that is refused as a whole, or that a defect here has broken. */
  ofFailure(error: unknown, type?: MediaType): Promise<Answer>;
}

/** `report` is told of what clients do not get to know. */
export function createAnswers(report: Report): Answers {
  const told = (error: GraphQLError) => toClientError(error, report);

  async function of(result: ExecutionResult, type: MediaType): Promise<Answer> {
    if (!result.errors) return answer(200, type, JSON.stringify(result));
    // Which status goes with which error is yoga's knowledge.
    const failed = { ...result, errors: result.errors.map(told) };
    const { processRegularResult } = await import('graphql-yoga');
    const response = processRegularResult(failed, { Response } as FetchAPI, type);
    return answer(response.status, type, await response.text());
  }

  return {
    of,
    ofFailure(error, type = 'application/json') {
      const isTold = error instanceof GraphQLError;
      const failure = isTold
        ? error
        : new GraphQLError((error as Error).message, { originalError: error as Error });
      return of({ errors: [failure] }, type);
    },
  };
}

function answer(status: number, type: MediaType, text: string): Answer {
  const body = Buffer.from(text);
  return {
    status,
    head: ['Content-Type', `${type}; charset=utf-8`, 'Content-Length', String(body.length)],
    body,
  };
}

export function send(response: ServerResponse, { status, head, body }: Answer) {
  // The client may have left.
  if (!response.destroyed) response.writeHead(status, head).end(body);
}
