import { builder } from '../../graphql/builder.ts';
import { MoneyType } from '../../graphql/money.ts';
import type { Estimate } from '../../prices/estimate.ts';

const CostBasis = builder.enumType('CostBasis', {
  description:
    'What an estimate rests on. Of several parts: the first of PACK, HISTORY and LIST that there is.',
  values: {
    LIST: {
      description:
        "Astria's published prices of video models, and its mock (`branch: fast`), which is free.",
    },
    PACK: { description: "The pack's own prices." },
    HISTORY: {
      description:
        'What the account has paid for the same: the same model, resolution and number of images; the same video model and duration; the same kind of training.',
    },
    UNKNOWN: { description: 'Nobody knows: the amounts are null.' },
  } as const,
});

export const CostEstimateType = builder.objectRef<Estimate>('CostEstimate').implement({
  description:
    'What something may cost, before it is paid for. Astria tells no price beforehand, so it is a span. What is left out of the input, such as `numImages` or `videoDuration`, makes it wider.',
  fields: (t) => ({
    low: t.field({
      type: MoneyType,
      description: 'It will hardly be less. Null where nobody knows.',
      resolve: ({ span }) => span?.low,
    }),
    likely: t.field({
      type: MoneyType,
      description: 'What is most likely. Null where nobody knows.',
      resolve: ({ span }) => span?.likely,
    }),
    high: t.field({
      type: MoneyType,
      description:
        'It will hardly be more: `maxCost` is compared with it. Null where nobody knows.',
      resolve: ({ span }) => span?.high,
    }),
    basis: t.expose('basis', {
      type: CostBasis,
      nullable: false,
      description: 'What it rests on.',
    }),
    samples: t.exposeInt('samples', {
      nullable: false,
      description: 'How many prompts and tunes of the account it rests on.',
    }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      description: 'Of when the prices are; of several parts the oldest. Null where nobody knows.',
    }),
  }),
});
