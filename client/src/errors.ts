/** The `extensions` of errors, and functions that read them from what any client throws or returns. */

/** The closed set of `extensions.code`. */
export type ErrorCode =
  | 'VALIDATION_FAILED'
  | 'UNAUTHENTICATED'
  | 'BAD_REQUEST'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_CONTRACT'
  | 'OPERATION_TOO_COMPLEX'
  | 'OVERLOADED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'INTERNAL';

/** What is wrong with one field of an input, a file included. `path` begins at the argument: `["input", "images", "0"]`. */
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

export interface ErrorExtensions {
  code: ErrorCode;
  /** The messages to show beside the fields of a form. */
  fieldErrors?: readonly FieldError[];
  /** Who found the faults of `fieldErrors`. */
  source?: 'ASTRIA' | 'GATEWAY';
  limit?: Limit;
  /** The time after which the request may be sent again, in milliseconds. */
  retryAfterMs?: number;
  /** The time at which an exhausted budget starts again, in ISO 8601. */
  resetsAt?: string;
  /** The outcome of a write: `UNKNOWN` may have been paid for, `NOT_DONE` has not. */
  outcome?: 'UNKNOWN' | 'NOT_DONE';
  /** The id under which the gateway's log contains more. Give it to the operator. */
  requestId?: string;
}

export interface AstriaError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions: ErrorExtensions;
}

/**
 * Returns the errors of the graph in what a client has thrown or returned: Apollo's `CombinedGraphQLErrors`, urql's
 * `CombinedError`, graphql-request's `ClientError`, Relay's `source`, or an answer. Returns none if there was no answer.
 */
export function astriaErrors(thrown: unknown): AstriaError[] {
  const found = LISTS.map((names) => names.reduce(member, thrown)).find(Array.isArray) ?? [];
  return found.filter(isOfTheGraph);
}

const LISTS = [
  ['errors'],
  ['graphQLErrors'],
  ['response', 'errors'],
  ['source', 'errors'],
] as const satisfies string[][];

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

const isOfTheGraph = (error: unknown): error is AstriaError =>
  typeof member(member(error, 'extensions'), 'code') === 'string';

/**
 * Returns the messages for a form. They are keyed by the path of the field below the argument: `{ text: ["can't be blank"] }`,
 * and for a file in a list `{ "images.0": ["is text/html; …"] }`.
 */
export function messagesByField(thrown: unknown): Record<string, string[]> {
  const messages = new Map<string, string[]>();
  for (const { extensions } of astriaErrors(thrown)) {
    for (const { path, message } of extensions.fieldErrors ?? []) {
      const field = path.slice(1).join('.');
      messages.set(field, [...(messages.get(field) ?? []), message]);
    }
  }
  return Object.fromEntries(messages);
}
