import type { Scalars } from 'astria-graphql-client/scalars';
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/** Types documents by the SDL that the client package ships. Fragments are not masked: their fields are there to be read. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: Scalars;
  disableMasking: true;
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
