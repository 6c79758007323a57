/**
 * Compiles queries. What graphql-js finds out again for each field of each row is found out once for a document. The answer is
 * the same, including errors and their order: `test/execution/*.test.ts` compares the two.
 */
import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { wrongType } from './abstract.ts';
import { OVERHEAD, sizeOf } from './answer-size.ts';
import { collectFields } from './collect-fields.ts';
import type { Complete, FieldPlan, QueryPlan, Select, Spot } from './field-plan.ts';
import { inspect } from './inspect.ts';
import { isPromise } from './is-promise.ts';
import { NotPlanned } from './not-planned.ts';
import { compileSelection } from './selection.ts';

type Variables = Record<string, unknown>;

/** Bounds the size of plans. Nested fragments can make a short document a very large plan: a field takes a kilobyte. */
export class Budget {
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
  { schema, fragments, operation }: Omit<QueryPlan, 'select'>,
  variables: Variables,
  budget: Budget,
): QueryPlan {
  const asked = { schema, fragments, variables };
  let fieldCount = 0;

  function planFields(type: GraphQLObjectType, fields: Map<string, readonly FieldNode[]>) {
    if (type.isTypeOf) throw new NotPlanned('type');
    return compileSelection(
      type,
      [...fields].map(([key, nodes]) => planField(type, key, nodes)),
    );
  }

  function planField(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]) {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    budget.spend(nodes.length);
    if (name === '__typename') return key;
    const field = parentType.getFields()[name];
    // `__schema` and `__type` are not fields of a type. In a valid document it must be one of them.
    if (!field) throw new NotPlanned('introspection');
    const plan: FieldPlan = {
      index: fieldCount++,
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
    plan.complete = completing(field.type, plan);
    return plan;
  }

  function completing(type: GraphQLOutputType, plan: FieldPlan): Complete {
    const nullable = getNullableType(type);
    if (isLeafType(nullable)) return completingLeaf(nullable, plan);
    if (isNonNullType(type)) return completingNonNull(type, plan);
    const complete = isListType(type) ? completingList(type, plan) : completingObject(type, plan);
    return (run, value, place) => {
      if (value instanceof Error) throw value;
      return value === null || value === undefined ? null : complete(run, value, place);
    };
  }

  function completingNonNull({ ofType }: GraphQLNonNull<GraphQLOutputType>, plan: FieldPlan) {
    const complete = completing(ofType, plan);
    return ((run, value, place) => {
      const completed = complete(run, value, place);
      if (completed !== null) return completed;
      throw nullWhere(plan);
    }) satisfies Complete;
  }

  function completingList({ ofType }: GraphQLList<GraphQLOutputType>, plan: FieldPlan) {
    const isNullable = !isNonNullType(ofType);
    const element: FieldPlan = { ...plan, isNullable, isLeaf: isLeafType(getNullableType(ofType)) };
    element.complete = completing(ofType, element);
    return ((run, value, place) => {
      if (!isIterable(value)) {
        const { parentType, field } = plan;
        throw new GraphQLError(
          `Expected Iterable, but did not find one for field "${parentType.name}.${field.name}".`,
        );
      }
      if (Array.isArray(value)) run.quota.takeElements(value.length);
      const elements: unknown[] = [];
      for (const item of value) elements.push(run.value(element, item, elements, place));
      run.size += OVERHEAD * elements.length;
      return elements;
    }) satisfies Complete;
  }

  function completingLeaf(type: GraphQLLeafType, plan: FieldPlan) {
    return ((run, value) => {
      if (value instanceof Error) throw value;
      if (value === null || value === undefined) {
        if (plan.isNullable) return null;
        throw nullWhere(plan);
      }
      const serialized = type.serialize(value);
      run.size += sizeOf(serialized);
      if (serialized !== null && serialized !== undefined) return serialized;
      throw new Error(
        `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
      );
    }) satisfies Complete;
  }

  function completingObject(type: GraphQLOutputType, plan: FieldPlan): Complete {
    if (isObjectType(type)) {
      const select = selecting(type, plan);
      return (run, value, place) => select(run, value, place);
    }
    if (!isAbstractType(type) || !type.resolveType) throw new NotPlanned('type');
    const { resolveType } = type;
    const selects = new Map<unknown, Select>(
      schema.getPossibleTypes(type).map((possible) => [possible.name, selecting(possible, plan)]),
    );
    return (run, value, place) => {
      const completeAs = (name: unknown) => {
        const select = selects.get(name);
        if (select) return select(run, value, place);
        throw wrongType(schema, type, plan, { name, value });
      };
      const info = run.info(plan, place.ofField.prev as Spot);
      const name = resolveType(value, run.context, info, type) as unknown;
      return isPromise(name)
        ? run.await(name, place, (_, resolved) => completeAs(resolved))
        : completeAs(name);
    };
  }

  function selecting(type: GraphQLObjectType, plan: FieldPlan): Select {
    const selectionSets = plan.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return planFields(type, collectFields(type, selectionSets, asked));
  }

  const type = schema.getQueryType() as GraphQLObjectType;
  const fields = collectFields(type, [operation.selectionSet], asked);
  return { schema, fragments, operation, select: planFields(type, fields) };
}

/** Texts do not count as iterable here. */
const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function';

const nullWhere = ({ parentType, field }: FieldPlan) =>
  new Error(`Cannot return null for non-nullable field ${parentType.name}.${field.name}.`);
