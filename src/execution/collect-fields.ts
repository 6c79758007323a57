import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { NotPlanned } from './not-planned.ts';

interface Collecting {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/**
 * Returns the selected fields of an object of this type by their response names: CollectFields of the specification, which
 * graphql-js does not export. A name has several nodes if it is selected in several places.
 */
export function collectFields(
  type: GraphQLObjectType,
  selectionSets: Iterable<SelectionSetNode>,
  { schema, fragments, variables }: Collecting,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode) {
    for (const selection of selections) {
      // Checked before the directives, as in graphql-js: their evaluation may fail.
      if (selection.kind === Kind.FRAGMENT_SPREAD && spread.has(selection.name.value)) continue;
      if (isPlanned(selection, variables)) add(selection);
    }
  }

  function add(selection: SelectionNode) {
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const nodes = fields.get(key);
      if (nodes) nodes.push(selection);
      else fields.set(key, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      addFragment(selection);
    } else {
      const { value: name } = selection.name;
      spread.add(name);
      addFragment(fragments[name]);
    }
  }

  function addFragment(fragment: FragmentDefinitionNode | InlineFragmentNode | undefined) {
    if (fragment && isFor(fragment)) collect(fragment.selectionSet);
  }

  function isFor({ typeCondition }: FragmentDefinitionNode | InlineFragmentNode) {
    if (!typeCondition) return true;
    const wanted = typeFromAST(schema, typeCondition);
    return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
  }

  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

/** Returns whether `@skip` and `@include` let the selection through. */
export const isIncluded = (node: SelectionNode, variables: Record<string, unknown>) =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;

/**
 * The same for a plan. If a directive cannot be evaluated, the query is left to graphql-js, which reports the error at its
 * place.
 */
function isPlanned(node: SelectionNode, variables: Record<string, unknown>) {
  try {
    return isIncluded(node, variables);
  } catch (error) {
    if (error instanceof GraphQLError) throw new NotPlanned('directives');
    throw error;
  }
}
