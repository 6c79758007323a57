/** Measures the size of a document, before any check whose duration grows with it. */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of a selection. A fragment counts each time it is spread. */
interface Counts {
  /** The number of levels of nested fields. */
  depth: number;
  /** Includes spreads of fragments. */
  fields: number;
  aliases: number;
  directives: number;
  /** The number of fields at the root. */
  rootFields: number;
}

const NOTHING: Counts = {
  depth: 0,
  fields: 0,
  aliases: 0,
  directives: 0,
  rootFields: 0,
};

type Fragments = Map<string, FragmentDefinitionNode>;

export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );

/** Returns the sum over all operations of a document. `depth` and `rootFields` are those of the largest operation. */
export function countOperations(
  operations: readonly OperationDefinitionNode[],
  fragments: Fragments,
): Counts {
  const countIn = counter(fragments);
  const counts = operations.map(({ selectionSet, directives, variableDefinitions = [] }) => {
    const ofVariables = variableDefinitions.flatMap((variable) => variable.directives ?? []);
    return plusDirectives(countIn(selectionSet), [...(directives ?? []), ...ofVariables]);
  });
  const rootFields = Math.max(0, ...counts.map((one) => one.rootFields));
  return { ...counts.reduce(together, NOTHING), rootFields };
}

/** Measures each fragment once, however often it is spread. A fragment that spreads itself counts as empty there. */
function counter(fragments: Fragments): (set: SelectionSetNode | undefined) => Counts {
  const known = new Map<string, Counts>();

  function ofFragment(name: string): Counts {
    const counted = known.get(name);
    if (counted) return counted;
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const counts = plusDirectives(of(fragment?.selectionSet), fragment?.directives);
    known.set(name, counts);
    return counts;
  }

  function of(set: SelectionSetNode | undefined): Counts {
    let counts = NOTHING;
    for (const selection of set?.selections ?? []) {
      const one =
        selection.kind === Kind.FIELD
          ? around(selection, of(selection.selectionSet))
          : spread(
              selection.kind === Kind.FRAGMENT_SPREAD
                ? ofFragment(selection.name.value)
                : of(selection.selectionSet),
            );
      counts = together(counts, plusDirectives(one, selection.directives));
    }
    return counts;
  }

  return of;
}

const around = (field: FieldNode, within: Counts): Counts => ({
  depth: within.depth + 1,
  fields: within.fields + 1,
  aliases: aliasesOf(field, within.aliases),
  directives: within.directives,
  rootFields: 1,
});

/**
 * Introspection takes no call to Astria, and its answer has no other limit. The answer grows with the product of lists and
 * aliases, so an alias in introspection counts as many. Tools ask for several types at once, so an alias of `__type` counts as
 * fewer.
 */
function aliasesOf({ name, alias }: FieldNode, within: number): number {
  const own = alias ? 1 : 0;
  if (name.value === '__schema') return SCHEMA_ALIAS * (own + within);
  return name.value === '__type' ? TYPE_ALIAS * own + SCHEMA_ALIAS * within : own + within;
}

const SCHEMA_ALIAS = 100;
const TYPE_ALIAS = 10;

/** A spread takes as long to check as a field. */
const spread = (counts: Counts): Counts => ({ ...counts, fields: counts.fields + 1 });

const plusDirectives = (counts: Counts, directives: readonly DirectiveNode[] | undefined) =>
  directives?.length ? { ...counts, directives: counts.directives + directives.length } : counts;

const together = (one: Counts, other: Counts): Counts => ({
  depth: Math.max(one.depth, other.depth),
  fields: one.fields + other.fields,
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  rootFields: one.rootFields + other.rootFields,
});
