import type { ServerResponse } from 'node:http';

/**
 * `Strict-Transport-Security` is for whoever speaks TLS, which this does not. Pages that may ask do so by CORS, to which
 * `Cross-Origin-Resource-Policy` does not apply. An answer is one caller's, so nothing between may store it, unless `use-caching.ts` says
 * otherwise.
 */
export const SECURITY_HEADERS = new Map([
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
]);

/** Sets the headers on every answer. */
export const secure = (response: ServerResponse) => response.setHeaders(SECURITY_HEADERS);
