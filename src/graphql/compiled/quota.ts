/** How much of an operation is run: once there is more, nothing else of it is worth its time. */
import { GraphQLError } from 'graphql';

export interface RunLimits {
  /** Of fields that fail: each takes far longer than one that does not. */
  errors: number;
  /** Of all lists together. */
  elements: number;
}

/** Thrown beyond. */
export const TOO_MANY_ERRORS = stop('Too many fields have failed.');
export const TOO_MANY_ELEMENTS = stop('The lists have too many elements.');

/**
 * Whoever runs an operation catches what a field throws, asks where it was, and goes on with the next field, of which there
 * may be thousands. This one is thrown once more when it is asked, and so on, up to the root: no other field is run.
 */
function stop(message: string): GraphQLError {
  const error = new GraphQLError(message);
  const get = () => {
    throw error;
  };
  return Object.defineProperty(error, 'path', { get });
}

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

  /** To be called before anything is run. */
  mustHaveRoom() {
    if (this.errors > this.#limits.errors) throw TOO_MANY_ERRORS;
    if (this.elements > this.#limits.elements) throw TOO_MANY_ELEMENTS;
  }

  /** Of a list that is about to be made. */
  takeElements(count: number) {
    this.elements += count;
    this.mustHaveRoom();
  }
}
