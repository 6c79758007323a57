/** A plugin of codegen: the schema as graphcache takes it, without what it does not read. */
import { minifyIntrospectionQuery } from '@urql/introspection';
import { type GraphQLSchema, introspectionFromSchema } from 'graphql';

export const plugin = (schema: GraphQLSchema): string =>
  `import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

export const introspection: NonNullable<CacheExchangeOpts['schema']> = ${JSON.stringify(
    minifyIntrospectionQuery(introspectionFromSchema(schema, { descriptions: false })),
    null,
    1,
  )};
`;
