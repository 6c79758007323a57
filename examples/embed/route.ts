/**
 * A route handler such as Next's `app/api/graphql/[[...path]]/route.ts`: each caller brings a key of Astria. GraphiQL has files
 * below that path.
 */
import { createGateway } from 'astria-graphql';

// Next's own setting: the gateway needs Node.
export const runtime = 'nodejs';

const gateway = await createGateway({
  astriaBaseUrl: process.env.ASTRIA_BASE_URL ?? 'https://api.astria.ai',
  // Where many processes run, they share a ledger in Redis: redisUrl.
  ledgerPath: process.env.LEDGER_PATH ?? 'ledger.sqlite',
});

const handle = (request: Request) => gateway.fetch(request);

export const { GET, POST, OPTIONS } = { GET: handle, POST: handle, OPTIONS: handle };
