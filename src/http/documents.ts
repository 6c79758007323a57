/** Which document each operation of a request stands for, before anything is done with it. */
import type { GraphQLParams } from 'graphql-yoga';
import type { Caller } from '../auth/caller.ts';
import type { TrustedDocuments } from '../graphql/trusted/trusted-documents.ts';
import type { Incoming, Params } from './incoming.ts';

/** Whose document is none, or may not be run. It is told so in its place: others of its batch are answered. */
export class RefusedParams implements GraphQLParams {
  readonly query = undefined;
  readonly refusal: unknown;

  constructor(refusal: unknown) {
    this.refusal = refusal;
  }
}

/** What is asked, as yoga knows it. Throws where its document is named and is not there. */
export function withDocument(params: Params, trusted: TrustedDocuments): GraphQLParams {
  const { operationName, variables, extensions } = params;
  const query = trusted.documentOf(params) as string | undefined;
  return { query, operationName, variables, extensions };
}

export function withDocuments(
  params: Incoming['params'],
  caller: Caller,
  trusted: TrustedDocuments,
): Incoming['params'] {
  const one = (asked: Params): Params => {
    // For yoga to refuse.
    if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return asked;
    try {
      const known = withDocument(asked, trusted);
      if (typeof known.query === 'string') trusted.check(known.query, caller);
      return known;
    } catch (refusal) {
      return new RefusedParams(refusal);
    }
  };
  return Array.isArray(params) ? params.map(one) : params && one(params);
}
