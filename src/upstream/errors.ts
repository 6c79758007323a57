/** What can go wrong with a call, one class each. What a client learns of it is decided in graphql/errors.ts. */

/** A call as logs and metrics may name it: the template of its path, never an id, a query or a host. */
export interface CallName {
  method: string;
  /** `/tunes/:id` */
  route: string;
}

/** Prompts that are sent within something else: what is wrong with them may be told as if it were wrong with that. */
export interface NestedInput {
  /** The field of our input that holds them; undefined where their parameters stand in the input itself. */
  under: string | undefined;
  /** Where they are in the body. */
  at: readonly string[];
  /** Astria's names of their parameters. */
  parameters: readonly string[];
  /** Names of Astria's that are others in this input than elsewhere. */
  names?: Readonly<Record<string, string>>;
}

/**
 * Which fields of a call's path and body name rows, by their names there and as deep as they stand: with ids of a type of
 * rows, or with tokens of tunes (`<lora:123:1>`) in a text.
 */
export type RowNames = Capitalize<string> | 'tokens' | { readonly [field: string]: RowNames };

/** What a call was about, for the one who made it. */
export interface CallSubject {
  /** The ids in its path. */
  params?: Record<string, string | number>;
  names?: RowNames;
  /** What was sent, under Rails' root key. */
  body?: object;
  nested?: NestedInput;
}

/** Astria answered, and the answer is a failure (any status but 2xx). */
export class AnsweredWithFailure extends Error {
  readonly call: CallName;
  readonly status: number;
  /** The parsed JSON, or undefined where the body was none (401 is plain text, 502 and 504 are HTML). */
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
  readonly subject: CallSubject;
  /** The answer came before the whole body had gone. */
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

/** No whole answer came: whether Astria acted on the call is not known, unless it is cut or unsent. */
export class NoAnswer extends Error {
  readonly call: CallName;
  readonly reason: 'timeout' | 'connection';
  /** The body never reached its end, so Astria cannot have acted after all. */
  readonly isCut: boolean;
  /** Not a byte was sent: there was no connection to send it on. */
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

/** Not sent, to spare Astria or others who wait for it. */
export class HeldBack extends Error {
  readonly call: CallName;
  /** `breaker`: Astria has been failing. `bulkhead`: this credential has too many calls under way; `max` says how many. */
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

/** An operation has made all the calls it may, and wanted one more. */
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

/** A 2xx whose body is not what Astria promises, beyond what can be repaired. */
export class OutOfContract extends Error {
  readonly call: CallName;
  readonly status: number;
  /** As it came, for the log alone; its beginning, where it is long. */
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

/** Is it certain that Astria never had the call, and so has not acted on it? */
export const isUnsent = (error: unknown): boolean =>
  error instanceof HeldBack ||
  error instanceof NoCredential ||
  error instanceof TooManyCalls ||
  (error instanceof NoAnswer && (error.isUnsent || error.isCut)) ||
  (error instanceof AnsweredWithFailure && error.isCut);

/** Refused at the door, by who asks or how often: it tells nothing of what is behind it. */
export const isTurnedAway = (status: number) => [401, 403, 429].includes(status);

/** Did the call ask Astria to change something? */
export const isWrite = ({ method }: CallName) => method !== 'GET';

/** Is it certain that Astria has not done what a write asked for? Of what is not known to be otherwise, it is not. */
export const isSurelyNotDone = (error: unknown): boolean =>
  isUnsent(error) ||
  isOfRead(error) ||
  (error instanceof AnsweredWithFailure && error.status >= 400 && error.status < 500);

/** What was read to know whether to write at all: the write would have come after it. */
const isOfRead = (error: unknown) =>
  (error instanceof AnsweredWithFailure ||
    error instanceof NoAnswer ||
    error instanceof OutOfContract) &&
  !isWrite(error.call);
