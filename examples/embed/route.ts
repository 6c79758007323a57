/**
 * A route handler such as Next's `app/api/graphql/[[...path]]/route.ts`: each caller sends a key of Astria. The path is a
 * catch-all because GraphiQL has files below it.
 */
import { createGateway } from 'astria-graphql';

// A setting of Next: the gateway needs Node.
export const runtime = 'nodejs';

const gateway = await createGateway({
  astriaBaseUrl: process.env.ASTRIA_BASE_URL ?? 'https://api.astria.ai',
  // Several processes share a ledger in Redis: set `redisUrl` instead.
  ledgerPath: process.env.LEDGER_PATH ?? 'ledger.sqlite',
});

const handle = (request: Request) => gateway.fetch(request);

export const { GET, POST, OPTIONS } = { GET: handle, POST: handle, OPTIONS: handle };
