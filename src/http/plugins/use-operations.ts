import { type DocumentNode, getOperationAST } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { noStream } from '../../graphql/errors.ts';
import { missingOperation } from '../../graphql/missing-operation.ts';
import type { KnownDocument, Operations } from '../../graphql/operations.ts';
import type { TrustedDocuments } from '../../graphql/trusted/trusted-documents.ts';

/**
 * Parses, validates and compiles each document once, and checks that the caller may run it. All operations come through here.
 */
export function useOperations(operations: Operations, trusted: TrustedDocuments): Plugin<Context> {
  const known = new WeakMap<DocumentNode, KnownDocument>();
  return {
    onParse({ params: { source }, context, setParsedDocument }) {
      const text = typeof source === 'string' ? source : source.body;
      // Checked before the document is validated, because its errors reveal parts of the schema.
      trusted.check(text, (context as Context).caller);
      const found = operations.find(text);
      const { document, errors } = found;
      if (!document) throw errors[0];
      const { operationName } = (context as { params: GraphQLParams }).params;
      if (!getOperationAST(document, operationName))
        throw missingOperation(document, operationName);
      known.set(document, found);
      setParsedDocument(document);
    },
    onValidate({ params: { documentAST }, setResult }) {
      const found = known.get(documentAST);
      if (found) setResult(found.errors);
    },
    onExecute({ args: { document, operationName }, setExecuteFn }) {
      const operation = known.get(document)?.operation(operationName);
      if (!operation) return;
      setExecuteFn((args) => operation.execute(args.contextValue, args.variableValues));
    },
    onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const { document, operationName, contextValue } = args;
      const subscribe = known.get(document)?.operation(operationName)?.subscribe;
      if (!subscribe || !(contextValue as Context).stream) {
        setResultAndStopExecution({ errors: [noStream()] });
      } else setSubscribeFn((asked) => subscribe(asked.contextValue, asked.variableValues));
    },
  };
}
