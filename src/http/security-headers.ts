import type { ServerResponse } from 'node:http';

/**
 * `Strict-Transport-Security` is missing because the gateway does not terminate TLS. `Cross-Origin-Resource-Policy` does not
 * affect pages that CORS allows. An answer belongs to one caller, so shared caches must not store it.
 */
const SECURITY_HEADERS = new Map([
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
]);

/** Sets the headers on every answer. */
export const secure = (response: ServerResponse) => response.setHeaders(SECURITY_HEADERS);
