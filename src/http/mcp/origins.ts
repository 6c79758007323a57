import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../auth/access-settings.ts';
import type { Config } from '../../config.ts';
import { forbidden } from '../../graphql/errors.ts';

/**
 * Refuses pages that may not use the tools, as the specification demands. `*` of CORS_ORIGINS means pages of this machine here: a
 * page whose own name leads to this machine (DNS rebinding) looks like one of the gateway's own, and needs no CORS.
 */
export function createOriginCheck({ corsOrigins }: Pick<Config, 'corsOrigins'>) {
  return ({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>) => {
    if (origin === undefined || (corsOrigins !== '*' && corsOrigins.includes(origin))) return;
    const from = URL.parse(origin);
    const isOfMachine = from !== null && isLoopback(from.hostname);
    if (isOfMachine && (corsOrigins === '*' || from.host === host)) return;
    throw forbidden(
      `Pages of ${JSON.stringify(origin)} may not use the tools: the operator of this gateway can name their origin in CORS_ORIGINS.`,
    );
  };
}
