import type { ServerResponse } from 'node:http';

/**
 * `Strict-Transport-Security` is up to the proxy that terminates TLS. `Cross-Origin-Resource-Policy` does not apply to pages
 * that use CORS. An answer belongs to one caller, so no cache may store it unless `use-caching.ts` says otherwise.
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
