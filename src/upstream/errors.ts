/** The ways in which a call can fail, one class each. `graphql/client-errors.ts` decides what a client learns of them. */

/** A call as logs and metrics may name it: by its path template, never by an id, a query or a host. */
export interface CallName {
  method: string;
  /** `/tunes/:id` */
  route: string;
}

/**
 * Prompts that are nested in the body of something else, such as a tune. It says which field of our input an error about them
 * belongs to.
 */
export interface NestedInput {
  /** The field of our input that holds them. Undefined if their parameters are fields of the input itself. */
  under: string | undefined;
  /** The path to them in the body. */
  at: readonly string[];
  /** Astria's names of their parameters. */
  parameters: readonly string[];
  /** Parameters whose name in this input differs from the usual one: Astria's name to ours. */
  renamed?: Readonly<Record<string, string>>;
}

/**
 * Which fields of a call's path and body name rows, by their names there and as deep as they stand: with ids of a type of
 * rows, or with tokens of tunes (`<lora:123:1>`) in a text.
 */
export type RowNames = Capitalize<string> | 'tokens' | { readonly [field: string]: RowNames };

/** What a call was about, for the one who made it. */
export interface CallSubject {
  /** The ids in the path. */
  params?: Record<string, string | number>;
  names?: RowNames;
  /** What was sent, under Rails' root key. */
  body?: object;
  nested?: NestedInput;
}

/** Astria answered with a status other than 2xx. */
export class AnsweredWithFailure extends Error {
  readonly call: CallName;
  readonly status: number;
  /** The parsed JSON. Undefined if the body was not JSON: a 401 is plain text, a 502 or 504 is HTML. */
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
  readonly subject: CallSubject;
  /** The answer arrived before the whole body was sent. */
  readonly isCut: boolean;

  constructor(
    call: CallName,
    answer: { status: number; body?: unknown; retryAfterMs?: number; isCut?: boolean },
    subject: CallSubject = {},
  ) {
    super(`${call.method} ${call.route} was answered with ${answer.status}`);
    this.call = call;
    this.status = answer.status;
    this.body = answer.body;
    this.retryAfterMs = answer.retryAfterMs;
    this.subject = subject;
    this.isCut = answer.isCut ?? false;
  }
}

/** No complete answer came. Unless it is cut or unsent, it is unknown whether Astria acted on the call. */
export class NoAnswer extends Error {
  readonly call: CallName;
  readonly reason: 'timeout' | 'connection';
  /** The body was not sent to its end, so Astria cannot have acted on it. */
  readonly isCut: boolean;
  /** No byte was sent, because there was no connection. */
  readonly isUnsent: boolean;

  constructor(
    call: CallName,
    reason: 'timeout' | 'connection',
    { cause, isCut = false, isUnsent = false }: { cause: unknown } & Partial<Fate>,
  ) {
    super(`${call.method} ${call.route} got no answer (${reason})`, { cause });
    this.call = call;
    this.reason = reason;
    this.isCut = isCut;
    this.isUnsent = isUnsent;
  }
}

interface Fate {
  isCut: boolean;
  isUnsent: boolean;
}

/** The call was not sent, to spare Astria or other callers. */
export class HeldBack extends Error {
  readonly call: CallName;
  /** `breaker`: Astria has been failing. `bulkhead`: this credential has too many calls in flight, and `max` is their limit. */
  readonly reason: 'breaker' | 'bulkhead';
  readonly retryAfterMs: number | undefined;
  readonly max: number | undefined;
  readonly isUnsent = true;

  constructor(
    call: CallName,
    reason: 'breaker' | 'bulkhead',
    { retryAfterMs, max }: { retryAfterMs?: number; max?: number } = {},
  ) {
    super(`${call.method} ${call.route} was held back (${reason})`);
    this.call = call;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.max = max;
  }
}

/** An operation used up its budget of calls and needed one more. */
export class TooManyCalls extends Error {
  readonly max: number;
  readonly found: number;

  constructor(max: number, found: number) {
    super(`more than ${max} calls`);
    this.max = max;
    this.found = found;
  }
}

const LOGGED_CHARACTERS = 10_000;

/** A 2xx answer whose body breaks Astria's contract beyond repair. */
export class OutOfContract extends Error {
  readonly call: CallName;
  readonly status: number;
  /** The body as it came, cut if it is long. For the log only. */
  readonly body: string;

  constructor(call: CallName, detail: string, { status, body }: { status: number; body: Buffer }) {
    super(`${call.method} ${call.route} answered out of contract: ${detail}`);
    this.call = call;
    this.status = status;
    this.body = body.toString().slice(0, LOGGED_CHARACTERS);
  }
}

/** The caller brought no usable key, so nothing was sent. The message is for the caller. */
export class NoCredential extends Error {}

/** Returns whether it is certain that Astria never received the call. */
export const isUnsent = (error: unknown): boolean =>
  error instanceof HeldBack ||
  error instanceof NoCredential ||
  error instanceof TooManyCalls ||
  (error instanceof NoAnswer && (error.isUnsent || error.isCut)) ||
  (error instanceof AnsweredWithFailure && error.isCut);

/** Returns whether the status concerns the caller, its key or its rate, rather than the object of the call. */
export const isTurnedAway = (status: number) => [401, 403, 429].includes(status);

/** Returns whether the call asks Astria to change something. */
export const isWrite = ({ method }: CallName) => method !== 'GET';

/** Returns whether it is certain that a write was not done. When in doubt, it returns false. */
export const isSurelyNotDone = (error: unknown): boolean =>
  isUnsent(error) ||
  isOfRead(error) ||
  (error instanceof AnsweredWithFailure && error.status >= 400 && error.status < 500);

/** Returns whether the failed call was a read before the write. The write itself was then never sent. */
const isOfRead = (error: unknown) =>
  (error instanceof AnsweredWithFailure ||
    error instanceof NoAnswer ||
    error instanceof OutOfContract) &&
  !isWrite(error.call);
