import type { Params } from './incoming.ts';

/**
 * Returns the members of a request that the GraphQL over HTTP specification and its drafts define. Members that other clients
 * add are ignored. An empty text counts as absent, as in a query string. yoga refuses what is no object.
 */
export function membersOf(sent: unknown): Params {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent as never;
  const { query, documentId, operationName, variables, extensions } = sent as Params;
  return {
    query: given(query),
    documentId: given(documentId),
    operationName: given(operationName),
    variables: given(variables),
    extensions: given(extensions),
  };
}

const given = <Value>(value: Value) => (value === '' ? undefined : value);
