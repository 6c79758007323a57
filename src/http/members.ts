import type { GraphQLParams } from 'graphql-yoga';

/**
 * The members of a request that the GraphQL over HTTP specification knows, so that what other clients add is ignored. An empty
 * text stands for none, as it does in an address. What is no object is left for yoga to refuse.
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
