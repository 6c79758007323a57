import { type GraphQLError, locatedError } from 'graphql';
import { CLOSED, LOOSE, NULL, OPEN, type Spot } from './field-plan.ts';
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
  readonly #root: Spot;
  readonly #quota: Quota;
  #isHolding = false;
  #end: (() => void) | undefined;

  constructor(root: Spot, quota: Quota) {
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
    place: Spot,
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

  /** At once, while what the place is part of is still being made. */
  fail(error: unknown, place: Spot): null {
    const located = this.#locate(error, place);
    if (place.isNullable) this.#record(located, place);
    this.#release(place.prev, place.awaited);
    if (place.isNullable) return null;
    place.state = LOOSE;
    throw located;
  }

  /** The same for an object, which then waits for those of its fields that have not failed. */
  hold(error: unknown, at: Spot): typeof PENDING {
    if (at.awaited === (at.isPromised ? 1 : 0)) throw error;
    at.held = { error };
    this.#isHolding = true;
    expect(at);
    return PENDING;
  }

  /** Too late to throw: up to the nearest place that may be null. */
  async #rise(error: unknown, from: Spot, hops: number) {
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
      const above = place.prev as Spot;
      if (above.state !== OPEN) return;
      above.state = CLOSED;
      risen = above.held ? above.held.error : risen;
      left = hopsInto(place) + hopsOutOf(above);
      place = above;
    }
  }

  /** What has come up to the root has been located below. */
  #locate(error: unknown, place: Spot): unknown {
    if (!place.prev) return error;
    return this.#quota.stop ?? locatedError(error, place.plan?.nodes, place.keys);
  }

  #nullify(error: unknown, place: Spot) {
    place.holder[place.key] = null;
    this.#record(error, place);
    this.#settle(place, place.prev, place.awaited);
  }

  #record(error: unknown, place: Spot) {
    if (!place.isBelowNull) {
      this.errors.push(error as GraphQLError);
      this.#quota.errors++;
    }
    place.state = NULL;
    if (place === this.#root) this.#end?.();
  }

  /** An object that is held above learns of it when it would in graphql-js. */
  #settle(place: Spot, from: Spot | undefined, count: number) {
    const hops = this.#isHolding ? hopsToHeld(place) : 0;
    if (hops === 0) return this.#release(from, count);
    void this.#releaseLater(from, count, hops + Number(from === place));
  }

  async #releaseLater(from: Spot | undefined, count: number, hops: number) {
    for (let left = hops; left > 0; left--) await undefined;
    this.#release(from, count);
  }

  /** So many are awaited no more. */
  #release(from: Spot | undefined, count: number) {
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

function expect(place: Spot) {
  for (let at: Spot | undefined = place; at && at.state < LOOSE; at = at.prev) at.awaited++;
}

/** From what waits for a place to what waits for all of the list, or of the object, that it is in. */
const hopsInto = ({ key }: Spot) => (typeof key === 'number' ? 1 : 2);

/** And on to where that is put into its own place. */
const hopsOutOf = ({ held, isPromised }: Spot) => (held ? 1 : 0) + (isPromised ? 2 : 1);

/** 0 where none is held. */
function hopsToHeld(place: Spot): number {
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
