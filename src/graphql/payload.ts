import type { Context } from '../context.ts';
import { BudgetType, ownBudget } from './budget.ts';
import { builder, QueryType, type RowFields } from './builder.ts';
import { MoneyType } from './money.ts';

/** Defines the payload of a mutation: its own fields, and `query` for what is read after the change. */
export const payload = <Row extends object>(name: string, fields: RowFields<Row>) =>
  builder.objectRef<Row>(name).implement({
    description: `The result of \`${name.charAt(0).toLowerCase()}${name.slice(1).replace(/Payload$/, '')}\`.`,
    fields: (t) => ({
      ...fields(t),
      query: t.field({
        type: QueryType,
        // A failing read must not remove the result of the change.
        nullable: true,
        description:
          "The query root, to read data after the change in the same operation, in the request's own workspace. Null if that read fails; the change stands.",
        resolve: () => ({}),
      }),
    }),
  });

/**
 * Does the same for a mutation that costs money. `costOf` returns milli-cents, or nothing while Astria does not report the
 * cost.
 */
export const paidPayload = <Row extends object>(
  name: string,
  costOf: (row: Row) => number | null | undefined,
  fields: RowFields<Row>,
) =>
  payload<Row>(name, (t) => ({
    ...fields(t),
    cost: t.field({
      type: MoneyType,
      description:
        'What it has cost. Null until Astria reports it, usually when the work is done. Then the object has its cost.',
      resolve: costOf,
    }),
    budget: t.field({
      type: BudgetType,
      description:
        'What you may spend from now on, if the gateway limits it: the same as `viewer.budget`. The cost of this mutation is included in `reserved` until Astria reports it.',
      resolve: (_row: Row, _args: object, context: Context) => ownBudget(context),
    }),
  }));

/** Defines the payload of a deletion. */
export const deletedPayload = (name: string, kind: string) =>
  payload<{ deletedId: string }>(name, (t) => ({
    deletedId: t.exposeID('deletedId', {
      nullable: false,
      description: `The global id of the ${kind} that was deleted.`,
    }),
  }));
