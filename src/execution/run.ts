/** One execution of a compiled query: the answer so far, what is awaited, and what has failed. */
import type { ExecutionResult, GraphQLResolveInfo } from 'graphql';
import { type FieldPlan, type QueryPlan, type Running, Spot } from './field-plan.ts';
import { Info } from './info.ts';
import { isPromise } from './is-promise.ts';
import { Progress } from './progress.ts';
import type { Quota } from './quota.ts';

type Variables = Record<string, unknown>;

export class Run implements Running {
  readonly plan: QueryPlan;
  readonly context: unknown;
  /** The coerced variables. */
  readonly variables: Variables;
  /** The size of the answer so far: `answer-size.ts`. */
  size = 0;
  readonly quota: Quota;
  readonly #args: Variables[] = [];
  readonly #answer: { data: unknown } = { data: null };
  readonly #root = new Spot(undefined, undefined, this.#answer);
  readonly #progress: Progress;

  constructor(plan: QueryPlan, context: unknown, variables: Variables, quota: Quota) {
    this.plan = plan;
    this.context = context;
    this.variables = variables;
    this.quota = quota;
    this.#progress = new Progress(this.#root, quota);
  }

  start(): ExecutionResult | Promise<ExecutionResult> {
    try {
      this.#answer.data = this.plan.select(this, undefined, this.#root);
    } catch (error) {
      this.#progress.fail(error, this.#root);
    }
    return this.#progress.end?.then(() => this.#result()) ?? this.#result();
  }

  /** The value of a field, or what stands for it until it comes; null where it has failed and may be null. */
  field(plan: FieldPlan, row: unknown, out: object, at: Spot): unknown {
    let value: unknown;
    try {
      if (this.quota.passesOver(plan.isNullable)) return null;
      value = plan.resolve(row, this.#argsOf(plan), this.context, this.info(plan, at));
    } catch (error) {
      return this.#progress.fail(error, new Spot(at, plan, out));
    }
    return this.value(plan, value, out, at);
  }

  /** The same of a field that is resolved already, or of an element of a list. */
  value(plan: FieldPlan, value: unknown, holder: object, at: Spot): unknown {
    let place: Spot | undefined;
    try {
      const isLate = isPromise(value);
      if (plan.isLeaf && !isLate) return plan.complete(this, value, at);
      place = new Spot(at, plan, holder);
      return isLate ? this.await(value, place, plan.complete) : plan.complete(this, value, place);
    } catch (error) {
      return this.#progress.fail(error, place ?? new Spot(at, plan, holder));
    }
  }

  await(value: PromiseLike<unknown>, place: Spot, complete: FieldPlan['complete']) {
    return this.#progress.await(value, place, (item) => complete(this, item, place));
  }

  /** To be called where a field of an object has failed that must not be null. */
  hold(error: unknown, at: Spot) {
    return this.#progress.hold(error, at);
  }

  info(plan: FieldPlan, at: Spot): GraphQLResolveInfo {
    return new Info(plan, this, at);
  }

  /**
   * Returns the arguments of a field. They are coerced once, but each row gets its own copy, because a resolver may change it.
   */
  #argsOf(plan: FieldPlan): Variables {
    if (plan.field.args.length === 0) return {};
    let args = this.#args[plan.index];
    if (!args) {
      args = plan.argsFor(this.variables);
      this.#args[plan.index] = args;
    }
    return { ...args };
  }

  #result(): ExecutionResult {
    const data = this.#answer.data as ExecutionResult['data'];
    const { errors } = this.#progress;
    return errors.length > 0 ? { errors, data } : { data };
  }
}
