import type { GraphQLResolveInfo } from 'graphql';
import type { FieldPlan } from './plan.ts';

export type Holder = Record<string | number, unknown>;

/** How a place fares. It only ever goes further down this list. */
export const OPEN = 0;
/** A failure below it is on its way up: whatever else fails there is not heard any more. */
export const CLOSED = 1;
/** A list given up before its end: nobody waits for the rest. */
export const LOOSE = 2;
/** A failure has made it null: what still fails below counts for nothing. */
export const NULL = 3;

type Path = GraphQLResolveInfo['path'];

/** Where a value goes: a field of an object, or the next element of a list. The root has no plan, and no part in paths. */
export class Place {
  readonly prev: Place | undefined;
  readonly plan: FieldPlan | undefined;
  readonly holder: Holder;
  readonly key: string | number;
  /** How many values are still to come, for itself and below. */
  awaited = 0;
  /** Its value came as a promise. */
  isPromised = false;
  state = OPEN;
  /** Its object has failed at once, and is held until all that it awaits has come, as in graphql-js. */
  held: { error: unknown } | undefined;
  #path: Path | undefined;

  constructor(prev: Place | undefined, plan: FieldPlan | undefined, holder: object) {
    this.prev = prev;
    this.plan = plan;
    this.holder = holder as Holder;
    this.key = Array.isArray(holder) ? holder.length : (plan?.key ?? 'data');
  }

  get isNullable() {
    return this.plan?.isNullable ?? true;
  }

  get path(): Path | undefined {
    if (!this.prev) return undefined;
    const typename = typeof this.key === 'string' ? this.plan?.parentType.name : undefined;
    this.#path ??= { prev: this.prev.path, key: this.key, typename };
    return this.#path;
  }

  /** The same, as errors tell it. */
  get keys(): (string | number)[] {
    return this.prev ? [...this.prev.keys, this.key] : [];
  }

  /** The field that it is, or is an element of. */
  get ofField(): Place {
    return typeof this.key === 'number' && this.prev ? this.prev.ofField : this;
  }

  get isBelowNull(): boolean {
    return this.state === NULL || (this.prev?.isBelowNull ?? false);
  }
}
