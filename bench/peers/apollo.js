/** https://www.apollographql.com/docs/apollo-server: on Fastify, the fastest of its integrations, with its REST data source. */
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import DataLoader from 'dataloader';
import Fastify from 'fastify';
import { port, toPrompt, toTune, typeDefs, upstream } from './shared.js';

class Astria extends RESTDataSource {
  baseURL = upstream;

  constructor(authorization, { cache }) {
    // Node's own `fetch`: the one it brings is slower.
    super({ cache, fetch });
    this.authorization = authorization;
    this.tuneById = new DataLoader((ids) =>
      Promise.all(ids.map(async (id) => toTune(await this.get(`/tunes/${id}`)))),
    );
  }

  willSendRequest(_, request) {
    if (this.authorization) request.headers.authorization = this.authorization;
  }

  async tunes(limit) {
    return (await this.get(`/tunes?limit=${limit}`)).map(toTune);
  }

  async prompts(limit) {
    return (await this.get(`/prompts?limit=${limit}`)).map(toPrompt);
  }
}

const resolvers = {
  Query: {
    tunes: (_, { limit }, { astria }) => astria.tunes(limit),
    prompts: (_, { limit }, { astria }) => astria.prompts(limit),
  },
  Prompt: {
    tune: ({ tuneId }, _, { astria }) => astria.tuneById.load(tuneId),
  },
};

const app = Fastify();
const apollo = new ApolloServer({ typeDefs, resolvers, plugins: [fastifyApolloDrainPlugin(app)] });
await apollo.start();
await app.register(fastifyApollo(apollo), {
  context: async ({ headers }) => ({ astria: new Astria(headers.authorization, apollo) }),
});
await app.listen({ port, host: '127.0.0.1' });
