import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * Does the operation ask for nothing of this object but `fields`? Then a partial row can answer. `@skip` and
 * `@include` are not looked at: a field that might be asked for counts as asked for.
 */
export function selectsOnly(info: GraphQLResolveInfo, fields: readonly string[]): boolean {
  const isWithin = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).every((selection) => {
      if (selection.kind === 'Field') {
        const name = selection.name.value;
        return name === '__typename' || fields.includes(name);
      }
      return isWithin(
        selection.kind === 'InlineFragment'
          ? selection.selectionSet
          : info.fragments[selection.name.value]?.selectionSet,
      );
    });
  return info.fieldNodes.every((node) => isWithin(node.selectionSet));
}
