/** GraphQL over HTTP in all its forms: whatever the front does not answer by itself. */
import { createYoga, type GraphiQLOptions } from 'graphql-yoga';
import { type Context, createContext, type Deps } from '../context.ts';
import type { Report } from '../graphql/client-errors.ts';
import type { Operations } from '../graphql/operations.ts';
import { useErrors } from '../graphql/plugins/use-errors.ts';
import { useOperations } from '../graphql/plugins/use-operations.ts';
import { useWatch } from '../graphql/plugins/use-watch.ts';
import { MAX_BATCH } from './batch.ts';
import { useCsrfPrevention } from './csrf.ts';
import { graphiqlOptions } from './graphiql.ts';
import { createGraphiqlPage } from './graphiql-page.ts';
import { asksForReport, REPORT_HEADER } from './question.ts';
import type { UploadLimits } from './upload-limits.ts';
import { useUploads } from './uploads.ts';
import { useCallers } from './use-callers.ts';

interface YogaOptions {
  operations: Operations;
  report: Report;
  uploads: UploadLimits | undefined;
}

/** What comes with a request of node:http: how many operations the front has found in it. */
interface ServerContext {
  req?: { operations?: number };
}

export type YogaServer = ReturnType<typeof createYogaServer>;

export function createYogaServer(deps: Deps, { operations, report, uploads }: YogaOptions) {
  const { usePolicy, renderGraphiQL } = createGraphiqlPage((error) =>
    deps.log.error({ err: error }, 'the page of GraphiQL cannot be made'),
  );
  let graphiql: GraphiQLOptions | undefined;
  const optionsOnce = () => {
    graphiql ??= graphiqlOptions(deps.config);
    return graphiql;
  };
  return createYoga<ServerContext, Context>({
    schema: operations.schema,
    // The front's, which answers without yoga too.
    cors: false,
    context: async ({ request: { headers, signal }, req }) => {
      const caller = await deps.callers.identify(headers.get('authorization'));
      const workspaceId = headers.get('x-workspace-id');
      const wantsReport = asksForReport(headers.get(REPORT_HEADER));
      const { operations } = req ?? {};
      return createContext({ caller, workspaceId, wantsReport, operations }, signal, deps);
    },
    // The front has looked at it, so that its refusal names the limit.
    batching: { limit: MAX_BATCH },
    // `useErrors` does it for every answer; yoga's own sees only some of them.
    maskedErrors: false,
    plugins: [
      usePolicy(),
      useErrors(report, deps.config),
      deps.watch ? useWatch(deps.watch, operations) : {},
      useCsrfPrevention(),
      // Before a file is read.
      useCallers(deps.callers),
      useUploads(uploads),
      useOperations(operations),
    ],
    // `useOperations` has one, bounded by what it takes in memory.
    parserAndValidationCache: false,
    // The front has it: in here every body would be wrapped once more to be counted.
    maxRequestBodySize: false,
    // `useUploads` streams them; yoga would hold them in memory.
    multipart: false,
    graphiql: deps.config.graphiql && optionsOnce,
    renderGraphiQL,
    landingPage: false,
    logging: false,
  });
}
