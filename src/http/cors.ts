import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a browser need not ask again; it keeps it for two hours at most. */
const MAX_AGE_SECONDS = 7200;

/** Lets a page of any site ask. No cookie means anything here, so none is let through. */
export function allowOrigin({ method, headers }: IncomingMessage, response: ServerResponse) {
  const { origin } = headers;
  if (!origin) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Vary', 'Origin');
  if (method !== 'OPTIONS') return;
  const asked = headers['access-control-request-headers'];
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  if (asked) response.setHeader('Access-Control-Allow-Headers', asked);
  response.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS);
}
