import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { badRequest, failure } from '../../graphql/errors.ts';

/** Looks at what yoga does not, or words otherwise. */
export const useParams = (): Plugin => ({
  onParams({ params }) {
    if (isByHash(params)) throw persistedQueryNotSupported();
    if (typeof (params?.operationName ?? '') !== 'string') {
      throw badRequest('`operationName` must be a text: name an operation of the document.');
    }
  },
});

/** By the protocol of Apollo's persisted queries, which urql speaks too: at first the document is left out. */
const isByHash = (params: GraphQLParams | null) =>
  params?.query == null && params?.extensions?.persistedQuery != null;

/** Clients go by these very words: they send the document, and leave out the hash from then on. */
const persistedQueryNotSupported = () =>
  failure('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', {
    http: { status: 400, spec: true },
  });
