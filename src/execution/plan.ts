/**
 * Compiles queries. What graphql-js finds out again for each field of each row is found out once for a document. The answer is
 * the same, including errors and their order: `test/execution/*.test.ts` compares the two.
 */
import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields } from './collect-fields.ts';
import {
  completingAbstract,
  completingLeaf,
  completingList,
  completingNonNull,
} from './completing.ts';
import type { Complete, FieldPlan, QueryPlan, Select } from './field-plan.ts';
import { NotPlanned } from './not-planned.ts';
import type { Selected } from './selected.ts';
import { compileSelection } from './selection.ts';

type Variables = Record<string, unknown>;

/** Bounds the size of plans. Nested fragments can make a short document a very large plan: a field takes a kilobyte. */
export class PlanBudget {
  #fields: number;

  /** All plans of a document together may grow in proportion to its text. */
  constructor({ loc }: DocumentNode) {
    this.#fields = Math.min(Math.max(100, (loc?.end ?? 0) / 2), 1000);
  }

  spend(fields: number) {
    this.#fields -= fields;
    if (this.#fields < 0) throw new NotPlanned('size');
  }
}

/** Plans a query for given values of the variables in `@skip` and `@include`. */
export function planQuery(
  asked: Omit<QueryPlan, 'select'>,
  variables: Variables,
  budget: PlanBudget,
): QueryPlan {
  const planner = new Planner(asked, variables, budget);
  const type = asked.schema.getQueryType() as GraphQLObjectType;
  return { ...asked, select: planner.selection(type, [asked.operation.selectionSet]) };
}

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #collecting: Parameters<typeof collectFields>[2];
  readonly #budget: PlanBudget;
  #fieldCount = 0;

  constructor(
    { schema, fragments }: Omit<QueryPlan, 'select'>,
    variables: Variables,
    budget: PlanBudget,
  ) {
    this.#schema = schema;
    this.#collecting = { schema, fragments, variables };
    this.#budget = budget;
  }

  selection(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): Select {
    const fields = collectFields(type, selectionSets, this.#collecting);
    if (type.isTypeOf) throw new NotPlanned('type');
    return compileSelection(
      type,
      [...fields].map(([key, nodes]) => this.#field(type, key, nodes)),
    );
  }

  #field(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Selected {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    this.#budget.spend(nodes.length);
    if (name === '__typename') return key;
    const field = parentType.getFields()[name];
    // `__schema` and `__type` are not fields of a type. In a valid document it must be one of them.
    if (!field) throw new NotPlanned('introspection');
    const plan: FieldPlan = {
      index: this.#fieldCount++,
      key,
      parentType,
      field,
      nodes,
      isLeaf: isLeafType(getNullableType(field.type)),
      isNullable: !isNonNullType(field.type),
      resolve: field.resolve ?? defaultFieldResolver,
      argsFor: (variables) => getArgumentValues(field, node, variables),
      complete: () => undefined,
    };
    plan.complete = this.#completing(field.type, plan);
    return plan;
  }

  #completing(type: GraphQLOutputType, plan: FieldPlan): Complete {
    const nullable = getNullableType(type);
    if (isLeafType(nullable)) return completingLeaf(nullable, plan);
    if (isNonNullType(type)) return completingNonNull(this.#completing(type.ofType, plan), plan);
    const complete = isListType(type) ? this.#list(type, plan) : this.#object(type, plan);
    return (run, value, place) => {
      if (value instanceof Error) throw value;
      return value === null || value === undefined ? null : complete(run, value, place);
    };
  }

  #list({ ofType }: GraphQLList<GraphQLOutputType>, plan: FieldPlan): Complete {
    const isNullable = !isNonNullType(ofType);
    const element: FieldPlan = { ...plan, isNullable, isLeaf: isLeafType(getNullableType(ofType)) };
    element.complete = this.#completing(ofType, element);
    return completingList(element, plan);
  }

  #object(type: GraphQLOutputType, plan: FieldPlan): Complete {
    const selectionSets = plan.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) {
      const select = this.selection(type, selectionSets);
      return (run, value, place) => select(run, value, place);
    }
    if (!isAbstractType(type) || !type.resolveType) throw new NotPlanned('type');
    const possible = this.#schema.getPossibleTypes(type);
    const selects = new Map<unknown, Select>(
      possible.map((each) => [each.name, this.selection(each, selectionSets)]),
    );
    return completingAbstract({ schema: this.#schema, type }, plan, selects);
  }
}
