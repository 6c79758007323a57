/** codegen's client preset: it compiles only if each scalar is typed. */
import { messagesByField } from 'astria-graphql-client/errors';
import { GraphQLClient } from 'graphql-request';
import { graphql } from './gql/index.js';

const TUNES = graphql(`
  query PresetTunes($first: Int!) {
    tunes(first: $first) {
      nodes {
        astriaId
        createdAt
      }
    }
  }
`);
const CREATE = graphql(`
  mutation PresetCreate($input: CreateTuneInput!) {
    createTune(input: $input) {
      tune {
        id
      }
    }
  }
`);

declare const process: { argv: string[] };
const client = new GraphQLClient(process.argv[2] as string);
const { tunes } = await client.request(TUNES, { first: 3 });
const numbers: number[] = (tunes?.nodes ?? []).map(({ astriaId }) => astriaId);
if (numbers.length !== 3) throw new Error(`3 tunes were wanted: ${numbers}`);
const imageUrls = ['https://photos.example/1.jpg'];
const thrown = await client
  .request(CREATE, { input: { title: '', imageUrls } })
  .catch((error: unknown) => error);
if (messagesByField(thrown).title?.[0] !== "can't be blank") throw thrown;
