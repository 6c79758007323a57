/** The one place that decides what a client learns of a failure. */
import { GraphQLError } from 'graphql';
import {
  AnsweredWithFailure,
  isWrite,
  NoAnswer,
  NoCredential,
  OutOfContract,
} from '../upstream/errors.ts';
import { readFieldErrors, readSentence } from './astria-messages.ts';

/** The closed set of `extensions.code`. */
const ERROR_CODES = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'BAD_REQUEST',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_CONTRACT',
  'OPERATION_TOO_COMPLEX',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What is wrong with one field of an input. `path` begins at the argument: `["input", "text"]`. */
export interface FieldError {
  path: readonly string[];
  message: string;
}

/** A bound that the request went past. */
export interface Limit {
  name: string;
  max: number;
  found: number;
}

const failure = (code: ErrorCode, message: string, extensions: object = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

export const badRequest = (message: string, limit?: Limit) =>
  failure('BAD_REQUEST', message, { ...(limit && { limit }), http: { status: 400, spec: true } });

export const unauthenticated = (message: string) =>
  failure('UNAUTHENTICATED', message, { http: { status: 401 } });

export const notFound = (kind: string, id: string | number) =>
  failure('NOT_FOUND', `${kind} ${id} does not exist, or this key may not see it.`);

export const validationFailed = (
  message: string,
  fieldErrors: readonly FieldError[],
  source: 'ASTRIA' | 'GATEWAY',
) => failure('VALIDATION_FAILED', message, { fieldErrors, source });

/** Told of what a client does not get to know in full; `requestId` is what the client can quote. */
export type Report = (thrown: unknown, requestId: string) => void;

/** What the client learns of an error. */
export function toClientError(
  error: GraphQLError,
  requestId: string,
  report: Report,
): GraphQLError {
  if (isOurs(error)) return error;
  const cause = error.originalError;
  // What graphql-js and yoga refuse of a request has no place in the answer; a broken variable has a cause.
  if (!error.path && (!cause || error.nodes)) return withCode(error, 'BAD_REQUEST');
  const told = fromUpstream(cause);
  if (!told || told.extensions.code === 'UPSTREAM_CONTRACT') report(cause ?? error, requestId);
  return at(error, told ?? internal(requestId, error));
}

const internal = (requestId: string, { path }: GraphQLError) =>
  failure('INTERNAL', 'Something went wrong here.', {
    requestId,
    ...(!path && { http: { status: 500 } }),
  });

const isOurs = ({ extensions }: GraphQLError) => ERROR_CODES.includes(extensions.code as ErrorCode);

const withCode = (error: GraphQLError, code: ErrorCode) =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { ...error.extensions, code },
  });

const at = ({ nodes, path }: GraphQLError, { message, extensions }: GraphQLError) =>
  new GraphQLError(message, { nodes, path, extensions });

function fromUpstream(error: unknown): GraphQLError | undefined {
  if (error instanceof AnsweredWithFailure) return fromAnswer(error);
  if (error instanceof NoCredential) return failure('UNAUTHENTICATED', error.message);
  if (error instanceof NoAnswer) {
    return error.reason === 'timeout'
      ? failure('UPSTREAM_TIMEOUT', 'Astria did not answer in time.', outcome(error))
      : failure('UPSTREAM_UNAVAILABLE', 'Astria could not be reached.', outcome(error));
  }
  if (error instanceof OutOfContract) {
    return failure('UPSTREAM_CONTRACT', 'Astria gave an unexpected answer.', outcome(error));
  }
  return undefined;
}

/** A write that was sent and not clearly refused may have happened, and may have cost money. */
const outcome = ({ call }: { call: AnsweredWithFailure['call'] }) =>
  isWrite(call) ? { outcome: 'UNKNOWN' } : {};

function fromAnswer(error: AnsweredWithFailure): GraphQLError {
  const { status, body, retryAfterMs } = error;
  if (status === 422) return fromRefusal(error);
  if (status === 401) return failure('UNAUTHENTICATED', 'Astria does not accept this key.');
  if (status === 403) return failure('FORBIDDEN', 'This key may not do that.');
  if (status === 404) return failure('NOT_FOUND', 'It does not exist, or this key may not see it.');
  if (status === 429) {
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    return failure('RATE_LIMITED', 'Astria takes no more calls from this key for now.', wait);
  }
  if (status === 504) {
    return failure('UPSTREAM_TIMEOUT', 'Astria did not answer in time.', outcome(error));
  }
  if (status >= 500) {
    return failure('UPSTREAM_UNAVAILABLE', 'Astria is not available.', outcome(error));
  }
  if (status >= 400) {
    const message = readSentence(body) ?? 'Astria refused the request.';
    return failure('BAD_REQUEST', message, { source: 'ASTRIA' });
  }
  return failure('UPSTREAM_CONTRACT', 'Astria gave an unexpected answer.', outcome(error));
}

function fromRefusal({ body, call }: AnsweredWithFailure): GraphQLError {
  const fieldErrors = readFieldErrors(body, isWrite(call) ? ['input'] : []);
  const message = readSentence(body) ?? 'Astria refused the input without saying why.';
  return validationFailed(message, fieldErrors, 'ASTRIA');
}
