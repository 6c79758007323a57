import type { GraphQLResolveInfo } from 'graphql';
import type { FieldPlan, Running, Spot } from './field-plan.ts';

/** The `info` of a resolver. Its properties are made on demand, because most are never read. */
export class Info implements GraphQLResolveInfo {
  readonly #plan: FieldPlan;
  readonly #run: Running;
  readonly #at: Spot;

  constructor(plan: FieldPlan, run: Running, at: Spot) {
    this.#plan = plan;
    this.#run = run;
    this.#at = at;
  }

  get fieldName() {
    return this.#plan.field.name;
  }
  get fieldNodes() {
    return this.#plan.nodes;
  }
  get returnType() {
    return this.#plan.field.type;
  }
  get parentType() {
    return this.#plan.parentType;
  }
  get path() {
    const { key, parentType } = this.#plan;
    return { prev: this.#at.path, key, typename: parentType.name };
  }
  get schema() {
    return this.#run.plan.schema;
  }
  get fragments() {
    return this.#run.plan.fragments;
  }
  get rootValue() {
    return undefined;
  }
  get operation() {
    return this.#run.plan.operation;
  }
  get variableValues() {
    return this.#run.variables;
  }
}
