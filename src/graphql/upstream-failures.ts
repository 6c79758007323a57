/** Errors of calls to Astria, in words and codes for clients. */
import type { GraphQLError } from 'graphql';
import { LedgerFailed } from '../paid/ledger/ledger.ts';
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
import { failure, validationFailed } from './errors.ts';

/** Returns the client's error for a failed call. Returns undefined for what should not happen. */
export function fromUpstream(error: unknown): GraphQLError | undefined {
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
  if (error instanceof LedgerFailed) {
    return failure('UPSTREAM_UNAVAILABLE', UNRECORDED, { outcome: 'NOT_DONE' });
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
        'Astria has been failing, so nothing is sent for a while: try again later.',
        more,
      )
    : failure(
        'RATE_LIMITED',
        `Already ${max} calls to Astria wait under this key, and no more are accepted: request less at a time.`,
        { limit: { name: 'waitingCalls', max, found: max + 1 }, ...more },
      );
}

const UNRECORDED = 'What costs money cannot be recorded here for now, so it was not sent.';

const cut = ({ isCut }: { isCut: boolean }) =>
  isCut ? ' It never had all of the files, so nothing was done.' : '';

function lost({ isCut, isUnsent }: NoAnswer) {
  if (isCut) return 'Astria broke off the connection.';
  return isUnsent
    ? 'Astria could not be reached.'
    : 'The connection to Astria broke before its answer had come.';
}

/**
 * A write that was sent and not clearly refused may have been done, and may have cost money. One that was not sent completely
 * cannot have been.
 */
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
      'Astria takes no more calls from this key for now: send requests less often, and try again later.',
      // Refused because of the caller or its rate, before anything was done.
      { ...wait, ...(isWrite(error.call) && { outcome: 'NOT_DONE' }) },
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

/**
 * Names what the call is about: `/tunes/:tune_id/prompts` with `{ tune_id: 5 }` is about tune 5, and any other rows that the
 * input names.
 */
function notThere({ subject: { params = {}, names = {} } }: AnsweredWithFailure): string {
  const [[param = '', id] = []] = Object.entries(params);
  const type = typeof names === 'object' ? names[param] : undefined;
  const named =
    typeof type === 'string'
      ? `${type} ${id}, or something else that is named here,`
      : 'Something that is named here';
  return `${named} does not exist, or this key may not see it.`;
}

function fromRefusal({ body, call, subject }: AnsweredWithFailure): GraphQLError {
  const fieldErrors = readFieldErrors(body, isWrite(call) ? ['input'] : [], subject);
  const message = readSentence(body, subject) ?? 'Astria refused the input without saying why.';
  return validationFailed(message, fieldErrors, { source: 'ASTRIA' });
}
