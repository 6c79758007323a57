import * as z from 'zod';
import type { Page, Session } from '../../upstream/client.ts';
import type { RowNames } from '../../upstream/errors.ts';
import {
  bigInt,
  decimal,
  flag,
  float,
  id,
  int,
  listedUrl,
  text,
  time,
  unread,
  url,
  urls,
} from '../../upstream/wire.ts';

/** The fields of a tune that a prompt contains. */
export const TuneExcerpt = z.object({ id, title: text, name: text });

/** The position in the list pairs an image with its content type, so a bad entry becomes null and does not shift the others. */
const images = z.array(listedUrl.nullable()).nullish();

/** One generation, as Astria answers it. */
export const Prompt = z.object({
  id,
  tune_id: id.nullish(),
  text,
  negative_prompt: text,
  cfg_scale: decimal,
  steps: int,
  seed: bigInt,
  super_resolution: flag,
  inpaint_faces: flag,
  hires_fix: flag,
  face_correct: flag,
  face_swap: flag,
  film_grain: flag,
  color_grading: text,
  ar: text,
  aspect_ratio: text,
  resolution: text,
  num_images: int,
  w: int,
  h: int,
  style: text,
  scheduler: text,
  controlnet: text,
  controlnet_txt2img: flag,
  controlnet_conditioning_scale: decimal,
  denoising_strength: decimal,
  input_image: url,
  mask_image: url,
  callback: url,
  trained_at: time,
  started_training_at: time,
  created_at: time,
  updated_at: time,
  url,
  images,
  content_types: z.array(z.string().nullable()).nullish(),
  filenames: z.array(z.string().nullable()).nullish(),
  user_error: text,
  /** Occurs where `user_error` does not. */
  error: text,
  cost_mc: bigInt,
  pack_id: id.nullish(),
  base_pack_id: id.nullish(),
  orig_prompt_id: id.nullish(),
  order_id: id.nullish(),
  workspace_id: id.nullish(),
  prompt_likes_count: int,
  liked: flag,
  tune: TuneExcerpt.nullish(),
  tunes: z.array(TuneExcerpt).nullish(),
  video_model: text,
  video_prompt: text,
  video_duration: decimal,
  input_video: url,
  image_references: urls,
  progress_timing_seconds: float,
  progress_elapsed_seconds: float,
});
const Prompts = z.array(Prompt);
export type Prompt = z.infer<typeof Prompt>;
export type TuneExcerpt = z.infer<typeof TuneExcerpt>;

export type PromptFilter = {
  text?: string | null;
  tune_id?: number | null;
  pack_id?: number | null;
  base_pack_id?: number | null;
  user_id?: number | null;
  orig_prompt_id?: number | null;
  order_id?: number | null;
  liked?: boolean | null;
  today?: boolean | null;
  is_video?: boolean | null;
  is_api?: boolean | null;
};

/** Astria's names of the parameters of a prompt, including those that occur only in its errors. */
export const PROMPT_PARAMETERS: readonly string[] = [
  ...['text', 'negative_prompt', 'num_images', 'seed', 'steps', 'cfg_scale', 'w', 'h', 'ar'],
  ...[
    'aspect_ratio',
    'resolution',
    'super_resolution',
    'inpaint_faces',
    'hires_fix',
    'face_correct',
  ],
  ...[
    'face_swap',
    'use_lpw',
    'prompt_expansion',
    'scheduler',
    'style',
    'color_grading',
    'film_grain',
  ],
  ...['theme', 'community', 'callback', 'workspace_id', 'pack_id'],
  ...[
    'base_pack_id',
    'order_id',
    'backend_version',
    'lora_scale',
    'controlnet',
    'controlnet_txt2img',
  ],
  ...['controlnet_conditioning_scale', 'denoising_strength', 'input_image', 'input_image_url'],
  ...['input_image_base64', 'mask_image', 'mask_image_url', 'video_model', 'video_prompt'],
  ...['video_duration', 'video_first_frame', 'video_first_frame_url', 'video_last_frame'],
  ...[
    'video_last_frame_url',
    'source_image_url',
    'input_video',
    'input_video_url',
    'image_references',
  ],
  ...[
    'image_reference_urls',
    'audio_reference',
    'audio_reference_url',
    'video_audio',
    'generate_audio',
  ],
  ...['video_upscale_model', 'video_upscale_target_resolution', 'video_fps_model'],
];

/** The rows that a prompt names. */
export const PROMPT_NAMES: RowNames = {
  text: 'tokens',
  negative_prompt: 'tokens',
  video_prompt: 'tokens',
  pack_id: 'Pack',
  base_pack_id: 'Pack',
  orig_prompt_id: 'Prompt',
  order_id: 'Order',
  workspace_id: 'Workspace',
};

/** Of an input that says itself where all it makes is to be, its prompts included. */
export const PLACE_OF_ALL = { workspace_id: 'workspaceId' };

/** Uses the flat path: the nested one answers 404 unless `tune_id` is the base model that the prompt ran on. */
export const fetchPrompt = (astria: Session, promptId: number) =>
  astria.request({
    path: '/prompts/:id',
    params: { id: promptId },
    names: { id: 'Prompt' },
    response: Prompt,
  });

export const fetchPrompts = (astria: Session, query: PromptFilter & Page) =>
  astria.request({ path: '/prompts', query, response: Prompts });

/** Reads prompts that ran on the tune or name it. Their own `tune_id` may be its base model. */
export const fetchPromptsOfTune = (astria: Session, tuneId: number, query: PromptFilter & Page) =>
  astria.request({
    path: '/tunes/:tune_id/prompts',
    params: { tune_id: tuneId },
    names: { tune_id: 'Tune' },
    query,
    response: Prompts,
  });

export const createPrompt = (astria: Session, tuneId: number, prompt: object) =>
  astria.request({
    method: 'POST',
    path: '/tunes/:tune_id/prompts',
    params: { tune_id: tuneId },
    body: { prompt },
    names: { tune_id: 'Tune', prompt: PROMPT_NAMES },
    response: Prompt,
  });

export const deletePrompt = (astria: Session, promptId: number) =>
  astria.request({
    method: 'DELETE',
    path: '/prompts/:id',
    params: { id: promptId },
    names: { id: 'Prompt' },
    response: unread,
  });

export const updatePrompt = (astria: Session, promptId: number, prompt: object) =>
  astria.request({
    method: 'PATCH',
    path: '/prompts/:id',
    params: { id: promptId },
    body: { prompt },
    names: { id: 'Prompt', prompt: PROMPT_NAMES },
    response: Prompt,
  });

/** `image_index` is sent beside the prompt. That image becomes the first frame. */
export const duplicatePrompt = (
  astria: Session,
  promptId: number,
  body: { prompt: object; image_index?: number },
) =>
  astria.request({
    method: 'POST',
    path: '/prompts/:id/duplicate',
    params: { id: promptId },
    body,
    names: { id: 'Prompt', prompt: PROMPT_NAMES },
    nested: {
      under: 'overrides',
      at: ['prompt'],
      parameters: PROMPT_PARAMETERS,
      renamed: { orig_prompt_id: 'id' },
    },
    response: Prompt,
  });

/** The answer is empty. */
export const likePrompt = (astria: Session, promptId: number, isLiked: boolean) =>
  astria.request({
    method: isLiked ? 'POST' : 'DELETE',
    path: '/prompts/:id/likes',
    params: { id: promptId },
    names: { id: 'Prompt' },
    response: unread,
  });
