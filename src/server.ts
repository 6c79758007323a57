import { createYoga } from 'graphql-yoga';
import { type Context, createContext, type Deps } from './context.ts';
import type { Report } from './graphql/errors.ts';
import { useErrors } from './graphql/plugins/use-errors.ts';
import { schema } from './graphql/schema.ts';
import { useCsrfPrevention } from './http/csrf.ts';
import { graphiqlOptions } from './http/graphiql.ts';
import type { UploadLimits } from './http/upload-limits.ts';
import { useUploads } from './http/uploads.ts';

/** The gateway as a `fetch` and a request listener. It does not listen by itself. */
export function createGateway(deps: Deps, { uploads }: { uploads?: UploadLimits } = {}) {
  const report: Report = (thrown, requestId) =>
    deps.log.error({ requestId, err: thrown }, 'an operation failed');

  // Whoever reaches a configured key spends its money: pages of other sites must not.
  const holdsKey = Boolean(deps.config.baseUrl && deps.config.credential.token);

  return createYoga<object, Context>({
    schema,
    cors: holdsKey ? false : { origin: '*', credentials: false },
    context: ({ request }) => createContext(request, deps),
    // `useErrors` does it for every answer; yoga's own sees only some of them.
    maskedErrors: false,
    plugins: [useErrors(report), holdsKey && useCsrfPrevention(), useUploads(uploads)],
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
