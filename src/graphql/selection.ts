import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { isIncluded } from '../execution/collect-fields.ts';

/** Returns whether a row with some fields of its type has all that is selected. */
export const isEnough = (excerpt: object, info: GraphQLResolveInfo): boolean =>
  namesIn(info).every((name) => name === 'astriaId' || Object.hasOwn(excerpt, name));

/** Cached, because it is asked for each row and is the same for all rows of a field, unless a variable decides. */
const known = new WeakMap<readonly FieldNode[], readonly string[]>();

function namesIn({ fieldNodes, fragments, variableValues }: GraphQLResolveInfo): readonly string[] {
  const found = known.get(fieldNodes);
  if (found) return found;
  let isFixed = true;
  // Each fragment is visited once. Fragments that spread each other twice would double the work at every level.
  const seen = new Set<string>();
  const within = (set: SelectionSetNode | undefined): string[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.directives?.length) isFixed = false;
      if (!isIncluded(selection, variableValues)) return [];
      if (selection.kind === 'Field') return selection.name.value;
      if (selection.kind === 'InlineFragment') return within(selection.selectionSet);
      const name = selection.name.value;
      if (seen.has(name)) return [];
      seen.add(name);
      return within(fragments[name]?.selectionSet);
    });
  const names = new Set(fieldNodes.flatMap((node) => within(node.selectionSet)));
  names.delete('__typename');
  if (isFixed) known.set(fieldNodes, [...names]);
  return [...names];
}
