/** Estimates the prompts of a theme. */
import { type Estimate, sumOf } from '../../prices/estimate.ts';
import type { Look } from '../../prices/look.ts';
import type { PromptAttributes } from '../prompt/inputs.ts';
import { priceOfMany } from '../prompt/price.ts';

/** The number of prompts that Astria writes for each tune. */
const PROMPTS_PER_TUNE = 10;

export async function priceOfTheme(
  look: Look,
  tuneIds: readonly number[],
  { numImages }: Pick<PromptAttributes, 'numImages'>,
): Promise<Estimate> {
  const estimates: Estimate[] = [];
  for (const tuneId of tuneIds) {
    estimates.push(
      await priceOfMany(look, { tuneId, prompt: { numImages }, count: PROMPTS_PER_TUNE }),
    );
  }
  return sumOf(estimates);
}
