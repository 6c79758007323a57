/**
 * Decides what caches may store of an answer. A cache gives a stored answer to any client, so nothing that belongs to one
 * caller may be stored.
 */
import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Marks a field whose value is the same for all callers, as long as the object that it is on is. A field without the mark
 * belongs to one caller.
 */
export const FOR_ALL = { isForAll: true };

/** Returns whether everything that the operation selects is the same for all callers. */
export function isForAll(
  operation: OperationDefinitionNode,
  { definitions }: DocumentNode,
  schema: GraphQLSchema,
): boolean {
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const types = new TypeInfo(schema);
  let isSo = true;
  visit(
    { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
    visitWithTypeInfo(types, {
      Field({ name }) {
        if (name.value === '__typename' || types.getFieldDef()?.extensions.isForAll) return;
        isSo = false;
        return BREAK;
      },
    }),
  );
  return isSo;
}

/** The time for which an answer may be cached. It depends on what was read for the answer. */
export class Freshness {
  /** Undefined if it is not known. */
  seconds: number | undefined;

  atMost(seconds: number) {
    this.seconds = Math.min(this.seconds ?? Number.POSITIVE_INFINITY, seconds);
  }
}
