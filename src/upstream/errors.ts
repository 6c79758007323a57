/** What can go wrong with a call, one class each. What a client learns of it is decided in graphql/errors.ts. */

/** A call as logs and metrics may name it: the template of its path, never an id, a query or a host. */
export interface CallName {
  method: string;
  /** `/tunes/:id` */
  route: string;
}

/** Astria answered, and the answer is a failure (any status but 2xx). */
export class AnsweredWithFailure extends Error {
  readonly call: CallName;
  readonly status: number;
  /** The parsed JSON, or undefined where the body was none (401 is plain text, 502 and 504 are HTML). */
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(call: CallName, status: number, body: unknown, retryAfterMs?: number) {
    super(`${call.method} ${call.route} was answered with ${status}`);
    this.call = call;
    this.status = status;
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No whole answer came: whether Astria acted on the call is not known, unless it is cut. */
export class NoAnswer extends Error {
  readonly call: CallName;
  readonly reason: 'timeout' | 'connection';
  /** The body never reached its end, so Astria cannot have acted after all. */
  readonly isCut: boolean;

  constructor(
    call: CallName,
    reason: 'timeout' | 'connection',
    { cause, isCut = false }: { cause: unknown; isCut?: boolean },
  ) {
    super(`${call.method} ${call.route} got no answer (${reason})`, { cause });
    this.call = call;
    this.reason = reason;
    this.isCut = isCut;
  }
}

const LOGGED_CHARACTERS = 10_000;

/** A 2xx whose body is not what Astria promises, beyond what can be repaired. */
export class OutOfContract extends Error {
  readonly call: CallName;
  readonly status: number;
  /** As it came, for the log alone; its beginning, where it is long. */
  readonly body: string;

  constructor(call: CallName, detail: string, { status, text }: { status: number; text: string }) {
    super(`${call.method} ${call.route} answered out of contract: ${detail}`);
    this.call = call;
    this.status = status;
    this.body = text.slice(0, LOGGED_CHARACTERS);
  }
}

/** The caller brought no usable key, so nothing was sent. The message is for the caller. */
export class NoCredential extends Error {}

/** Did the call ask Astria to change something? */
export const isWrite = ({ method }: CallName) => method !== 'GET';
