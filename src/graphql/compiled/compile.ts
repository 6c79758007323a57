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
import { Budget, planQuery, type QueryPlan } from './plan.ts';
import { Quota } from './quota.ts';
import { Run } from './run.ts';

type Variables = Record<string, unknown>;

type Result = ExecutionResult | Promise<ExecutionResult>;

/** Does what `execute` of graphql-js does for one operation of one document. Expects the document to be valid. */
export type Executor = (context: unknown, variables: Variables | null | undefined) => Result;

/** What is answered instead of a result of such a size (`answer-size.ts`), if anything is. */
export type Bound = (result: ExecutionResult, size: number, context: unknown) => ExecutionResult;

export interface CompileOptions {
  operationName?: string | null | undefined;
  budget?: Budget;
  /** How much may be run for a context. */
  quotaOf?: (context: unknown) => Quota;
  bound?: Bound;
}

/** Each of them doubles the plans there may be. */
const MAX_CONDITIONS = 4;

/**
 * Queries run by a plan of their own; whatever cannot be planned (mutations, introspection, documents that would make too
 * large a plan) is left to graphql-js.
 */
export function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  options: CompileOptions = {},
): Executor {
  const { operationName, budget = new Budget(document), quotaOf = Quota.unlimited } = options;
  const { bound = (result) => result } = options;
  const within = (result: Result, context: unknown, size: (answer: ExecutionResult) => number) => {
    const check = (answer: ExecutionResult) => bound(answer, size(answer), context);
    return result instanceof Promise ? result.then(check) : check(result);
  };
  const interpret: Executor = (contextValue, variableValues) => {
    const result = execute({ schema, document, contextValue, variableValues, operationName });
    return within(result as Result, contextValue, ({ data }) => sizeOf(data));
  };
  const operation = getOperationAST(document, operationName);
  const conditions = conditionsIn(document);
  if (operation?.operation !== 'query' || conditions.length > MAX_CONDITIONS) return interpret;
  const plans = planner({ schema, document, operation }, budget);
  const definitions = operation.variableDefinitions ?? [];
  return (context, variables) => {
    if (typeof (variables ?? {}) !== 'object') return interpret(context, variables);
    const { coerced, errors } = getVariableValues(schema, definitions, variables ?? {}, {
      maxErrors: MAX_ERRORS,
    });
    if (errors) return { errors };
    const plan = plans(coerced, conditions);
    if (!plan) return interpret(context, variables);
    const run = new Run(plan, context, coerced, quotaOf(context));
    return within(run.start(), context, () => run.size);
  };
}

/** As in graphql-js. */
const MAX_ERRORS = 50;

interface Source {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/** A plan for each combination of what decides which fields there are. */
function planner({ schema, document, operation }: Source, budget: Budget) {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const plans = new Map<string, QueryPlan | null>();
  const asked = new Set<string>();
  return (variables: Variables, conditions: readonly string[]) => {
    const key = conditions.map((name) => String(variables[name])).join();
    const known = plans.get(key);
    if (known !== undefined) return known;
    // A plan costs as much as many executions, and some documents come but once.
    if (!asked.has(key)) {
      asked.add(key);
      return null;
    }
    const plan = attempt(() => planQuery({ schema, fragments, operation }, variables, budget));
    plans.set(key, plan);
    return plan;
  };
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    // graphql-js then says what there is to say.
    return null;
  }
}

/** The variables that stand in `@skip` and `@include`. */
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
