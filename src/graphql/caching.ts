/** What caches may keep of an answer, which they give to whoever asks the same: of what is the caller's own nothing. */
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
 * Stated beside a field that tells everybody the same, as far as what it stands in does. Where nothing is stated it is the
 * caller's own.
 */
export const FOR_ALL = { isForAll: true };

/** Whether all that it may select is for all. */
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

/** For how long an answer holds, by what was read for it. */
export class Freshness {
  /** Undefined where nobody knows. */
  seconds: number | undefined;

  atMost(seconds: number) {
    this.seconds = Math.min(this.seconds ?? Number.POSITIVE_INFINITY, seconds);
  }
}
