import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { sizeOf } from './answer-size.ts';
import type { QueryPlan } from './field-plan.ts';
import { NotPlanned, type Unplanned } from './not-planned.ts';
import { PlanBudget, planQuery } from './plan.ts';
import { Quota } from './quota.ts';
import { Run } from './run.ts';

type Variables = Record<string, unknown>;

type Result = ExecutionResult | Promise<ExecutionResult>;

/** Takes what an operation is run with, for whatever comes of it. */
export type Runner<Answer> = (
  context: unknown,
  variables: Variables | null | undefined,
  /** The root value. */
  root?: unknown,
) => Answer;

/** Does what `execute` of graphql-js does for one operation of one document. Expects the document to be valid. */
export type Executor = Runner<Result>;

/** Replaces a result whose size (`answer-size.ts`) is over a limit. */
export type Bound = (result: ExecutionResult, size: number, context: unknown) => ExecutionResult;

export interface CompileOptions {
  operationName?: string | null | undefined;
  budget?: PlanBudget;
  /** Whether it is planned at once, unless variables decide what it asks for. */
  isAhead?: boolean;
  /** How much may be run for a context. */
  quotaOf?: (context: unknown) => Quota;
  bound?: Bound;
  /** Called once for each query that is left to graphql-js, with the reason. */
  onUnplanned?: (reason: Unplanned) => void;
}

/** The most variables in `@skip` and `@include`. Each doubles the number of possible plans. */
const MAX_CONDITIONS = 4;

/**
 * Compiles a document. Queries run by a plan. Whatever cannot be planned (mutations, introspection, documents whose plan would
 * be too large) runs by graphql-js.
 */
export function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  options: CompileOptions = {},
): Executor {
  const { operationName, budget = new PlanBudget(document), quotaOf = Quota.unlimited } = options;
  const { bound = (result) => result, onUnplanned = () => {} } = options;
  const within = (result: Result, context: unknown, size: (answer: ExecutionResult) => number) => {
    const check = (answer: ExecutionResult) => bound(answer, size(answer), context);
    return result instanceof Promise ? result.then(check) : check(result);
  };
  const interpret: Executor = (contextValue, variableValues, rootValue) => {
    const args = { schema, document, rootValue, contextValue, variableValues, operationName };
    const result = execute(args);
    return within(result as Result, contextValue, ({ data }) => sizeOf(data));
  };
  const operation = getOperationAST(document, operationName);
  const conditions = conditionsIn(document);
  if (operation?.operation !== 'query') return interpret;
  const plans = planner({ schema, document, operation }, { budget, conditions, onUnplanned });
  const definitions = operation.variableDefinitions ?? [];
  if (options.isAhead && conditions.length === 0) plans({});
  return (context, variables) => {
    if (typeof (variables ?? {}) !== 'object') return interpret(context, variables);
    const { coerced, errors } = getVariableValues(schema, definitions, variables ?? {}, {
      maxErrors: MAX_ERRORS,
    });
    if (errors) return { errors };
    const plan = plans(coerced);
    if (!plan) return interpret(context, variables);
    const run = new Run(plan, context, coerced, quotaOf(context));
    return within(run.start(), context, () => run.size);
  };
}

/** The same number as in graphql-js. */
const MAX_ERRORS = 50;

interface Planned {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

interface Planning {
  budget: PlanBudget;
  /** The names of the variables that decide which fields are selected. */
  conditions: readonly string[];
  onUnplanned(reason: Unplanned): void;
}

/** A plan for each combination of what decides which fields there are; null where it is left to graphql-js. */
function planner({ schema, document, operation }: Planned, planning: Planning) {
  const { budget, conditions, onUnplanned } = planning;
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const plans = new Map<string, QueryPlan | null>();

  function plan(variables: Variables): QueryPlan | null {
    try {
      if (conditions.length > MAX_CONDITIONS) throw new NotPlanned('conditions');
      return planQuery({ schema, fragments, operation }, variables, budget);
    } catch (error) {
      if (!(error instanceof NotPlanned)) throw error;
      onUnplanned(error.reason);
      return null;
    }
  }

  return (variables: Variables) => {
    const key =
      conditions.length > MAX_CONDITIONS
        ? ''
        : conditions.map((name) => String(variables[name])).join();
    const known = plans.get(key);
    if (known !== undefined) return known;
    const made = plan(variables);
    plans.set(key, made);
    return made;
  };
}

/** Returns the names of the variables in `@skip` and `@include`. */
function conditionsIn(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args ?? []) {
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      }
    },
  });
  return [...names];
}
