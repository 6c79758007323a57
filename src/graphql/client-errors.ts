/** The one place that decides what a client learns of whatever was thrown. */
import { GraphQLError, Kind } from 'graphql';
import { withoutKeys } from '../observe/secrets.ts';
import { NotSent } from '../paid/not-sent.ts';
import { UnknownOutcome } from '../paid/unknown-outcome.ts';
import { NoAnswer, OutOfContract } from '../upstream/errors.ts';
import { badRequest, failure, inShort, isOurs } from './errors.ts';
import { fromUpstream } from './upstream-failures.ts';

/** Told of what a client does not get to know in full; `requestId` is what the client can quote. */
export type Report = (thrown: unknown, requestId: string) => void;

/** What graphql-js suggests tells names of the schema, as introspection does. */
export function withoutSuggestions(error: GraphQLError): GraphQLError {
  const { message } = error;
  const at = message.endsWith('?') ? message.indexOf(' Did you mean ') : -1;
  return at < 0 ? error : new GraphQLError(message.slice(0, at), error);
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
  if (isOfAnArgument(cause)) return told(at(error, badRequest(withoutKeys(error.message))));
  const known = fromPaid(cause) ?? fromUpstream(cause);
  if (!known || isWorthReporting(cause)) report(cause ?? error, requestId);
  return at(error, known ?? internal(requestId, error));
}

/** What graphql-js and yoga refuse of a request: a broken variable has a cause, a body that is no JSON too. */
const isOfTheRequest = ({ originalError, nodes }: GraphQLError) =>
  !originalError ||
  nodes !== undefined ||
  originalError instanceof SyntaxError ||
  // Nested deeper than can be read.
  (originalError instanceof RangeError && originalError.message.includes('call stack'));

/** What graphql-js finds as it runs: null in a variable that has a default, where null may not be. */
const isOfAnArgument = (cause: unknown) =>
  cause instanceof GraphQLError && cause.nodes?.some(({ kind }) => kind !== Kind.FIELD);

/**
 * Whoever runs the gateway wants to know why; not of a client that left before the answer. That the ledger fails is told
 * once, and not for each request.
 */
const isWorthReporting = (cause: unknown): boolean =>
  cause instanceof OutOfContract ||
  (cause instanceof UnknownOutcome && isWorthReporting(cause.cause)) ||
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
  return new GraphQLError(inShort(message), { nodes, source, positions, path, extensions: kept });
}

const internal = (requestId: string, { path, originalError }: GraphQLError) =>
  failure('INTERNAL', 'Something went wrong here.', {
    requestId,
    ...(originalError instanceof UnknownOutcome && { outcome: 'UNKNOWN' }),
    ...(!path && { http: { status: 500 } }),
  });

/** Of an answer whose errors have been told. */
export const codesOf = (result: { errors?: readonly GraphQLError[] }): readonly string[] =>
  result.errors?.map(({ extensions }) => String(extensions.code)) ?? NO_CODES;

const NO_CODES: readonly string[] = [];

const withCode = (
  { message, nodes, source, positions, extensions }: GraphQLError,
  code: 'BAD_REQUEST',
) =>
  // It may repeat what was sent.
  new GraphQLError(inShort(withoutKeys(message)), {
    nodes,
    source,
    positions,
    extensions: { code, http: extensions.http ?? { status: 400, spec: true } },
  });

const at = ({ nodes, path }: GraphQLError, { message, extensions }: GraphQLError) =>
  new GraphQLError(inShort(message), { nodes, path, extensions });

const fromPaid = (error: unknown) =>
  error instanceof UnknownOutcome || error instanceof NotSent
    ? error.told(fromUpstream(error.cause))
    : undefined;
