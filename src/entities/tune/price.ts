/** Estimates a training by what the account has paid for similar ones, and adds the prompts that are created with it. */
import { type Estimate, sumOf, unknown } from '../../prices/estimate.ts';
import { below, byHistory, type Look } from '../../prices/look.ts';
import { PUBLISHED_AT } from '../../prices/published.ts';
import type { PromptAttributes } from '../prompt/inputs.ts';
import { priceOfAll } from '../prompt/price.ts';
import { tunePages } from './loader.ts';
import { MOCK, type PaidTune } from './paid-for.ts';

export interface PricedTune {
  baseTuneId?: number | null | undefined;
  modelType?: string | null | undefined;
  branch?: string | null | undefined;
  steps?: number | null | undefined;
  preset?: string | null | undefined;
}

const FREE: Estimate = {
  basis: 'LIST',
  span: { low: 0, likely: 0, high: 0 },
  samples: 0,
  asOf: PUBLISHED_AT,
};

/** Astria's default if neither a base nor a branch is given. */
const USUAL_BRANCH = 'sd15';

export async function priceOfTune(
  look: Look,
  tune: PricedTune,
  prompts: readonly PromptAttributes[] = [],
): Promise<Estimate> {
  // The prompts of a mock training are free too.
  if (tune.branch === MOCK) return FREE;
  const training = await priceOfTraining(look, tune);
  // A tune without a model type is a checkpoint: a new model, so nothing has run on it yet. Others run on their base.
  const model = tune.modelType ? (tune.baseTuneId ?? undefined) : undefined;
  return sumOf([training, ...(await priceOfAll(look, model, prompts))]);
}

async function priceOfTraining(look: Look, asked: PricedTune): Promise<Estimate> {
  const filter = { model_type: asked.modelType ?? undefined };
  const paid = await byHistory<PaidTune>(look, {
    kind: 'tunes',
    filter,
    page: (before) => tunePages(look.scope).load({ ...filter, ...below(before) }),
    isAlike: (sample) => isAlike(asked, sample),
  });
  return paid ?? unknown({ tune: 1 });
}

function isAlike(asked: PricedTune, paid: PaidTune): boolean {
  const { baseTuneId, modelType, steps, preset } = asked;
  const branch = asked.branch ?? (baseTuneId == null ? USUAL_BRANCH : undefined);
  return (
    (modelType ?? null) === (paid.model_type ?? null) &&
    (baseTuneId == null || baseTuneId === paid.base_tune_id) &&
    (branch === undefined || branch === paid.branch) &&
    (steps == null || steps === paid.steps) &&
    (preset == null || Boolean(paid.args?.split(' ').includes(`preset=${preset}`)))
  );
}
