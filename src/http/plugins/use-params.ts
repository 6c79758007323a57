import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { failure } from '../../graphql/errors.ts';
import { malformed } from '../params.ts';

/** Checks parameters that yoga does not check, or for which it has other words. */
export const useParams = (): Plugin => ({
  onParams({ params }) {
    if (typeof params !== 'object' || params === null) return;
    if (isByHash(params)) throw persistedQueryNotSupported();
    if (params.query == null) {
      throw malformed('The request has no `query`: send the document of an operation in it.');
    }
    if (typeof (params.operationName ?? '') !== 'string') {
      throw malformed('`operationName` must be a text: name an operation of the document.');
    }
  },
});

/** Returns whether the request has only a hash, as Apollo's and urql's persisted queries send it first. */
const isByHash = ({ query, extensions }: GraphQLParams) =>
  query == null && extensions?.persistedQuery != null;

/** Clients compare these words: they then send the document, and no hash from then on. */
const persistedQueryNotSupported = () =>
  failure('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', {
    http: { status: 400, spec: true },
  });
