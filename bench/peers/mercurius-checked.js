/**
 * With the work that the gateway does for a row: every field that its contract with Astria names is checked, by zod as
 * zod's own documentation has it, whether or not the query asks for the field. Unknown fields are left out.
 */
import * as z from 'zod';
import { serve } from './mercurius-server.js';
import { readsWith } from './shared.js';

const id = z.int().positive();
const text = z.string().nullish();
const int = z.int32().nullish();
const bigInt = z.int().nullish();
const float = z.number().nullish();
const flag = z.boolean().nullish();
const webUrl = z.url({ protocol: /^https?$/ });
const url = webUrl.nullish();
const urls = z.array(webUrl).nullish();
const texts = z.array(z.string().nullable()).nullish();
const time = z.iso.datetime({ offset: true }).nullish();
const numberInText = z.string().trim().min(1).transform(Number).pipe(z.number());
const decimal = z.union([z.number(), numberInText]).nullish();

const Tune = z.object({
  id,
  title: text,
  name: text,
  token: text,
  branch: text,
  model_type: text,
  base_tune_id: id.nullish(),
  is_api: flag,
  args: text,
  steps: int,
  face_crop: flag,
  training_face_correct: flag,
  ckpt_url: url,
  ckpt_urls: urls,
  eta: time,
  started_training_at: time,
  trained_at: time,
  expires_at: time,
  created_at: time,
  updated_at: time,
  callback: url,
  url,
  orig_images: urls,
  cost_mc: bigInt,
  characteristics: z.record(z.string(), z.unknown()).nullish(),
  auto_extend: flag,
});

const TuneExcerpt = z.object({ id, title: text, name: text });

const Prompt = z.object({
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
  images: z.array(webUrl.nullable()).nullish(),
  content_types: texts,
  filenames: texts,
  user_error: text,
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

const [Tunes, Prompts] = [z.array(Tune), z.array(Prompt)];

await serve(
  readsWith({
    tune: (body) => Tune.parse(body),
    tunes: (body) => Tunes.parse(body),
    prompts: (body) => Prompts.parse(body),
  }),
);
