/** A planned field, the position that its value goes to, and what both know of their run. */
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Quota } from './quota.ts';

type Variables = Record<string, unknown>;
export type Complete = (run: Running, value: unknown, place: Spot) => unknown;

/** A field at its position in a document, with everything that is the same for all rows. */
export interface FieldPlan {
  /** Its number among the fields of the query. */
  index: number;
  /** Its response name. */
  key: string;
  parentType: GraphQLObjectType;
  field: GraphQLField<unknown, unknown>;
  nodes: readonly FieldNode[];
  isLeaf: boolean;
  isNullable: boolean;
  resolve: GraphQLFieldResolver<unknown, unknown>;
  argsFor(variables: Variables): Variables;
  /** Completes a value. Throws if the value does not fit the type. */
  complete: Complete;
}

export interface QueryPlan {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  operation: OperationDefinitionNode;
  select: Select;
}

/** One execution, as seen by those who make and complete values. */
export interface Running {
  readonly plan: QueryPlan;
  readonly context: unknown;
  /** The coerced variables. */
  readonly variables: Variables;
  /** The size of the answer so far: `answer-size.ts`. */
  size: number;
  readonly quota: Quota;
  /** The value of a field, or what stands for it until it comes; null where it has failed and may be null. */
  field(plan: FieldPlan, row: unknown, out: object, at: Spot): unknown;
  /** The same of a field that is resolved already, or of an element of a list. */
  value(plan: FieldPlan, value: unknown, holder: object, at: Spot): unknown;
  await(value: PromiseLike<unknown>, place: Spot, complete: Complete): unknown;
  /** To be called where a field of an object has failed that must not be null. */
  hold(error: unknown, at: Spot): unknown;
  info(plan: FieldPlan, at: Spot): GraphQLResolveInfo;
}

/** Makes the answer's object of a row. */
export type Select = (run: Running, row: unknown, at: Spot) => unknown;

export type Holder = Record<string | number, unknown>;

/** The states of a place. A place only moves down this list. */
export const OPEN = 0;
/** An error below is on its way up. Further errors below are dropped. */
export const CLOSED = 1;
/** A list was given up before its end. Nobody waits for the rest. */
export const LOOSE = 2;
/** An error has made it null. Later errors below are dropped. */
export const NULL = 3;

type Path = GraphQLResolveInfo['path'];

/** Where a value goes: a field of an object, or the next element of a list. The root has no plan, and no part in paths. */
export class Spot {
  readonly prev: Spot | undefined;
  readonly plan: FieldPlan | undefined;
  readonly holder: Holder;
  readonly key: string | number;
  /** The number of values that are still to come, for itself and below. */
  awaited = 0;
  /** Whether its value came as a promise. */
  isPromised = false;
  state = OPEN;
  /**
   * Its object has failed synchronously. As in graphql-js, the error is held until everything that the object awaits has
   * settled.
   */
  held: { error: unknown } | undefined;
  #path: Path | undefined;

  constructor(prev: Spot | undefined, plan: FieldPlan | undefined, holder: object) {
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

  /** Its path, as errors tell it. */
  get keys(): (string | number)[] {
    return this.prev ? [...this.prev.keys, this.key] : [];
  }

  /** The field that it is, or is an element of. */
  get ofField(): Spot {
    return typeof this.key === 'number' && this.prev ? this.prev.ofField : this;
  }

  get isBelowNull(): boolean {
    return this.state === NULL || (this.prev?.isBelowNull ?? false);
  }
}
