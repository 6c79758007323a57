import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { forbidden } from '../graphql/errors.ts';

/** How long a browser may cache the preflight. Browsers keep it for two hours at most. */
const MAX_AGE_SECONDS = 7200;
/** The headers that a page may read. */
const EXPOSED = 'Retry-After, X-Request-Id';

/** Applies CORS. The gateway uses no cookies, so credentials are never allowed. */
export function createCors({ corsOrigins }: Config) {
  const allowed = corsOrigins === '*' ? undefined : new Set(corsOrigins);
  const isOpen = !allowed || allowed.size > 0;
  const mayAsk = (origin: string | undefined) =>
    !allowed || (origin !== undefined && allowed.has(origin));

  return {
    /** Sets the headers by which a page may read the answer. True where that was all that was asked. */
    answersPreflight({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
      const { origin } = headers;
      if (!isOpen) return false;
      // Also where it may not: another origin's answer must not be taken for it.
      if (origin) response.setHeader('Vary', 'Origin');
      if (!mayAsk(origin)) return false;
      if (origin) response.setHeader('Access-Control-Allow-Origin', origin);
      if (method === 'OPTIONS') answerPreflight(headers, response);
      else if (origin) response.setHeader('Access-Control-Expose-Headers', EXPOSED);
      return method === 'OPTIONS';
    },

    /** Throws if the request comes from a page that may not ask. CORS would let a page open any WebSocket, and read it. */
    checkOrigin({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>) {
      if (origin === undefined || mayAsk(origin) || isOwn(origin, host)) return;
      throw forbidden(
        `Pages of ${JSON.stringify(origin)} may not ask this: the operator of this gateway can allow them with CORS_ORIGINS.`,
      );
    },
  };
}

/** The page came from here: of that a browser asks nobody. */
const isOwn = (origin: string, host: string | undefined) =>
  URL.canParse(origin) && new URL(origin).host === host;

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
