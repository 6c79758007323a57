/** Estimates prompts by what the account has paid for the same, or by Astria's published prices. */
import { notFound } from '../../graphql/errors.ts';
import { type Estimate, times, unknown } from '../../prices/estimate.ts';
import { below, byHistory, type Look } from '../../prices/look.ts';
import { publishedPrice } from '../../prices/published.ts';
import { tuneById } from '../tune/loader.ts';
import type { DuplicatePrompt, PromptAttributes } from './inputs.ts';
import { promptById, promptPages } from './loader.ts';
import { type PaidPrompt, type PromptShape, paidFor, shapeIn, WORK } from './paid-for.ts';
import type { Prompt } from './rest.ts';
import { hasFlags, isVideo } from './rules.ts';

/** A parameter that is left out matches any value, because Astria's default is not known. */
interface PricedPrompt extends PromptShape {
  /** The model that runs the prompt. Undefined if it cannot be known. */
  model: number | undefined;
  hasAudio: boolean;
  /** Whether no row and no list shows the price. */
  isUnpriced: boolean;
}

const shapeOf = (prompt: PromptAttributes) => ({
  num_images: prompt.numImages,
  resolution: prompt.resolution,
  video_model: prompt.videoModel,
  video_duration: prompt.videoDuration,
  super_resolution: prompt.superResolution,
  hires_fix: prompt.hiresFix,
  inpaint_faces: prompt.inpaintFaces,
  face_correct: prompt.faceCorrect,
  face_swap: prompt.faceSwap,
  hasAudio: prompt.videoAudio === true,
  isUnpriced: hasFlags(prompt) || [prompt.videoUpscaleModel, prompt.videoFpsModel].some(Boolean),
});

/** Estimates a prompt that is sent to a tune. */
export async function priceOfPrompt(
  look: Look,
  tuneId: number,
  prompt: PromptAttributes,
): Promise<Estimate> {
  const shape = shapeOf(prompt);
  if (shape.isUnpriced) return unknown(unitsOf(shape));
  const model = shape.video_model ? undefined : await modelOf(look, tuneId);
  return priceOf(look, { ...shape, model });
}

/** Estimates a copy of an existing prompt. */
export async function priceOfCopy(
  look: Look,
  promptId: number,
  { overrides, imageIndex }: Pick<DuplicatePrompt, 'overrides' | 'imageIndex'>,
): Promise<Estimate> {
  const row = await promptById(look.scope).load(promptId);
  if (!row) throw notFound('Prompt', promptId);
  const { hasAudio, isUnpriced, ...given } = shapeOf({
    ...overrides,
    text: overrides?.text || row.text,
  });
  const isGiven = ([, value]: [string, unknown]) => value != null && value !== '';
  const shape = { ...shapeIn(row), ...Object.fromEntries(Object.entries(given).filter(isGiven)) };
  const model = row.tune_id ?? undefined;
  const becomesVideo = isVideo(overrides ?? {}) || imageIndex != null;
  // Without a model in the row or in the overrides, nobody knows which one makes the video.
  const isUntold = row.video_model
    ? !isToldBy(row, shape, hasAudio)
    : becomesVideo && !shape.video_model;
  return priceOf(look, { ...shape, model, hasAudio, isUnpriced: isUnpriced || isUntold });
}

/**
 * Returns whether the price of a video tells what its copy costs. A copy keeps sound and upscaling, which the row does not show:
 * only its price includes them.
 */
const isToldBy = (row: Prompt, copy: PromptShape, hasAudio: boolean) =>
  paidFor(row) !== undefined &&
  !hasAudio &&
  row.video_model === copy.video_model &&
  isLeftOr(copy.video_duration, row.video_duration);

async function priceOf(look: Look, asked: PricedPrompt): Promise<Estimate> {
  const { video_model: video, video_duration: duration, model, hasAudio } = asked;
  if (asked.isUnpriced || (!video && model === undefined)) return unknown(unitsOf(asked));
  const filter = video ? { is_video: true } : { tune_id: model };
  const paid = await byHistory<PaidPrompt>(look, {
    kind: 'prompts',
    filter,
    page: (before) => promptPages(look.scope).load({ ...filter, ...below(before) }),
    isAlike: (sample) => isAlike(asked, sample),
  });
  if (!video) return paid ?? unknown(unitsOf(asked));
  const seconds = duration == null ? duration : Number(duration);
  const listed = publishedPrice({ model: video, seconds, hasAudio });
  // No row shows whether its video has sound.
  return (hasAudio ? (listed ?? paid) : (paid ?? listed)) ?? unknown(unitsOf(asked));
}

/** The most images of one prompt. Astria's default number is not known. */
export const MAX_IMAGES = 8;

/** A prompt without a price may be a video, because flags in its text can ask for one. */
const unitsOf = (asked: PromptShape & { isUnpriced: boolean }) =>
  asked.video_model || asked.isUnpriced ? { video: 1 } : { image: asked.num_images ?? MAX_IMAGES };

/** Returns the model that runs the prompt. A LoRA or a faceid is referenced in the text and runs on its base model. */
async function modelOf(look: Look, tuneId: number): Promise<number> {
  const { geminiTuneId, seedreamTuneId } = look.context.config;
  if (tuneId === geminiTuneId || tuneId === seedreamTuneId) return tuneId;
  const memory = look.scope.memory();
  const known = memory.fact(`model of ${tuneId}`);
  if (known !== undefined) return known;
  const tune = await tuneById(look.scope).load(tuneId);
  if (!tune) throw notFound('Tune', tuneId);
  const isReference = tune.model_type || tune.base_tune_id === geminiTuneId;
  return memory.learn(`model of ${tuneId}`, (isReference && tune.base_tune_id) || tuneId);
}

const isLeftOr = (asked: unknown, told: unknown) => asked == null || String(asked) === String(told);

function isAlike(asked: PricedPrompt, paid: PaidPrompt): boolean {
  if ((asked.video_model ?? null) !== (paid.video_model ?? null)) return false;
  if (asked.video_model) return isLeftOr(asked.video_duration, paid.video_duration);
  return (
    asked.model === paid.model &&
    isLeftOr(asked.num_images, paid.num_images) &&
    isLeftOr(asked.resolution, paid.resolution) &&
    WORK.every((name) => Boolean(asked[name]) === Boolean(paid[name]))
  );
}

/** Estimates several prompts on one model, one after the other, so that they share what was read. */
export async function priceOfAll(
  look: Look,
  model: number | undefined,
  prompts: readonly PromptAttributes[],
): Promise<Estimate[]> {
  const estimates: Estimate[] = [];
  for (const prompt of prompts) estimates.push(await priceOf(look, { ...shapeOf(prompt), model }));
  return estimates;
}

/** Estimates `count` prompts with the same parameters. */
export const priceOfMany = async (
  look: Look,
  { tuneId, prompt, count }: { tuneId: number; prompt: PromptAttributes; count: number },
) => times(await priceOfPrompt(look, tuneId, prompt), count);
