/** yoga with its plugins, in the order in which they act on a request. `server.ts` runs before them. */
import type { IncomingMessage } from 'node:http';
import { createYoga, type YogaInitialContext } from 'graphql-yoga';
import type { Caller } from '../auth/caller.ts';
import type { Config } from '../config.ts';
import { type Context, createContext, type Services } from '../context.ts';
import type { Report } from '../graphql/client-errors.ts';
import type { Operations } from '../graphql/operations.ts';
import type { TrustedDocuments } from '../graphql/trusted/trusted-documents.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { Outage } from '../observe/outage.ts';
import type { Watch } from '../observe/watch.ts';
import { NoAnswer } from '../upstream/errors.ts';
import { MAX_BATCH } from './batch-limits.ts';
import type { Incoming } from './incoming.ts';
import type { OwnMedia, ServedMedia } from './own-media.ts';
import { useCaching } from './plugins/use-caching.ts';
import { useErrors } from './plugins/use-errors.ts';
import { useIncoming } from './plugins/use-incoming.ts';
import { useOperations } from './plugins/use-operations.ts';
import { useOwnMedia } from './plugins/use-own-media.ts';
import { useParams } from './plugins/use-params.ts';
import { useRoles } from './plugins/use-roles.ts';
import { useUploads } from './plugins/use-uploads.ts';
import { useWatch } from './plugins/use-watch.ts';
import type { UploadLimits } from './uploads/limits.ts';

export interface Serving extends Omit<Services, 'jobs'> {
  config: Config;
  jobs: Jobs;
  media?: ServedMedia | undefined;
  /** Observes operations. Undefined if metrics and logs are off. */
  watch?: Watch | undefined;
}

interface Parts {
  operations: Operations;
  trusted: TrustedDocuments;
  ownMedia: OwnMedia;
  uploads: UploadLimits | undefined;
}

export function createGraph(deps: Serving, { operations, trusted, ownMedia, uploads }: Parts) {
  const { config, log, watch } = deps;
  const { schema } = operations;
  const outage = new Outage(log, 'Astria');
  const report: Report = (thrown, requestId) => {
    // While Astria is away, every read has the same error.
    if (thrown instanceof NoAnswer) outage.failed(thrown);
    else log.error({ requestId, err: thrown }, 'an operation failed');
  };
  return createYoga<Incoming & { req?: IncomingMessage }, Context>({
    schema,
    // `server.ts` has already decided that the path is the graph's.
    graphqlEndpoint: '/*',
    plugins: [
      useIncoming(),
      useUploads(uploads),
      useParams(trusted),
      // Also adds the limits of documents, the budget of calls to Astria and the upstream report: `graphql/operations.ts`.
      useOperations(operations, trusted),
      useRoles(),
      useCaching(operations),
      useErrors(report, { introspection: config.introspection, schema }),
      deps.media ? useOwnMedia(ownMedia) : {},
      watch ? useWatch(watch, operations) : {},
    ],
    context: (incoming) => contextFor(incoming, deps),
    batching: { limit: MAX_BATCH },
    // GraphiQL is served in front of yoga.
    graphiql: false,
    landingPage: false,
    // CORS, the limit of bodies and uploads are handled in front of yoga.
    cors: false,
    maxRequestBodySize: false,
    multipart: false,
    // `useErrors` masks errors and `useOperations` caches documents.
    maskedErrors: false,
    parserAndValidationCache: false,
    logging: false,
  });
}

function contextFor(incoming: Incoming & YogaInitialContext, deps: Serving): Context {
  const { workspaceId, wantsReport, operations, countedAs, stream, request } = incoming;
  // `useIncoming` only lets requests through that have a caller.
  const caller = incoming.caller as Caller;
  const asker = { caller, workspaceId, wantsReport, operations, countedAs, stream };
  return createContext(asker, incoming.signal ?? request.signal, deps);
}
