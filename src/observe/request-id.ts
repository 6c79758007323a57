import { randomUUID } from 'node:crypto';

const SANE = /^[\w-]{1,64}$/;

/** Returns the request's own `X-Request-Id` if it is fit to be logged, or else a new id. */
export const requestIdOf = (given: string | string[] | null | undefined): string =>
  typeof given === 'string' && SANE.test(given) ? given : randomUUID();
