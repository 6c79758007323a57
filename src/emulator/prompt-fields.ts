import { takeInline, takeMedia, takePictures } from './media.ts';
import { flagOf, numberOf, type Params, textOf } from './params.ts';
import type { Draft } from './prompt-rules.ts';
import type { PromptBody, PromptRow, World } from './store.ts';
import { FLUX, GEMINI, GPT_IMAGE, SEEDREAM } from './tune.ts';
import { durationOf, videoCentsOf } from './video-models.ts';

/** Returns the request's fields as a response shows them, with defaults filled in. `mediaOf` returns the media. */
export function promptFieldsOf({
  params,
  modelId,
  text,
}: Pick<Draft, 'params' | 'modelId' | 'text'>): Partial<PromptBody> {
  const cfgScale = numberOf(params, 'cfg_scale');
  const isGemini = modelId === GEMINI;
  const videoModel = textOf(params, 'video_model');
  return {
    tune_id: modelId,
    text,
    negative_prompt: textOf(params, 'negative_prompt') ?? '',
    // Rails sends decimal columns as texts.
    cfg_scale: cfgScale === null ? null : decimal(cfgScale),
    steps: numberOf(params, 'steps'),
    seed: numberOf(params, 'seed'),
    super_resolution: flagOf(params, 'super_resolution') ?? false,
    inpaint_faces: flagOf(params, 'inpaint_faces') ?? false,
    hires_fix: flagOf(params, 'hires_fix') ?? false,
    face_correct: flagOf(params, 'face_correct') ?? false,
    face_swap: flagOf(params, 'face_swap') ?? false,
    film_grain: flagOf(params, 'film_grain') ?? false,
    color_grading: textOf(params, 'color_grading'),
    ar: textOf(params, 'ar') ?? textOf(params, 'aspect_ratio') ?? '1:1',
    aspect_ratio: textOf(params, 'aspect_ratio'),
    resolution: textOf(params, 'resolution') ?? (isGemini ? '2K' : null),
    num_images: numberOf(params, 'num_images') ?? 1,
    w: numberOf(params, 'w'),
    h: numberOf(params, 'h'),
    style: textOf(params, 'style'),
    scheduler: textOf(params, 'scheduler'),
    controlnet: textOf(params, 'controlnet'),
    controlnet_txt2img: flagOf(params, 'controlnet_txt2img') ?? false,
    controlnet_conditioning_scale: numberOf(params, 'controlnet_conditioning_scale'),
    denoising_strength: numberOf(params, 'denoising_strength'),
    callback: textOf(params, 'callback'),
    pack_id: numberOf(params, 'pack_id'),
    base_pack_id: numberOf(params, 'base_pack_id'),
    orig_prompt_id: numberOf(params, 'orig_prompt_id'),
    order_id: numberOf(params, 'order_id'),
    video_model: videoModel,
    video_prompt: textOf(params, 'video_prompt'),
    video_duration:
      numberOf(params, 'video_duration') ?? (videoModel === null ? null : durationOf(videoModel)),
  };
}

const decimal = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(1) : `${value}`;

export async function mediaOf(world: World, params: Params): Promise<Partial<PromptBody>> {
  const inputImage = await takePictures(world, params, 'input_image');
  const maskImage = await takePictures(world, params, 'mask_image');
  const references = await takePictures(world, params, 'image_references');
  // These four are only checked: no response of Astria's contains them.
  await takePictures(world, params, 'video_first_frame');
  await takePictures(world, params, 'video_last_frame');
  takeMedia(world, params, 'source_image');
  takeMedia(world, params, 'audio_reference');
  return {
    input_image: inputImage[0] ?? takeInline(world, params, 'input_image_base64'),
    mask_image: maskImage[0] ?? null,
    input_video: takeMedia(world, params, 'input_video')[0] ?? null,
    image_references: references,
  };
}

const MC_PER_IMAGE: Record<number, number> = {
  [FLUX]: 2300,
  [GEMINI]: 12_500,
  [SEEDREAM]: 6000,
  [GPT_IMAGE]: 15_000,
};

/**
 * Returns the price of the video or of all images, in thousandths of a cent. The prices of videos are Astria's published ones.
 * The others are plausible, not Astria's.
 */
export function promptCostMc({ unknowns }: World, fields: Partial<PromptBody>): number {
  return Math.round(listedMcOf(fields) * unknowns.priceFactor);
}

function listedMcOf(fields: Partial<PromptBody>): number {
  const { video_model: video, video_duration: seconds, tune_id } = fields;
  if (video) return 1000 * videoCentsOf(video, Number(seconds ?? durationOf(video)));
  const extra = fields.super_resolution ? 575 : 0;
  return ((MC_PER_IMAGE[tune_id ?? 0] ?? 1500) + extra) * (fields.num_images ?? 1);
}

/** The fields that Astria compares to find a repeated request, besides `use_lpw`. Media and video fields are not compared. */
const COMPARED = [
  'text',
  'tune_id',
  'cfg_scale',
  'steps',
  'seed',
  'callback',
  'negative_prompt',
  'super_resolution',
  'face_correct',
  'ar',
  'num_images',
  'controlnet',
  'denoising_strength',
  'controlnet_conditioning_scale',
  'w',
  'h',
  'hires_fix',
  'scheduler',
  'controlnet_txt2img',
  'inpaint_faces',
] as const satisfies (keyof PromptBody)[];

export const isSameRequest = (a: PromptRow, b: Pick<PromptRow, 'fields' | 'useLpw'>): boolean =>
  a.useLpw === b.useLpw &&
  COMPARED.every((name) => (a.fields[name] ?? null) === (b.fields[name] ?? null));
