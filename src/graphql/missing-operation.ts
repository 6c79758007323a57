import { type DocumentNode, type GraphQLError, Kind } from 'graphql';
import { badRequest } from './errors.ts';

/** Says why it is not known which operation of a document to run, and what to do. */
export function missingOperation(
  { definitions }: DocumentNode,
  wanted: string | null | undefined,
): GraphQLError {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const names = operations.flatMap((one) => ('name' in one && one.name ? one.name.value : []));
  const named = names.map((name) => `\`${name}\``).join(', ');
  if (operations.length === 0) {
    return badRequest('The document holds no operation: send a query or a mutation with it.');
  }
  if (!wanted) {
    return badRequest(
      `The document holds ${operations.length} operations: name one by \`operationName\`: ${named}.`,
    );
  }
  const remedy = named ? `it holds ${named}` : 'its operation has no name, so leave it out';
  return badRequest(
    `\`operationName\` is \`${wanted}\`, which the document does not hold: ${remedy}.`,
  );
}
