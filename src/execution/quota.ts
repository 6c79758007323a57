/** How much of an operation is run: once there is more, nothing else of it is worth its time. */
import { GraphQLError } from 'graphql';

export interface RunLimits {
  /** Of fields that fail: each takes far longer than one that does not. */
  errors: number;
  /** Of all lists together. */
  elements: number;
}

/** Thrown beyond, where null cannot stand. They have a path, so that graphql-js makes nothing of them any more. */
export const TOO_MANY_ERRORS = new GraphQLError('Too many fields have failed.', { path: [] });
export const TOO_MANY_ELEMENTS = new GraphQLError('The lists have too many elements.', {
  path: [],
});

/** Of one operation. */
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

  /** Why nothing more is run, once that is so: the answer will be refused as a whole, whatever stands in it. */
  get stop(): GraphQLError | undefined {
    if (this.elements > this.#limits.elements) return TOO_MANY_ELEMENTS;
    return this.errors > this.#limits.errors ? TOO_MANY_ERRORS : undefined;
  }

  /** Whether a field is not run any more: null stands for it. Throws where null cannot. */
  passesOver(isNullable: boolean): boolean {
    if (this.stop && !isNullable) throw this.stop;
    return this.stop !== undefined;
  }

  /** Of a list that is about to be made. */
  takeElements(count: number) {
    this.elements += count;
    if (this.stop) throw this.stop;
  }
}
