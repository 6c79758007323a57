import { createYoga } from 'graphql-yoga';
import { type Context, createContext, type Deps } from './context.ts';
import type { Report } from './graphql/errors.ts';
import { useErrors } from './graphql/plugins/use-errors.ts';
import { schema } from './graphql/schema.ts';
import { graphiqlOptions } from './http/graphiql.ts';

/** The gateway as a `fetch` and a request listener. It does not listen by itself. */
export function createGateway(deps: Deps) {
  const report: Report = (thrown, requestId) =>
    deps.log.error({ requestId, err: thrown }, 'a request failed here');

  return createYoga<object, Context>({
    schema,
    context: ({ request }) => createContext(request, deps),
    // `useErrors` does it for every answer; yoga's own sees only some of them.
    maskedErrors: false,
    plugins: [useErrors(report)],
    graphiql: () => graphiqlOptions(deps.config),
    // 9 MB of page, so only when it is first asked for.
    renderGraphiQL: async (options) =>
      (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    landingPage: false,
    logging: false,
  });
}
