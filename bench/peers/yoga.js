/** https://the-guild.dev/graphql/yoga-server: as it comes, with a DataLoader for each request. */
import { createServer } from 'node:http';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { port, readsWith, typeDefs } from './shared.js';

const { readTunes, readPrompts, readTunesById } = readsWith();

const resolvers = {
  Query: {
    tunes: (_, { limit }, { authorization }) => readTunes(limit, authorization),
    prompts: (_, { limit }, { authorization }) => readPrompts(limit, authorization),
  },
  Prompt: {
    tune: ({ tuneId }, _, { tuneById }) => tuneById.load(tuneId),
  },
};

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  graphiql: false,
  context({ request }) {
    const authorization = request.headers.get('authorization');
    return { authorization, tuneById: new DataLoader((ids) => readTunesById(ids, authorization)) };
  },
});
createServer(yoga).listen(port, '127.0.0.1');
