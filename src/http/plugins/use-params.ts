import type { Plugin } from 'graphql-yoga';
import type { TrustedDocuments } from '../../graphql/trusted/trusted-documents.ts';
import { RefusedParams, withDocument } from '../documents.ts';
import { malformed } from '../params.ts';

/**
 * Checks what yoga does not check, or reports in other words. An upload gets its document here. Other requests already have it.
 */
export const useParams = (trusted: TrustedDocuments): Plugin => ({
  onParams({ params, setParams }) {
    if (params instanceof RefusedParams) throw params.refusal;
    if (typeof params !== 'object' || params === null) return;
    const known = withDocument(params, trusted);
    if (known.query == null) {
      throw malformed('The request has no `query`: send the document of an operation in it.');
    }
    if (typeof (known.operationName ?? '') !== 'string') {
      throw malformed('`operationName` must be a text: name an operation of the document.');
    }
    setParams(known);
  },
});
