import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';

/** How long a browser may cache the preflight. Browsers keep it for two hours at most. */
const MAX_AGE_SECONDS = 7200;
/** The headers that a page may read. */
const EXPOSED = 'Retry-After, X-Request-Id';

/** Applies CORS. The gateway uses no cookies, so credentials are never allowed. */
export function createCors({ corsOrigins }: Config) {
  const allowed = corsOrigins === '*' ? undefined : new Set(corsOrigins);
  const isOpen = !allowed || allowed.size > 0;

  /** Sets the CORS headers. Returns true if the request was a preflight and is answered. */
  return ({ method, headers }: IncomingMessage, response: ServerResponse): boolean => {
    const { origin } = headers;
    if (!isOpen) return false;
    // Also if the origin is not allowed, so that a cache does not use the answer for another origin.
    if (origin) response.setHeader('Vary', 'Origin');
    if (allowed && !(origin && allowed.has(origin))) return false;
    if (origin) response.setHeader('Access-Control-Allow-Origin', origin);
    if (method === 'OPTIONS') answerPreflight(headers, response);
    else if (origin) response.setHeader('Access-Control-Expose-Headers', EXPOSED);
    return method === 'OPTIONS';
  };
}

function answerPreflight(
  { origin, ...headers }: IncomingMessage['headers'],
  response: ServerResponse,
) {
  const asked = headers['access-control-request-headers'];
  if (origin) {
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    if (asked) response.setHeader('Access-Control-Allow-Headers', asked);
    response.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS);
  }
  response.writeHead(204, { 'Content-Length': 0 }).end();
}
