/** The errors that a client can get, with a closed set of codes. */
import { GraphQLError } from 'graphql';

/** All values of `extensions.code`. */
const ERROR_CODES = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'BAD_REQUEST',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'OVERLOADED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_CONTRACT',
  'OPERATION_TOO_COMPLEX',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What is wrong with one field of an input. `path` begins at the argument: `["input", "text"]`. */
export interface FieldError {
  path: readonly string[];
  message: string;
}

/** A limit that the request exceeded. */
export interface Limit {
  name: string;
  /** A text if the limit is no number: the content types of a file, a position in a request. */
  max: number | string;
  found: number | string;
}

export const failure = (code: ErrorCode, message: string, extensions: object = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

export const badRequest = (message: string, limit?: Limit) =>
  failure('BAD_REQUEST', message, { ...(limit && { limit }), http: { status: 400, spec: true } });

/**
 * A file, or the content of a data URL, that its field does not take. It has `fieldErrors`, so that a form can show it like any
 * invalid field.
 */
export const fileRefused = (
  what: string,
  { complaint, place, limit }: { complaint: string; place: readonly string[]; limit?: Limit },
) => {
  const error = badRequest(`${what} ${complaint}.`, limit);
  const fieldErrors: FieldError[] = [{ path: place, message: complaint }];
  Object.assign(error.extensions, { fieldErrors });
  return error;
};

export const tooComplex = (message: string, limit: Limit) =>
  failure('OPERATION_TOO_COMPLEX', message, { limit, http: { status: 400, spec: true } });

export const rateLimited = (message: string, limit: Limit, retryAfterMs: number) =>
  failure('RATE_LIMITED', message, {
    retryAfterMs,
    limit,
    http: { status: 429, headers: retryAfter(retryAfterMs) },
  });

/** Returns when the client should retry, in milliseconds. A default if nobody says. */
export const retryAfterOf = (error: unknown): number =>
  (error instanceof GraphQLError && (error.extensions.retryAfterMs as number)) || CROWD_MS;

/** Most overloads end within a second. */
const CROWD_MS = 1000;

/** The error of a request that was not begun, or of a query. */
export const overloaded = (message: string, limit: Limit) =>
  failure('OVERLOADED', message, {
    retryAfterMs: CROWD_MS,
    limit,
    http: { status: 503, headers: retryAfter(CROWD_MS) },
  });

const retryAfter = (ms: number) => ({ 'Retry-After': String(Math.ceil(ms / 1000)) });

export const unsupportedMedia = (message: string) =>
  failure('BAD_REQUEST', message, { http: { status: 415 } });

export const notAcceptable = () =>
  failure(
    'BAD_REQUEST',
    'The header `Accept` names no media type that an answer can have: accept `application/json` or `application/graphql-response+json`.',
    { http: { status: 406 } },
  );

export const noStream = () =>
  failure(
    'BAD_REQUEST',
    'A subscription is answered as a stream: ask for it in a request of its own, as JSON or in the address, with the header `Accept: text/event-stream`, or by WebSocket.',
    { http: { status: 406 } },
  );

export const unauthenticated = (message: string) =>
  failure('UNAUTHENTICATED', message, {
    http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
  });

export const forbidden = (message: string) =>
  failure('FORBIDDEN', message, { http: { status: 403 } });

/** The error of a write that was not sent because a budget has no room for it. */
export const overBudget = (message: string, told: { limit: Limit; resetsAt: string }) =>
  failure('FORBIDDEN', message, { ...told, outcome: 'NOT_DONE' });

export const unavailable = (message: string, retryAfterMs: number) =>
  failure('UPSTREAM_UNAVAILABLE', message, {
    retryAfterMs,
    http: { status: 503, headers: retryAfter(retryAfterMs) },
  });

export const notFound = (kind: string, id: string | number) =>
  failure('NOT_FOUND', `${kind} ${id} does not exist, or this key may not see it.`);

export const validationFailed = (
  message: string,
  fieldErrors: readonly FieldError[],
  told: { source: 'ASTRIA' | 'GATEWAY' },
) => failure('VALIDATION_FAILED', message, { fieldErrors, ...told });

/** The longest message. Some quote everything that was sent. */
const MAX_MESSAGE = 1000;

export const inShort = (message: string) =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;

/** Returns whether the error is already worded for the client. */
export const isOurs = ({ extensions }: GraphQLError) =>
  ERROR_CODES.includes(extensions.code as ErrorCode);
