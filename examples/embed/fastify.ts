/** Fastify serves the graph at `/graphql`, beside routes of its own. */
import { createGateway, type GatewayOptions } from 'astria-graphql';
import { type FastifyInstance, fastify } from 'fastify';

export async function createApp(options: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify();
  const gateway = await createGateway({ ...options, logger: app.log });

  // A scope of its own, so that other routes keep their parsers: the gateway reads bodies itself.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    // The second is for the files of GraphiQL.
    for (const path of ['/graphql', '/graphql/*']) {
      scope.all(path, (request, reply) => {
        reply.hijack();
        gateway.listener(request.raw, reply.raw);
      });
    }
  });
  app.server.on('upgrade', gateway.upgrade);
  // Fastify has stopped taking requests by then, and waits for those that are not answered yet.
  app.addHook('preClose', () => gateway.close());
  return app;
}
