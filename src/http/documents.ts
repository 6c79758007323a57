/** Finds the document of each operation in a request, before anything else is done with it. */
import type { GraphQLParams } from 'graphql-yoga';
import type { Caller } from '../auth/caller.ts';
import type { TrustedDocuments } from '../graphql/trusted/trusted-documents.ts';
import type { Incoming, Params } from './incoming.ts';

/** The parameters of an operation whose document is missing or may not be run. Only this operation of a batch is refused. */
export class RefusedParams implements GraphQLParams {
  readonly query = undefined;
  readonly refusal: unknown;

  constructor(refusal: unknown) {
    this.refusal = refusal;
  }
}

/** Returns the parameters that yoga gets. Throws if the request names a document that does not exist. */
export function withDocument(params: Params, trusted: TrustedDocuments): GraphQLParams {
  const { operationName, variables, extensions } = params;
  const query = trusted.documentOf(params) as string | undefined;
  return { query, operationName, variables, extensions };
}

/** Does the same, and throws if the caller may not run the document. Its errors would otherwise tell of the schema. */
export function withAllowedDocument(
  params: Params,
  caller: Caller,
  trusted: TrustedDocuments,
): GraphQLParams {
  const known = withDocument(params, trusted);
  if (typeof known.query === 'string') trusted.check(known.query, caller);
  return known;
}

export function withDocuments(
  params: Incoming['params'],
  caller: Caller,
  trusted: TrustedDocuments,
): Incoming['params'] {
  const one = (asked: Params): Params => {
    // Left for yoga to refuse.
    if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return asked;
    try {
      return withAllowedDocument(asked, caller, trusted);
    } catch (refusal) {
      return new RefusedParams(refusal);
    }
  };
  return Array.isArray(params) ? params.map(one) : params && one(params);
}
