/** How a resolved value becomes a part of the answer, by the kind of its type: CompleteValue of the specification. */
import {
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLSchema,
} from 'graphql';
import { wrongType } from './abstract.ts';
import { OVERHEAD, sizeOf } from './answer-size.ts';
import type { Complete, FieldPlan, Select, Spot } from './field-plan.ts';
import { inspect } from './inspect.ts';
import { isPromise } from './is-promise.ts';

export function completingNonNull(complete: Complete, plan: FieldPlan): Complete {
  return (run, value, place) => {
    const completed = complete(run, value, place);
    if (completed !== null) return completed;
    throw nullWhere(plan);
  };
}

export function completingList(element: FieldPlan, { parentType, field }: FieldPlan): Complete {
  return (run, value, place) => {
    if (!isIterable(value)) {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${parentType.name}.${field.name}".`,
      );
    }
    if (Array.isArray(value)) run.quota.takeElements(value.length);
    const elements: unknown[] = [];
    for (const item of value) elements.push(run.value(element, item, elements, place));
    run.size += OVERHEAD * elements.length;
    return elements;
  };
}

export function completingLeaf(type: GraphQLLeafType, plan: FieldPlan): Complete {
  return (run, value) => {
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
  };
}

/** `selects` has a selection for each possible type, by its name. */
export function completingAbstract(
  { schema, type }: { schema: GraphQLSchema; type: GraphQLAbstractType },
  plan: FieldPlan,
  selects: ReadonlyMap<unknown, Select>,
): Complete {
  const resolveType = type.resolveType as NonNullable<GraphQLAbstractType['resolveType']>;
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

/** Texts do not count as iterable here. */
const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function';

const nullWhere = ({ parentType, field }: FieldPlan) =>
  new Error(`Cannot return null for non-nullable field ${parentType.name}.${field.name}.`);
