import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { failure } from '../../graphql/errors.ts';
import { malformed } from '../params.ts';

/** Looks at what yoga does not, or words otherwise. */
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

/** By the protocol of Apollo's persisted queries, which urql speaks too: at first the document is left out. */
const isByHash = ({ query, extensions }: GraphQLParams) =>
  query == null && extensions?.persistedQuery != null;

/** Clients go by these very words: they send the document, and leave out the hash from then on. */
const persistedQueryNotSupported = () =>
  failure('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', {
    http: { status: 400, spec: true },
  });
