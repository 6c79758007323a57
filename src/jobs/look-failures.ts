/** What the failures of a poll mean. */
import { AnsweredWithFailure, HeldBack, NoCredential, TooManyCalls } from '../upstream/errors.ts';

/** Returns whether the poll had no call left for this job, which then comes first in the next one. */
export const isLeftOver = (error: Error) => error instanceof TooManyCalls;

export const isRefusal = (error: Error) =>
  error instanceof NoCredential ||
  (error instanceof AnsweredWithFailure && [401, 403].includes(error.status));

export const retryAfterMs = (error: Error) =>
  (error instanceof AnsweredWithFailure || error instanceof HeldBack ? error.retryAfterMs : 0) ?? 0;
