/** The one place that decides what a client learns of a failure. */
import { GraphQLError } from 'graphql';
import {
  AnsweredWithFailure,
  HeldBack,
  isUnsent,
  isWrite,
  NoAnswer,
  NoCredential,
  OutOfContract,
  TooManyCalls,
} from '../upstream/errors.ts';
import { readFieldErrors, readMessage, readSentence } from './astria-messages.ts';

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
  /** A text where the bound is no number: the content types of a file, a place in a request. */
  max: number | string;
  found: number | string;
}

const failure = (code: ErrorCode, message: string, extensions: object = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

export const badRequest = (message: string, limit?: Limit) =>
  failure('BAD_REQUEST', message, { ...(limit && { limit }), http: { status: 400, spec: true } });

export const tooComplex = (message: string, limit: Limit) =>
  failure('OPERATION_TOO_COMPLEX', message, { limit, http: { status: 400, spec: true } });

export const rateLimited = (message: string, limit: Limit, retryAfterMs: number) =>
  failure('RATE_LIMITED', message, {
    retryAfterMs,
    limit,
    http: { status: 429, headers: { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) } },
  });

export const unsupportedMedia = (message: string) =>
  failure('BAD_REQUEST', message, { http: { status: 415 } });

export const unauthenticated = (message: string) =>
  failure('UNAUTHENTICATED', message, {
    http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
  });

export const forbidden = (message: string) =>
  failure('FORBIDDEN', message, { http: { status: 403 } });

export const unavailable = (message: string) =>
  failure('UPSTREAM_UNAVAILABLE', message, { http: { status: 503 } });

export const notFound = (kind: string, id: string | number) =>
  failure('NOT_FOUND', `${kind} ${id} does not exist, or this key may not see it.`);

export const validationFailed = (
  message: string,
  fieldErrors: readonly FieldError[],
  source: 'ASTRIA' | 'GATEWAY',
) => failure('VALIDATION_FAILED', message, { fieldErrors, source });

/** Told of what a client does not get to know in full; `requestId` is what the client can quote. */
export type Report = (thrown: unknown, requestId: string) => void;

/** What graphql-js suggests tells names of the schema, as introspection does. */
export function withoutSuggestions(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ Did you mean .*\?$/s, '');
  return message === error.message ? error : new GraphQLError(message, error);
}

/** What the client learns of an error. */
export function toClientError(
  error: GraphQLError,
  report: Report,
  requestId: string,
): GraphQLError {
  if (isOurs(error)) return told(error);
  const cause = error.originalError;
  if (!error.path && isOfTheRequest(error)) return withCode(error, 'BAD_REQUEST');
  const known = fromUpstream(cause);
  if (!known || isWorthReporting(cause)) report(cause ?? error, requestId);
  return at(error, known ?? internal(requestId, error));
}

/** What graphql-js and yoga refuse of a request: a broken variable has a cause, a body that is no JSON too. */
const isOfTheRequest = ({ originalError, nodes }: GraphQLError) =>
  !originalError ||
  nodes !== undefined ||
  originalError instanceof SyntaxError ||
  // Nested deeper than can be read.
  originalError instanceof RangeError;

/** Whoever runs the gateway wants to know why; not of a client that left before the answer. */
const isWorthReporting = (cause: unknown) =>
  cause instanceof OutOfContract ||
  (cause instanceof NoAnswer && (cause.cause as Error | undefined)?.name !== 'AbortError');

/**
 * Without what yoga adds for debugging. At a place of the answer also without a status: the rest of it stands, so the
 * answer as a whole has not failed.
 */
function told({ message, nodes, source, positions, path, extensions }: GraphQLError) {
  const { http, originalError, ...rest } = extensions;
  // By `originalError` yoga knows a body that is no JSON, which is 400 whatever the client accepts.
  const status = originalError ? { ...http, spec: false } : http;
  const kept = path || !http ? rest : { ...rest, http: status };
  return new GraphQLError(message, { nodes, source, positions, path, extensions: kept });
}

const internal = (requestId: string, { path }: GraphQLError) =>
  failure('INTERNAL', 'Something went wrong here.', {
    requestId,
    ...(!path && { http: { status: 500 } }),
  });

/** Of an answer whose errors have been told. */
export const codesOf = (result: { errors?: readonly GraphQLError[] }): readonly string[] =>
  result.errors?.map(({ extensions }) => String(extensions.code)) ?? NO_CODES;

const NO_CODES: readonly string[] = [];

const isOurs = ({ extensions }: GraphQLError) => ERROR_CODES.includes(extensions.code as ErrorCode);

const withCode = (
  { message, nodes, source, positions, extensions }: GraphQLError,
  code: ErrorCode,
) =>
  new GraphQLError(message, {
    nodes,
    source,
    positions,
    extensions: { code, http: extensions.http ?? { status: 400, spec: true } },
  });

