/** A planned field, the place that its value goes to, and what both know of the run they are part of. */
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

/** A field where it stands in a document, with everything that is the same for all its rows. */
export interface FieldPlan {
  /** Among the fields of its query. */
  index: number;
  /** Its name in the answer. */
  key: string;
  parentType: GraphQLObjectType;
  field: GraphQLField<unknown, unknown>;
  nodes: readonly FieldNode[];
  isLeaf: boolean;
  isNullable: boolean;
  resolve: GraphQLFieldResolver<unknown, unknown>;
  argsFor(variables: Variables): Variables;
  /** Throws where a value cannot be what the schema says. */
  complete: Complete;
}

export interface QueryPlan {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  operation: OperationDefinitionNode;
  select: Select;
}

/** One execution, as those who make and complete its values see it. */
export interface Running {
  readonly plan: QueryPlan;
  readonly context: unknown;
  /** Coerced. */
  readonly variables: Variables;
  /** Of the answer, as in `answer-size.ts`. */
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
export class Spot {
  readonly prev: Spot | undefined;
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

  /** The same, as errors tell it. */
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
