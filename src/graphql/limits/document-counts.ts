/** How large a document is, counted before anything is checked that takes longer the larger it is. */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Of a selection, with each fragment as often as it is spread. */
interface Counts {
  /** How deep fields stand within fields. */
  depth: number;
  /** With the spreads of fragments. */
  fields: number;
  aliases: number;
  directives: number;
  /** Fields that stand side by side at its root. */
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

/** Of all operations of a document together; at the root, of the one that has most. */
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

/** Each fragment is counted once, however often it is spread; what it counts for where it spreads itself is nothing. */
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
 * What asks for the schema costs no call, and nothing bounds its answer, which grows with the product of its lists and aliases:
 * so an alias in it counts for many. Tools ask for several types at once.
 */
function aliasesOf({ name, alias }: FieldNode, within: number): number {
  const own = alias ? 1 : 0;
  if (name.value === '__schema') return SCHEMA_ALIAS * (own + within);
  return name.value === '__type' ? TYPE_ALIAS * own + SCHEMA_ALIAS * within : own + within;
}

const SCHEMA_ALIAS = 100;
const TYPE_ALIAS = 10;

/** A spread is gone through as a field is. */
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
