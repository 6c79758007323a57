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
  fields: number;
  aliases: number;
  directives: number;
  /** Fields that stand side by side at its root. */
  rootFields: number;
  /** Lists of types and of fields within one another. */
  typeLists: number;
  /** Of what asks for the schema itself, the same two: its answer grows with their product, and none of it costs a call. */
  introspectionLists: number;
  /** Without those of `__type` itself: tools ask for several types at once. */
  introspectionAliases: number;
  /** How often `__type` is asked. */
  introspectionTypes: number;
}

const NOTHING: Counts = {
  depth: 0,
  fields: 0,
  aliases: 0,
  directives: 0,
  rootFields: 0,
  typeLists: 0,
  introspectionLists: 0,
  introspectionAliases: 0,
  introspectionTypes: 0,
};

const ONE_TYPE = '__type';
const INTROSPECTION = new Set(['__schema', ONE_TYPE]);
const TYPE_LISTS = new Set(['types', 'fields', 'inputFields', 'interfaces', 'possibleTypes']);

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
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.kind === Kind.FIELD
            ? around(selection, of(selection.selectionSet))
            : of(selection.selectionSet);
      counts = together(counts, plusDirectives(one, selection.directives));
    }
    return counts;
  }

  return of;
}

function around({ name, alias }: FieldNode, within: Counts): Counts {
  const aliases = within.aliases + (alias ? 1 : 0);
  const isIntrospection = INTROSPECTION.has(name.value);
  const isType = name.value === ONE_TYPE;
  return {
    depth: within.depth + 1,
    fields: within.fields + 1,
    aliases,
    directives: within.directives,
    rootFields: 1,
    typeLists: within.typeLists + (TYPE_LISTS.has(name.value) ? 1 : 0),
    introspectionLists: isIntrospection ? within.typeLists : within.introspectionLists,
    introspectionAliases: isType
      ? within.aliases
      : isIntrospection
        ? aliases
        : within.introspectionAliases,
    introspectionTypes: within.introspectionTypes + (isType ? 1 : 0),
  };
}

const plusDirectives = (counts: Counts, directives: readonly DirectiveNode[] | undefined) =>
  directives?.length ? { ...counts, directives: counts.directives + directives.length } : counts;

const together = (one: Counts, other: Counts): Counts => ({
  depth: Math.max(one.depth, other.depth),
  fields: one.fields + other.fields,
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  rootFields: one.rootFields + other.rootFields,
  typeLists: Math.max(one.typeLists, other.typeLists),
  introspectionLists: Math.max(one.introspectionLists, other.introspectionLists),
  introspectionAliases: one.introspectionAliases + other.introspectionAliases,
  introspectionTypes: one.introspectionTypes + other.introspectionTypes,
});

/**
 * How often the most repeated field is asked for in one place. graphql-js compares each with each. Takes as long as there
 * are fields, fragments spread out: to be asked only where these are few.
 */
export function mostRepeated(fragments: Fragments, sets: readonly SelectionSetNode[]): number {
  const groups = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = (set: SelectionSetNode | undefined) => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const group = groups.get(key) ?? [];
        group.push(selection);
        groups.set(key, group);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        collect(fragments.get(selection.name.value)?.selectionSet);
      }
    }
  };
  for (const set of sets) collect(set);
  let most = 0;
  for (const group of groups.values()) {
    const within = group.flatMap(({ selectionSet }) => selectionSet ?? []);
    most = Math.max(most, group.length, within.length > 0 ? mostRepeated(fragments, within) : 0);
  }
  return most;
}
