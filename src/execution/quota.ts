/** Stops an operation that has more errors or list elements than its answer may have. */
import { GraphQLError } from 'graphql';

export interface RunLimits {
  /** The most fields that may fail. A field that fails takes far longer than one that does not. */
  errors: number;
  /** The most elements of all lists together. */
  elements: number;
}

/** Thrown if null is not allowed. They have a path, so that graphql-js passes them on unchanged. */
export const TOO_MANY_ERRORS = new GraphQLError('Too many fields have failed.', { path: [] });
export const TOO_MANY_ELEMENTS = new GraphQLError('The lists have too many elements.', {
  path: [],
});

/** The quota of one operation. */
export class Quota {
  errors = 0;
  elements = 0;
  readonly #limits: RunLimits;

  constructor(limits: RunLimits) {
    this.#limits = limits;
  }

  static unlimited() {
    return new Quota({ errors: Number.POSITIVE_INFINITY, elements: Number.POSITIVE_INFINITY });
  }

  /** The error that stopped the run, if one did. The answer will be that error alone. */
  get stop(): GraphQLError | undefined {
    if (this.elements > this.#limits.elements) return TOO_MANY_ELEMENTS;
    return this.errors > this.#limits.errors ? TOO_MANY_ERRORS : undefined;
  }

  /** Returns whether a field is skipped, with null in its place. Throws if null is not allowed. */
  passesOver(isNullable: boolean): boolean {
    if (this.stop && !isNullable) throw this.stop;
    return this.stop !== undefined;
  }

  /** Counts the elements of a list before it is made. */
  takeElements(count: number) {
    this.elements += count;
    if (this.stop) throw this.stop;
  }
}
