import type { GraphQLParams } from 'graphql-yoga';

/**
 * Keeps the members that the GraphQL over HTTP specification knows, so that those of other clients are ignored. An empty text
 * counts as absent, as in a query string. yoga refuses what is no object.
 */
export function membersOf(sent: unknown): GraphQLParams {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent as never;
  const { query, operationName, variables, extensions } = sent as GraphQLParams;
  return {
    query: given(query),
    operationName: given(operationName),
    variables: given(variables),
    extensions: given(extensions),
  };
}

const given = <Value>(value: Value) => (value === '' ? undefined : value);
