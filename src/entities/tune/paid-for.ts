/** What was paid for a training, and all that decides on its price. */
import { isPrice, type Sample } from '../../prices/estimate.ts';
import type { Tune } from './rest.ts';

export type PaidTune = Sample &
  Pick<Tune, 'base_tune_id' | 'model_type' | 'branch' | 'steps' | 'args'>;

/** The branch of Astria's mock trainings, which are documented to be free. */
export const MOCK = 'fast';

/** Returns undefined for a row of the gallery, because somebody else paid for it. */
export function paidFor(row: Tune): PaidTune | undefined {
  const { id, cost_mc: costMc, trained_at: at, isGallery, base_tune_id } = row;
  const { model_type, branch, steps, args } = row;
  if (!isPrice(costMc) || !at || isGallery || branch === MOCK) return undefined;
  return { id, costMc, at, base_tune_id, model_type, branch, steps, args };
}
