/**
 * Why a query is left to graphql-js: it asks for what there is in the schema, it would make too large a plan, its `@skip` or
 * `@include` cannot be read or stand under too many variables, or the schema has a type that looks at its rows by itself.
 */
export type Unplanned = 'introspection' | 'size' | 'directives' | 'conditions' | 'type';

/** Thrown where a query has something that is left to graphql-js. */
export class NotPlanned extends Error {
  readonly reason: Unplanned;

  constructor(reason: Unplanned) {
    super(reason);
    this.reason = reason;
  }
}
