/** Estimates a run of a pack by the pack's own prices. */
import { notFound } from '../../graphql/errors.ts';
import { astriaIds } from '../../graphql/ids.ts';
import { type Estimate, type Span, sumOf, unknown } from '../../prices/estimate.ts';
import { type Look, orUntold } from '../../prices/look.ts';
import type { PromptAttributes } from '../prompt/inputs.ts';
import { MAX_IMAGES } from '../prompt/price.ts';
import { isFilm } from '../prompt/rules.ts';
import { tuneById } from '../tune/loader.ts';
import { priceOfTune } from '../tune/price.ts';
import { costsOf } from './costs.ts';
import { type PackRow, packDetail } from './loader.ts';
import type { Pack } from './rest.ts';
import type { RunPack } from './run-inputs.ts';
import { templatesOf } from './templates.ts';

interface PricedRun {
  pack: number | string;
  /** The tunes of the run. If there are none, one is trained on photos. */
  tuneIds: readonly number[];
  /** The class of the subject in the photos. */
  className: string | null | undefined;
  templateIds: readonly number[] | undefined;
  attributes: PromptAttributes | null | undefined;
}

export const pricedRun = (
  pack: PricedRun['pack'],
  { tuneIds, promptIds, name, promptAttributes }: RunPack,
  root = 'input',
): PricedRun => ({
  pack,
  tuneIds: astriaIds('Tune', tuneIds ?? [], `${root}.tuneIds`),
  className: name,
  templateIds: promptIds ? astriaIds('Prompt', promptIds, `${root}.promptIds`) : undefined,
  attributes: promptAttributes,
});

/** Parameters of a prompt that do not change its price. */
const FREE_ATTRIBUTES: readonly (keyof PromptAttributes)[] = [
  ...(['negativePrompt', 'seed', 'aspectRatio', 'ar', 'callback', 'workspaceId'] as const),
  ...(['basePackId', 'packId', 'orderId', 'cfgScale', 'style', 'colorGrading'] as const),
  ...(['filmGrain', 'scheduler', 'community', 'loraScale'] as const),
];

export async function priceOfRun(look: Look, run: PricedRun): Promise<Estimate> {
  const { tuneIds, className, templateIds, attributes } = run;
  const pack = await packDetail(look.scope).load(run.pack);
  if (!pack) throw notFound('Pack', run.pack);
  const names = tuneIds.length > 0 ? await namesOf(look, tuneIds) : [className];
  // Each prompt of a multi pack shows all tunes together.
  const runs = pack.use_multi ? [names] : names.map((name) => [name]);
  const asOf = new Date(look.context.now()).toISOString();
  const made = sumOf(
    runs.map((subjects): Estimate => {
      const span = spanOf(pack, subjects, templateIds);
      if (!span || isOtherwise(attributes)) return unpriced(pack, run, span);
      return { basis: 'PACK', span, samples: 0, asOf };
    }),
  );
  return withTraining(look, { pack, made, run });
}

type Name = string | null | undefined;

/** Returns the class of each tune. It is undefined if it would take too many calls. */
async function namesOf(look: Look, tuneIds: readonly number[]): Promise<Name[]> {
  const tunes = tuneById(look.scope);
  return Promise.all(
    tuneIds.map(async (id) => {
      const tune = await Promise.resolve(tunes.load(id)).catch(orUntold);
      if (tune === null) throw notFound('Tune', id);
      return tune?.name;
    }),
  );
}

const isOtherwise = (attributes: PromptAttributes | null | undefined) =>
  Object.entries(attributes ?? {}).some(
    ([name, value]) => value != null && !FREE_ATTRIBUTES.includes(name as keyof PromptAttributes),
  );

interface Made {
  pack: PackRow;
  run: PricedRun;
  /** The estimate of the prompts. */
  made: Estimate;
}

/**
 * Adds the training. It is not known whether the pack's price includes it, so the low end is without it and the high end with
 * it.
 */
async function withTraining(look: Look, { pack, made, run }: Made): Promise<Estimate> {
  if (run.tuneIds.length > 0) return made;
  const { base_tune_id: baseTuneId, model_type: modelType } = pack;
  const both = sumOf([made, await priceOfTune(look, { baseTuneId, modelType })]);
  if (!both.span || !made.span) return both;
  return { ...both, span: { ...both.span, low: made.span.low } };
}

/**
 * Returns what nobody can price: all prompts of one subject. Templates may be videos, and a pack does not say which ones: so
 * its own price counts too, even if attributes change what is made.
 */
function unpriced(pack: PackRow, { templateIds, attributes }: PricedRun, span: Span | undefined) {
  // A pack that shows no templates may have some.
  const prompts = Math.max(1, templateIds?.length ?? templatesOf(pack).length);
  if (isFilm(attributes ?? {})) return unknown({ video: prompts }, span?.high);
  return unknown({ image: prompts * (attributes?.numImages ?? MAX_IMAGES) }, span?.high);
}

/** Returns the price of one run with subjects of these classes. Returns undefined if the pack has no price for them. */
function spanOf(pack: PackRow, subjects: readonly Name[], templateIds: PricedRun['templateIds']) {
  const chosen = templateIds && priceOfTemplates(pack, templateIds);
  if (chosen !== undefined) return throughApi(pack, { low: chosen, likely: chosen, high: chosen });
  const costs = costsOf(pack);
  const ofClass = costs.filter((cost) => subjects.includes(cost.className));
  const meant = ofClass.length > 0 ? ofClass : costs;
  const prices = meant.flatMap(({ milliCents }) => milliCents ?? []);
  if (prices.length === 0 || prices.length < meant.length) return undefined;
  const [low, likely] = [Math.min(...prices), Math.max(...prices)];
  // If the pack has no single price for the class, the run may make everything in the pack.
  const high = ofClass.length === 1 ? likely : prices.reduce((sum, price) => sum + price, 0);
  return throughApi(pack, { low: templateIds ? 0 : low, likely, high });
}

/** Returns undefined if the pack does not price each of them. */
function priceOfTemplates({ template_prompts: templates }: Pack, ids: readonly number[]) {
  const prices = ids.map((id) => templates?.find((template) => template.id === id)?.cost_mc);
  const known = prices.flatMap((price) => price ?? []);
  return known.length === ids.length ? known.reduce((sum, price) => sum + price, 0) : undefined;
}

/** Applies the pack's factor for runs through the API. It is not known whether its prices include the factor already. */
function throughApi({ multiplier_api: factor }: Pack, span: Span): Span {
  if (factor == null || factor === 1) return span;
  const low = Math.floor(span.low * Math.min(1, factor));
  return { ...span, low, high: Math.ceil(span.high * Math.max(1, factor)) };
}