const at = ({ nodes, path }: GraphQLError, { message, extensions }: GraphQLError) =>
  new GraphQLError(message, { nodes, path, extensions });

function fromUpstream(error: unknown): GraphQLError | undefined {
  if (error instanceof AnsweredWithFailure) return fromAnswer(error);
  if (error instanceof NoCredential) return failure('UNAUTHENTICATED', error.message);
  if (error instanceof NoAnswer) {
    return error.reason === 'timeout'
      ? failure('UPSTREAM_TIMEOUT', `Astria did not answer in time.${cut(error)}`, outcome(error))
      : failure('UPSTREAM_UNAVAILABLE', `${lost(error)}${cut(error)}`, outcome(error));
  }
  if (error instanceof HeldBack) return fromHeldBack(error);
  if (error instanceof TooManyCalls) return tooManyCalls(error.max, error.found);
  if (error instanceof OutOfContract) {
    return failure('UPSTREAM_CONTRACT', 'Astria gave an unexpected answer.', outcome(error));
  }
  return undefined;
}

const tooManyCalls = (max: number, found: number) =>
  failure('OPERATION_TOO_COMPLEX', `This operation needs more than ${max} calls to Astria.`, {
    limit: { name: 'upstreamCalls', max, found },
  });

function fromHeldBack(error: HeldBack): GraphQLError {
  const { reason, retryAfterMs, max = 0 } = error;
  const more = { ...(retryAfterMs !== undefined && { retryAfterMs }), ...outcome(error) };
  return reason === 'breaker'
    ? failure(
        'UPSTREAM_UNAVAILABLE',
        'Astria has been failing, so nothing is sent for a while: ask again later.',
        more,
      )
    : failure(
        'RATE_LIMITED',
        `${max} calls to Astria wait under this key already, and no more may: ask for less at a time.`,
        { limit: { name: 'waitingCalls', max, found: max + 1 }, ...more },
      );
}

const cut = ({ isCut }: { isCut: boolean }) =>
  isCut ? ' It never had all of the files, so nothing was done.' : '';

const lost = ({ isCut }: NoAnswer) =>
  isCut ? 'Astria broke off the connection.' : 'Astria could not be reached.';

/** A write that was sent and not clearly refused may have happened, and may have cost money; what was not sent whole cannot. */
const outcome = (error: Error & { call: AnsweredWithFailure['call'] }) =>
  isWrite(error.call) ? { outcome: isUnsent(error) ? 'NOT_DONE' : 'UNKNOWN' } : {};

function fromAnswer(error: AnsweredWithFailure): GraphQLError {
  const { status, body, retryAfterMs } = error;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 422) return fromRefusal(error);
  if (status === 401)
    return failure(
      'UNAUTHENTICATED',
      'Astria does not accept this key: check it at https://www.astria.ai/users/edit#api.',
    );
  if (status === 403) return failure('FORBIDDEN', 'This key may not do that.');
  if (status === 404) return failure('NOT_FOUND', notThere(error));
  if (status === 429) {
    return failure(
      'RATE_LIMITED',
      'Astria takes no more calls from this key for now: ask less often, and again later.',
      wait,
    );
  }
  const more = { ...wait, ...outcome(error) };
  if (status === 504) {
    return failure('UPSTREAM_TIMEOUT', `Astria did not answer in time.${cut(error)}`, more);
  }
  if (status >= 500) {
    return failure('UPSTREAM_UNAVAILABLE', `Astria is not available.${cut(error)}`, more);
  }
  if (status >= 400) {
    const message = readMessage(body) ?? 'Astria refused the request.';
    return failure('BAD_REQUEST', message, { source: 'ASTRIA' });
  }
  return failure('UPSTREAM_CONTRACT', 'Astria gave an unexpected answer.', outcome(error));
}

const KINDS: Record<string, string> = {
  tunes: 'Tune',
  prompts: 'Prompt',
  p: 'Pack',
  workspaces: 'Workspace',
};

/** `/tunes/:tune_id/prompts` with `{ tune_id: 5 }` is about tune 5, and whatever else the input names. */
function notThere({ call, subject }: AnsweredWithFailure): string {
  const kind = KINDS[call.route.split('/')[1] ?? ''];
  const [id] = Object.values(subject.params ?? {});
  const named =
    kind && id !== undefined
      ? `${kind} ${id}, or something else that is named here,`
      : 'Something that is named here';
  return `${named} does not exist, or this key may not see it.`;
}

function fromRefusal({ body, call, subject }: AnsweredWithFailure): GraphQLError {
  const fieldErrors = readFieldErrors(body, isWrite(call) ? ['input'] : [], subject.inner);
  const message = readSentence(body) ?? 'Astria refused the input without saying why.';
  return validationFailed(message, fieldErrors, 'ASTRIA');
}
