import { builder } from './builder.ts';
import { FOR_ALL } from './caching.ts';

/** The source of a Money is Astria's number in milli-cents. */
export const MoneyType = builder.objectRef<number>('Money').implement({
  description: 'An amount of money, in US dollars.',
  fields: (t) => ({
    milliCents: t.field({
      type: 'SafeInt',
      nullable: false,
      extensions: FOR_ALL,
      description: 'Thousandths of a US cent, as Astria counts: 100000 is one dollar.',
      resolve: (milliCents) => Math.round(milliCents),
    }),
    usd: t.float({
      nullable: false,
      extensions: FOR_ALL,
      description: 'The same in US dollars: 0.115 is 11.5 cents.',
      resolve: (milliCents) => Math.round(milliCents) / 100_000,
    }),
  }),
});
