/** GraphQL over HTTP in all its forms: whatever the front does not answer by itself. */
import { createYoga } from 'graphql-yoga';
import { type Context, createContext, type Deps } from '../context.ts';
import type { Report } from '../graphql/errors.ts';
import type { Operations } from '../graphql/operations.ts';
import { useErrors } from '../graphql/plugins/use-errors.ts';
import { useOperations } from '../graphql/plugins/use-operations.ts';
import { useWatch } from '../graphql/plugins/use-watch.ts';
import { useCsrfPrevention } from './csrf.ts';
import { graphiqlOptions } from './graphiql.ts';
import type { UploadLimits } from './upload-limits.ts';
import { useUploads } from './uploads.ts';

interface YogaOptions {
  operations: Operations;
  report: Report;
  uploads: UploadLimits | undefined;
  preventsCsrf: boolean;
}

export type YogaServer = ReturnType<typeof createYogaServer>;

export function createYogaServer(
  deps: Deps,
  { operations, report, uploads, preventsCsrf }: YogaOptions,
) {
  return createYoga<object, Context>({
    schema: operations.schema,
    // The front's, which answers without yoga too.
    cors: false,
    context: ({ request: { headers, signal } }) => {
      const caller = deps.callers.identify(headers.get('authorization'));
      const workspaceId = headers.get('x-workspace-id');
      return createContext({ caller, workspaceId }, signal, deps);
    },
    // `useErrors` does it for every answer; yoga's own sees only some of them.
    maskedErrors: false,
    plugins: [
      useErrors(report),
      deps.watch ? useWatch(deps.watch, operations) : {},
      preventsCsrf && useCsrfPrevention(),
      useUploads(uploads),
      useOperations(operations),
    ],
    // `useOperations` has one, bounded by what it takes in memory.
    parserAndValidationCache: false,
    // The front has it: in here every body would be wrapped once more to be counted.
    maxRequestBodySize: false,
    // `useUploads` streams them; yoga would hold them in memory.
    multipart: false,
    graphiql: () => graphiqlOptions(deps.config),
    // 9 MB of page, so only when it is first asked for.
    renderGraphiQL: async (options) =>
      (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    landingPage: false,
    logging: false,
  });
}
