import { type GraphQLError, locatedError } from 'graphql';
import { CLOSED, LOOSE, NULL, OPEN, type Place } from './field-plan.ts';
import type { Quota } from './quota.ts';

/** Stands for a value until it has come. */
export const PENDING = Symbol('pending');

/**
 * What is still awaited, and what has failed. In graphql-js each waiting field, object and list has a promise, so an error
 * takes time from one to the next and may meet a faster one. Here only the resolvers' own promises are awaited. When something
 * fails, the same time is taken (a hop is one promise that leads to the next), so that the errors and their order are the same.
 */
export class Progress {
  readonly errors: GraphQLError[] = [];
  readonly #root: Place;
  readonly #quota: Quota;
  #isHolding = false;
  #end: (() => void) | undefined;

  constructor(root: Place, quota: Quota) {
    this.#root = root;
    this.#quota = quota;
  }

  /** Undefined if nothing is awaited. */
  get end(): Promise<void> | undefined {
    if (this.#root.awaited === 0) return undefined;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  await(
    value: PromiseLike<unknown>,
    place: Place,
    complete: (value: unknown) => unknown,
  ): typeof PENDING {
    place.isPromised = true;
    expect(place);
    promiseOf(value).then(
      (item) => {
        try {
          place.holder[place.key] = complete(item);
        } catch (error) {
          void this.#rise(error, place, 1);
          return;
        }
        this.#settle(place, place, 1);
      },
      (error) => void this.#rise(error, place, 1),
    );
    return PENDING;
  }

  /** Handles an error at once, while the object around it is still being made. */
  fail(error: unknown, place: Place): null {
    const located = this.#locate(error, place);
    if (place.isNullable) this.#record(located, place);
    this.#release(place.prev, place.awaited);
    if (place.isNullable) return null;
    place.state = LOOSE;
    throw located;
  }

  /** Holds the error of an object until those of its fields that have not failed have settled. */
  hold(error: unknown, at: Place): typeof PENDING {
    if (at.awaited === (at.isPromised ? 1 : 0)) throw error;
    at.held = { error };
    this.#isHolding = true;
    expect(at);
    return PENDING;
  }

  /** Carries an error that came too late to be thrown up to the nearest nullable place. */
  async #rise(error: unknown, from: Place, hops: number) {
    let risen = error;
    let left = hops;
    for (let place = from; ; ) {
      for (; left > 0; left--) await undefined;
      try {
        risen = this.#locate(risen, place);
        if (place.isNullable) return this.#nullify(risen, place);
      } catch (thrown) {
        // The thrown value is too odd to be described.
        risen = thrown;
      }
      const above = place.prev as Place;
      if (above.state !== OPEN) return;
      above.state = CLOSED;
      risen = above.held ? above.held.error : risen;
      left = hopsInto(place) + hopsOutOf(above);
      place = above;
    }
  }

  /** An error that reaches the root was located below. */
  #locate(error: unknown, place: Place): unknown {
    if (!place.prev) return error;
    return this.#quota.stop ?? locatedError(error, place.plan?.nodes, place.keys);
  }

  #nullify(error: unknown, place: Place) {
    place.holder[place.key] = null;
    this.#record(error, place);
    this.#settle(place, place.prev, place.awaited);
  }

  #record(error: unknown, place: Place) {
    if (!place.isBelowNull) {
      this.errors.push(error as GraphQLError);
      this.#quota.errors++;
    }
    place.state = NULL;
    if (place === this.#root) this.#end?.();
  }

  /** Tells an object that is held above, at the moment at which graphql-js would. */
  #settle(place: Place, from: Place | undefined, count: number) {
    const hops = this.#isHolding ? hopsToHeld(place) : 0;
    if (hops === 0) return this.#release(from, count);
    void this.#releaseLater(from, count, hops + Number(from === place));
  }

  async #releaseLater(from: Place | undefined, count: number, hops: number) {
    for (let left = hops; left > 0; left--) await undefined;
    this.#release(from, count);
  }

  /** Counts values that are no longer awaited. */
  #release(from: Place | undefined, count: number) {
    for (let at = from; at && at.state < LOOSE; at = at.prev) {
      at.awaited -= count;
      if (at.held && at.awaited === 1 && at.state === OPEN) {
        at.state = CLOSED;
        void this.#rise(at.held.error, at, hopsOutOf(at));
      }
      if (at.awaited === 0 && at === this.#root) this.#end?.();
    }
  }
}

function expect(place: Place) {
  for (let at: Place | undefined = place; at && at.state < LOOSE; at = at.prev) at.awaited++;
}

/** The hops from a value to the list or object that it is in. */
const hopsInto = ({ key }: Place) => (typeof key === 'number' ? 1 : 2);

/** The hops from there to its own place. */
const hopsOutOf = ({ held, isPromised }: Place) => (held ? 1 : 0) + (isPromised ? 2 : 1);

/** Returns the hops to the nearest object that is held, or 0 if there is none. */
function hopsToHeld(place: Place): number {
  let hops = 0;
  for (let at = place; at.prev; at = at.prev) {
    hops += hopsInto(at);
    if (at.prev.held) return hops;
    hops += hopsOutOf(at.prev);
  }
  return 0;
}

/** Makes a promise of a thenable, which may call back twice, synchronously, or throw. */
const promiseOf = (value: PromiseLike<unknown>): Promise<unknown> =>
  value instanceof Promise ? value : new Promise((resolve, reject) => value.then(resolve, reject));
