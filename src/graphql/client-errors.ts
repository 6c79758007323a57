/** The only place that decides what a client learns of an error. */
import { GraphQLError, Kind } from 'graphql';
import { withoutKeys } from '../observe/secrets.ts';
import { AccountUnknown } from '../paid/account.ts';
import { UnknownOutcome } from '../paid/unknown-outcome.ts';
import { NoAnswer, OutOfContract } from '../upstream/errors.ts';
import { badRequest, failure, inShort, isOurs } from './errors.ts';
import { fromUpstream } from './upstream-failures.ts';

/** Reports an error that the client does not see in full. `requestId` is what the client can quote. */
export type Report = (thrown: unknown, requestId: string) => void;

/** Removes graphql-js's suggestions, which reveal names of the schema as introspection does. */
export function withoutSuggestions(error: GraphQLError): GraphQLError {
  const { message } = error;
  const at = message.endsWith('?') ? message.indexOf(' Did you mean ') : -1;
  return at < 0 ? error : new GraphQLError(message.slice(0, at), error);
}

/** Returns the error as the client sees it. */
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

/**
 * Returns whether graphql-js or yoga refused the request. The errors of a bad variable or of invalid JSON have an original
 * error.
 */
const isOfTheRequest = ({ originalError, nodes }: GraphQLError) =>
  !originalError ||
  nodes !== undefined ||
  originalError instanceof SyntaxError ||
  // The body is nested too deeply to be read.
  (originalError instanceof RangeError && originalError.message.includes('call stack'));

/** Returns whether graphql-js found the error during the run: null in a variable with a default, where null is not allowed. */
const isOfAnArgument = (cause: unknown) =>
  cause instanceof GraphQLError && cause.nodes?.some(({ kind }) => kind !== Kind.FIELD);

/**
 * Returns whether the operator should know the cause. Not if the client left, and not for a failing ledger, which is reported
 * once instead of for each request.
 */
const isWorthReporting = (cause: unknown): boolean =>
  cause instanceof OutOfContract ||
  (cause instanceof UnknownOutcome && isWorthReporting(cause.cause)) ||
  (cause instanceof NoAnswer && (cause.cause as Error | undefined)?.name !== 'AbortError');

/**
 * Removes what yoga adds for debugging. An error at a place of the answer also loses its status, because the rest of the answer
 * stands.
 */
function told({ message, nodes, source, positions, path, extensions }: GraphQLError) {
  const { http, originalError, ...rest } = extensions;
  // yoga recognizes a body that is no JSON by `originalError`. Its status is 400 for all media types.
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

/** Returns the codes of an answer's errors. */
export const codesOf = (result: { errors?: readonly GraphQLError[] }): readonly string[] =>
  result.errors?.map(({ extensions }) => String(extensions.code)) ?? NO_CODES;

const NO_CODES: readonly string[] = [];

const withCode = (
  { message, nodes, source, positions, extensions }: GraphQLError,
  code: 'BAD_REQUEST',
) =>
  // The message may repeat what was sent.
  new GraphQLError(inShort(withoutKeys(message)), {
    nodes,
    source,
    positions,
    extensions: { code, http: extensions.http ?? { status: 400, spec: true } },
  });

const at = ({ nodes, path }: GraphQLError, { message, extensions }: GraphQLError) =>
  new GraphQLError(inShort(message), { nodes, path, extensions });

const fromPaid = (error: unknown) =>
  error instanceof UnknownOutcome || error instanceof AccountUnknown
    ? error.told(fromUpstream(error.cause))
    : undefined;
