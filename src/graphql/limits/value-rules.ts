/** Rules for values in a document that the specification allows. */
import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type ValidationContext,
  type ValueNode,
} from 'graphql';

/**
 * Within a list or an object graphql-js reads a variable without a value as the inherited property of that name. For
 * `$toString` a function would go to Astria.
 */
export function InheritedNamesRule(context: ValidationContext): ASTVisitor {
  const check = (value: ValueNode) => {
    if (value.kind !== Kind.VARIABLE || !(value.name.value in Object.prototype)) return;
    const message = `The variable \`$${value.name.value}\` has a name that every JavaScript object has, and is used within a list or an object: give it another name.`;
    context.reportError(new GraphQLError(message, { nodes: value }));
  };
  return {
    ObjectField: ({ value }) => check(value),
    ListValue: ({ values }) => values.forEach(check),
  };
}

/** graphql-js reads a number that is too large as `Infinity`. JSON cannot hold that, so Astria would get null. */
export const FiniteNumbersRule = (context: ValidationContext): ASTVisitor => ({
  FloatValue(node) {
    if (Number.isFinite(Number(node.value))) return;
    const message = `The number ${node.value} is too large: give one below 1.8e308.`;
    context.reportError(new GraphQLError(message, { nodes: node }));
  },
});
