import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * A row that holds only some fields of its type: is that enough for what the operation asks of it? `@skip` and
 * `@include` are not looked at: a field that might be asked for counts as asked for.
 */
export const isEnough = (excerpt: { id: number }, info: GraphQLResolveInfo): boolean =>
  selectsOnly(info, ['astriaId', ...Object.keys(excerpt)]);

function selectsOnly(info: GraphQLResolveInfo, fields: readonly string[]): boolean {
  // Each fragment once: fragments that spread one another twice would double the work at every level.
  const seen = new Set<string>();
  const isWithin = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).every((selection) => {
      if (selection.kind === 'Field') {
        const name = selection.name.value;
        return name === '__typename' || fields.includes(name);
      }
      if (selection.kind === 'InlineFragment') return isWithin(selection.selectionSet);
      const name = selection.name.value;
      if (seen.has(name)) return true;
      seen.add(name);
      return isWithin(info.fragments[name]?.selectionSet);
    });
  return info.fieldNodes.every((node) => isWithin(node.selectionSet));
}
