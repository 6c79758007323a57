import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';

/** How long a browser need not ask again; it keeps it for two hours at most. */
const MAX_AGE_SECONDS = 7200;
/** What a page may read of an answer beyond its body. */
const EXPOSED = 'Retry-After, X-Request-Id';

/** Whose pages may ask. No cookie means anything here, so none is let through. */
export function createCors({ corsOrigins }: Config) {
  const allowed = corsOrigins === '*' ? undefined : new Set(corsOrigins);
  const isOpen = !allowed || allowed.size > 0;

  /** Answers whether the request is of a page that may. */
  return function allowOrigin({ method, headers }: IncomingMessage, response: ServerResponse) {
    const { origin } = headers;
    if (!isOpen) return false;
    if (!origin) return !allowed;
    // Also where it may not: another origin's answer must not be taken for it.
    response.setHeader('Vary', 'Origin');
    if (allowed && !allowed.has(origin)) return false;
    response.setHeader('Access-Control-Allow-Origin', origin);
    if (method === 'OPTIONS') preflight(headers, response);
    else response.setHeader('Access-Control-Expose-Headers', EXPOSED);
    return true;
  };
}

function preflight(headers: IncomingMessage['headers'], response: ServerResponse) {
  const asked = headers['access-control-request-headers'];
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  if (asked) response.setHeader('Access-Control-Allow-Headers', asked);
  response.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS);
}
