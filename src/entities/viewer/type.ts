import { builder } from '../../graphql/builder.ts';
import { MoneyType } from '../../graphql/money.ts';
import type { Payer, Viewer } from '../../upstream/users.ts';

export const PayerType = builder.objectRef<Payer>('Payer').implement({
  description: 'Whose money is spent on what is made.',
  fields: (t) => ({
    astriaId: t.expose('id', { type: 'SafeInt', description: "Astria's number." }),
    name: t.exposeString('name', { description: 'Their name.' }),
    isSelf: t.exposeBoolean('self', { description: 'Whether it is the owner of the key.' }),
    balance: t.expose('usd_balance_mc', {
      type: MoneyType,
      description: 'What is left to spend.',
    }),
  }),
});

export const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The owner of the key.',
  fields: (t) => ({
    astriaId: t.expose('id', { type: 'SafeInt', description: "Astria's number." }),
    email: t.exposeString('email', { description: 'Their address.' }),
    name: t.exposeString('name', { description: 'Their name.' }),
    balance: t.expose('usd_balance_mc', {
      type: MoneyType,
      description: 'What is left on their own account.',
    }),
    payer: t.expose('payer', {
      type: PayerType,
      description:
        "Who pays: in a workspace it may be somebody else. Follows the request's own workspace.",
    }),
    autoExtendTunes: t.exposeBoolean('auto_extend_tunes', {
      description: 'Whether their tunes are kept, at a fee, when they would expire.',
    }),
    topOffAmount: t.exposeFloat('top_off_amount', {
      description: 'How much is added when the balance runs low; Astria does not say in what unit.',
    }),
    purchasedPluginAt: t.expose('purchased_plugin_at', {
      type: 'DateTime',
      description: "When they bought Astria's plugin; null if never.",
    }),
  }),
});
