/**
 * The gateway's own callback addresses. They are added if the client has no callback, after everything that identifies a
 * request, and are never shown.
 */
import type { Context } from '../context.ts';
import { isOurCallback } from '../jobs/callback-address.ts';
import type { Place } from '../scope.ts';

type Body = Readonly<Record<string, unknown>>;

/** Returns undefined if Astria cannot reach this gateway. */
export const ourCallback = ({ jobs, credential }: Context, place: Place): string | undefined =>
  jobs.callbacks?.addressFor(credential.token, place);

export const withCallback = <Sent extends Body>(
  body: Sent,
  callback: string | undefined,
  name = 'callback',
): Sent => (callback && body[name] == null ? { ...body, [name]: callback } : body);

/** Returns the callback that is shown to a client. */
export const shownCallback = ({ callback }: { callback?: string | null }) =>
  callback && isOurCallback(callback) ? null : callback;
