/**
 * Why a query runs by graphql-js: it introspects, its plan would be too large, a `@skip` or `@include` cannot be evaluated or
 * there are too many variables in them, or the schema has a type that decides about its rows at run time.
 */
export type Unplanned = 'introspection' | 'size' | 'directives' | 'conditions' | 'type';

/** Thrown if a query has something that cannot be planned. */
export class NotPlanned extends Error {
  readonly reason: Unplanned;

  constructor(reason: Unplanned) {
    super(reason);
    this.reason = reason;
  }
}
