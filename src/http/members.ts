import type { Params } from './incoming.ts';

/**
 * The members of a request that the GraphQL over HTTP specification and its drafts know, so that what other clients add is ignored. An empty
 * text stands for none, as it does in an address. What is no object is left for yoga to refuse.
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
