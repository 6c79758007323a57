import type { Context } from '../../context.ts';
import { BudgetType, ownBudget } from '../../graphql/budget.ts';
import { builder } from '../../graphql/builder.ts';
import { failure } from '../../graphql/errors.ts';
import { MoneyType } from '../../graphql/money.ts';
import type { Payer, Viewer } from '../../upstream/users.ts';

/** Restricts a field to callers who may use the whole account. Others do not learn who owns it, or its balance. */
const ofOwner =
  <Row, Value>(read: (row: Row) => Value) =>
  (row: Row, _args: object, { caller }: Context) => {
    if (!caller.workspaces) return read(row);
    throw failure(
      'FORBIDDEN',
      'You may only use some workspaces, so the owner of the key and the balance are hidden.',
    );
  };

/** The source of a viewer whose fields are all restricted for the caller. */
export const UNTOLD = {};

export const PayerType = builder.objectRef<Payer>('Payer').implement({
  description: 'Whose money is spent on what is made.',
  fields: (t) => ({
    astriaId: t.field({
      type: 'SafeInt',
      description: "Astria's number.",
      resolve: ofOwner(({ id }) => id),
    }),
    name: t.string({ description: 'Their name.', resolve: ofOwner(({ name }) => name) }),
    isSelf: t.boolean({
      description: 'Whether it is the owner of the key.',
      resolve: ofOwner(({ self }) => self),
    }),
    balance: t.field({
      type: MoneyType,
      description: 'What is left to spend.',
      resolve: ofOwner(({ usd_balance_mc }) => usd_balance_mc),
    }),
  }),
});

export const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description:
    'The owner of the key. Callers that may only use some workspaces can only read their `budget`: each other field is null, with a `FORBIDDEN`.',
  fields: (t) => ({
    astriaId: t.field({
      type: 'SafeInt',
      description: "Astria's number.",
      resolve: ofOwner(({ id }) => id),
    }),
    email: t.string({ description: 'Their address.', resolve: ofOwner(({ email }) => email) }),
    name: t.string({ description: 'Their name.', resolve: ofOwner(({ name }) => name) }),
    balance: t.field({
      type: MoneyType,
      description: 'What is left on their own account.',
      resolve: ofOwner(({ usd_balance_mc }) => usd_balance_mc),
    }),
    payer: t.field({
      type: PayerType,
      description:
        "Who pays: in a workspace it may be somebody else. Follows the request's own workspace.",
      resolve: ofOwner(({ payer }) => payer),
    }),
    autoExtendTunes: t.boolean({
      description: 'Whether their tunes are kept, at a fee, when they would expire.',
      resolve: ofOwner(({ auto_extend_tunes }) => auto_extend_tunes),
    }),
    topOffAmount: t.float({
      description: 'How much is added when the balance runs low; Astria does not say in what unit.',
      resolve: ofOwner(({ top_off_amount }) => top_off_amount),
    }),
    budget: t.field({
      type: BudgetType,
      description:
        'What you may spend: your own budget, or else that of the whole gateway. Null if there is no limit, as for a key of your own.',
      resolve: (_viewer, _args, context) => ownBudget(context),
    }),
    purchasedPluginAt: t.field({
      type: 'DateTime',
      description: "When they bought Astria's plugin; null if never.",
      resolve: ofOwner(({ purchased_plugin_at }) => purchased_plugin_at),
    }),
  }),
});
