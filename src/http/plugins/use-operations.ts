import { type DocumentNode, getOperationAST } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { missingOperation } from '../../graphql/missing-operation.ts';
import type { KnownDocument, Operations } from '../../graphql/operations.ts';

/** Parses and validates each document once, and runs it compiled. */
export function useOperations(operations: Operations): Plugin {
  const known = new WeakMap<DocumentNode, KnownDocument>();
  return {
    onParse({ params: { source }, context, setParsedDocument }) {
      const found = operations.find(typeof source === 'string' ? source : source.body);
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
  };
}
