/** What was paid for a training, and all that decides on its price. */
import { isPrice, type Sample } from '../../prices/estimate.ts';
import type { Tune } from './rest.ts';

export type PaidTune = Sample &
  Pick<Tune, 'base_tune_id' | 'model_type' | 'branch' | 'steps' | 'args'>;

/** Astria's mock, which is documented to be free. */
export const MOCK = 'fast';

/** One of the gallery was paid for by somebody else. */
export function paidFor(row: Tune): PaidTune | undefined {
  const { id, cost_mc: costMc, trained_at: at, isGallery, base_tune_id, ...more } = row;
  const { model_type, branch, steps, args } = more;
  if (!isPrice(costMc) || !at || isGallery || branch === MOCK) return undefined;
  return { id, costMc, at, base_tune_id, model_type, branch, steps, args };
}
