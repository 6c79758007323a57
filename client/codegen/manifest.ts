/** A plugin of codegen: the operations as trusted documents, in the form of Apollo's manifest. */
import { createHash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, getOperationAST, print } from 'graphql';

interface File {
  document?: DocumentNode;
}

/** Each file holds one operation. */
export function plugin(_: GraphQLSchema, files: readonly File[]): string {
  const operations = files.flatMap(({ document }) => {
    const operation = document && getOperationAST(document);
    if (!operation) return [];
    // As clients print it.
    const body = print(document);
    const id = createHash('sha256').update(body).digest('hex');
    return [{ id, name: operation.name?.value, type: operation.operation, body }];
  });
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
