/** Fastify serves the graph at `/graphql`, beside routes of its own. */
import { createGateway, type GatewayOptions } from 'astria-graphql';
import { type FastifyInstance, fastify } from 'fastify';

export async function createApp(options: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify();
  const gateway = await createGateway({ ...options, logger: app.log });

  // The gateway reads bodies itself. In a scope of its own the other routes keep their parsers.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    // The second path is for the files of GraphiQL.
    for (const path of ['/graphql', '/graphql/*']) {
      scope.all(path, (request, reply) => {
        reply.hijack();
        gateway.listener(request.raw, reply.raw);
      });
    }
  });
  app.server.on('upgrade', gateway.upgrade);
  // At this time Fastify takes no more requests, and waits for those that it has not answered yet.
  app.addHook('preClose', () => gateway.close());
  return app;
}
