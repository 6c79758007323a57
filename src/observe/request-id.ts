import { randomUUID } from 'node:crypto';

const SANE = /^[\w-]{1,64}$/;

/** The one that a request brings in `X-Request-Id`, where it is fit to be logged; else a new one. */
export const requestIdOf = (given: string | string[] | null | undefined): string =>
  typeof given === 'string' && SANE.test(given) ? given : randomUUID();
