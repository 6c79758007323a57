/** Our own callbacks: put where a client has none of its own, after all that tells requests apart, and never shown. */
import type { Context } from '../context.ts';
import { isOurCallback } from '../jobs/callback-address.ts';
import type { Place } from '../scope.ts';

type Body = Readonly<Record<string, unknown>>;

/** Undefined where Astria cannot reach this gateway. */
export const ourCallback = ({ jobs, credential }: Context, place: Place): string | undefined =>
  jobs.callbacks?.addressFor(credential.token, place);

export const withCallback = <Sent extends Body>(
  body: Sent,
  callback: string | undefined,
  name = 'callback',
): Sent => (callback && body[name] == null ? { ...body, [name]: callback } : body);

/** What a client is told of it. */
export const shownCallback = ({ callback }: { callback?: string | null }) =>
  callback && isOurCallback(callback) ? null : callback;
