/** gql.tada with the client package's scalars: it compiles only if each is typed. */
import type { Scalars } from 'astria-graphql-client/scalars';
import { initGraphQLTada } from 'gql.tada';
import { GraphQLClient } from 'graphql-request';
import type { introspection } from './graphql-env.js';

const graphql = initGraphQLTada<{ introspection: introspection; scalars: Scalars }>();

const PROMPTS = graphql(`
  query Prompts($first: Int!) {
    prompts(first: $first) {
      nodes {
        astriaId
        createdAt
        images {
          url
        }
      }
    }
  }
`);

declare const process: { argv: string[] };
const client = new GraphQLClient(process.argv[2] as string);
const { prompts } = await client.request(PROMPTS, { first: 3 });
const times: (string | null)[] = (prompts?.nodes ?? []).map(({ createdAt }) => createdAt);
const numbers: number[] = (prompts?.nodes ?? []).map(({ astriaId }) => astriaId);
const urls: (string | null)[] = (prompts?.nodes ?? []).flatMap(({ images }) =>
  images.map(({ url }) => url),
);
if (times.length !== 3 || numbers.length !== 3) throw new Error(`3 prompts were wanted: ${times}`);
// @ts-expect-error: the graph has no such field, and its scalars are not `unknown`.
const wrong: number[] = urls;
void wrong;
