import type { ServerResponse } from 'node:http';

/**
 * On every answer; names and values by turns. `Strict-Transport-Security` is for whoever speaks TLS, which this does not.
 * Pages that may ask do so by CORS, to which `Cross-Origin-Resource-Policy` does not apply.
 */
export const SECURITY_HEADERS: readonly string[] = [
  ...['X-Content-Type-Options', 'nosniff'],
  ...['X-Frame-Options', 'DENY'],
  ...['Referrer-Policy', 'no-referrer'],
  ...['Cross-Origin-Resource-Policy', 'same-origin'],
];

/** Of answers, which are one caller's. */
export const NOT_STORED: readonly string[] = ['Cache-Control', 'no-store'];

/** For what is answered elsewhere. */
export function secure(response: ServerResponse) {
  const headers = [...SECURITY_HEADERS, ...NOT_STORED];
  for (let at = 0; at < headers.length; at += 2) {
    response.setHeader(headers[at] as string, headers[at + 1] as string);
  }
}
