/** What `extensions` of an error hold, and how to read them whichever client has caught it. */

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

/** A bound that the request went past. */
export interface Limit {
  name: string;
  /** A text where the bound is no number: the content types of a file, a place in a request. */
  max: number | string;
  found: number | string;
}

export interface ErrorExtensions {
  code: ErrorCode;
  /** What to show beside the fields of a form. */
  fieldErrors?: readonly FieldError[];
  /** Who has found the faults of `fieldErrors`. */
  source?: 'ASTRIA' | 'GATEWAY';
  limit?: Limit;
  /** After how long it may be asked for again. */
  retryAfterMs?: number;
  /** Of a budget that has no room left: when it begins anew, in ISO 8601. */
  resetsAt?: string;
  /** Of a write: `UNKNOWN` may have been paid for, `NOT_DONE` has not. */
  outcome?: 'UNKNOWN' | 'NOT_DONE';
  /** Under which the gateway's log has more, for whoever runs it. */
  requestId?: string;
}

export interface AstriaError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions: ErrorExtensions;
}

/**
 * The errors of the graph in what a client has thrown or returned: Apollo's `CombinedGraphQLErrors`, urql's `CombinedError`,
 * graphql-request's `ClientError`, Relay's `source`, or an answer. None where it never came to an answer.
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
 * What a form shows: the messages of each field, by its path below the argument: `{ text: ["can't be blank"] }`, and for a file
 * in a list `{ "images.0": ["is text/html; …"] }`.
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
