/** What it means that a job could not be read. */
import { AnsweredWithFailure, HeldBack, NoCredential, TooManyCalls } from '../upstream/errors.ts';

/** The look had no call left for it: it comes first at the next. */
export const isLeftOver = (error: Error) => error instanceof TooManyCalls;

export const isRefusal = (error: Error) =>
  error instanceof NoCredential ||
  (error instanceof AnsweredWithFailure && [401, 403].includes(error.status));

export const retryAfterMs = (error: Error) =>
  (error instanceof AnsweredWithFailure || error instanceof HeldBack ? error.retryAfterMs : 0) ?? 0;
