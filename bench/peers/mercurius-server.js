/** https://mercurius.dev: Fastify, JIT from the first operation on, and mercurius's own loaders. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { port, typeDefs } from './shared.js';

export async function serve({ readTunes, readPrompts, readTunesById }) {
  const resolvers = {
    Query: {
      tunes: (_, { limit }, { authorization }) => readTunes(limit, authorization),
      prompts: (_, { limit }, { authorization }) => readPrompts(limit, authorization),
    },
  };

  const loaders = {
    Prompt: {
      tune: {
        async loader(queries, { authorization }) {
          const ids = [...new Set(queries.map(({ obj }) => obj.tuneId))];
          const tunes = await readTunesById(ids, authorization);
          const byId = new Map(tunes.map((tune) => [tune.astriaId, tune]));
          return queries.map(({ obj }) => byId.get(obj.tuneId));
        },
        // It would find nothing, since no prompt is asked for twice.
        opts: { cache: false },
      },
    },
  };

  const app = Fastify();
  app.register(mercurius, {
    schema: typeDefs,
    resolvers,
    loaders,
    jit: 1,
    context: ({ headers }) => ({ authorization: headers.authorization }),
  });
  await app.listen({ port, host: '127.0.0.1' });
}
