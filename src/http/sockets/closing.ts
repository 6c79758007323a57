/** Why a socket is closed: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md, and RFC 6455. */
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../graphql/errors.ts';

export interface Closing {
  code: number;
  reason: string;
}

/** Makes the client reconnect and subscribe again. */
export const COME_BACK: Closing = { code: 1012, reason: 'Come back: the stream is cut here.' };
/** Makes the client reconnect. Clients take this code as a sign to get a new token first. */
export const TOKEN_OVER: Closing = {
  code: 4403,
  reason: 'Your token has expired: come back with a new one.',
};
/** Closes a socket that has no reason to reconnect. */
export const IDLE: Closing = { code: 1000, reason: 'Nothing was subscribed to for a while.' };
export const NO_TEXT: Closing = { code: 1003, reason: 'Send text: this was binary.' };
export const TOO_MANY: Closing = { code: 1008, reason: 'Too many messages came in a short time.' };
export const DEFECT: Closing = { code: 4500, reason: 'Something went wrong here.' };

/** 1013 is "try again later". */
const CODES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 4401,
  FORBIDDEN: 4403,
  BAD_REQUEST: 4400,
  RATE_LIMITED: 1013,
  OVERLOADED: 1013,
};

/** Returns how to close the socket after a refusal. Undefined if the error is not one. */
export function closingFor(error: unknown): Closing | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const code = CODES[error.extensions.code as ErrorCode];
  return code === undefined ? undefined : { code, reason: error.message };
}

export const badMessage = (reason: string): Closing => ({ code: 4400, reason });

const MAX_REASON_BYTES = 123;

/** Shortens a reason to what fits into the close frame. It is cut between characters. */
export function reasonThatFits(reason: string): string {
  if (Buffer.byteLength(reason) <= MAX_REASON_BYTES) return reason;
  const room = Buffer.from(reason).subarray(0, MAX_REASON_BYTES - 3);
  return `${new TextDecoder().decode(room).replace(/\uFFFD+$/, '')}…`;
}
