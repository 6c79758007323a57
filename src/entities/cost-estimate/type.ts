import { builder } from '../../graphql/builder.ts';
import { MoneyType } from '../../graphql/money.ts';
import type { Estimate } from '../../prices/estimate.ts';

const CostBasis = builder.enumType('CostBasis', {
  description:
    'What an estimate is based on. If it has several parts: the first of PACK, HISTORY and LIST that one of them has.',
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
    UNKNOWN: { description: 'The cost is not known: the amounts are null.' },
  } as const,
});

export const CostEstimateType = builder.objectRef<Estimate>('CostEstimate').implement({
  description:
    'What something may cost, before it is paid for. Astria does not report prices in advance, so it is a range. Fields that are left out of the input, such as `numImages` or `videoDuration`, make the range wider.',
  fields: (t) => ({
    low: t.field({
      type: MoneyType,
      description: 'The lower end: it is unlikely to cost less. Null if it is not known.',
      resolve: ({ span }) => span?.low,
    }),
    likely: t.field({
      type: MoneyType,
      description: 'The most likely cost. Null if it is not known.',
      resolve: ({ span }) => span?.likely,
    }),
    high: t.field({
      type: MoneyType,
      description:
        'The upper end: it is unlikely to cost more. `maxCost` is compared with it. Null if it is not known.',
      resolve: ({ span }) => span?.high,
    }),
    basis: t.expose('basis', {
      type: CostBasis,
      nullable: false,
      description: 'What the estimate is based on.',
    }),
    samples: t.exposeInt('samples', {
      nullable: false,
      description: 'The number of prompts and tunes of the account that the estimate is based on.',
    }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      description:
        'The date of the prices; the oldest if there are several. Null if it is not known.',
    }),
  }),
});
