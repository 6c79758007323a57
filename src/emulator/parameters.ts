/** The documented parameters of each kind of request. Other ones are reported, not refused. */
import { nameOfUrls, storedAt } from './media.ts';
import { tellOnce } from './notes.ts';
import { listOf, type Param, type Params, textOf } from './params.ts';
import type { World } from './store.ts';
import { unknownFlagsIn } from './video-flags.ts';
import { videoModel } from './video-models.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

const withUrls = (names: string[]): string[] => names.flatMap((name) => [name, nameOfUrls(name)]);

/** The ranges of a prompt's numbers. An infinite range only requires a number. */
export const PROMPT_RANGES: Record<string, [lowest: number, highest: number]> = {
  num_images: [1, 8],
  steps: [0, 50],
  cfg_scale: [0, 15],
  seed: [0, 2 ** 32],
  denoising_strength: [0, 1],
  controlnet_conditioning_scale: [0, 1],
  lora_scale: [-Infinity, Infinity],
};

/** Includes what Astria's clients send without need, such as `tune_id` beside the one in the path. */
const PROMPT = [
  ...Object.keys(PROMPT_RANGES),
  ...words(`text negative_prompt super_resolution inpaint_faces hires_fix
    face_correct face_swap use_lpw prompt_expansion aspect_ratio ar backend_version resolution w h
    scheduler style color_grading film_grain theme community callback workspace_id pack_id base_pack_id
    orig_prompt_id order_id tune_id controlnet
    controlnet_txt2img input_image_base64 video_model video_prompt video_duration source_image_url video_audio
    generate_audio video_upscale_model video_upscale_target_resolution video_fps_model`),
  ...withUrls(
    words(`input_image mask_image video_first_frame video_last_frame input_video image_references
      audio_reference`),
  ),
];

/** The parameters of a tune and of a pack run, which trains one. */
const TUNE =
  words(`title name images image_urls characteristics callback base_tune_id model_type branch token
  steps face_crop training_face_correct preset auto_extend`);

/** `prompts_attributes` belongs to a tune, `prompt_attributes` to a run. Either does nothing in the other's place. */
export const KNOWN = {
  prompt: PROMPT,
  tune: [...TUNE, 'image_captions', 'prompts_attributes'],
  'pack run': [...TUNE, ...words('prompt_attributes prompts_callback tune_ids prompt_ids brief')],
  pack: words('title base_tune_id model_type subtitle'),
  workspace: words('title brief landing_page_html'),
  theme: words('theme tune_ids prompt_attributes'),
  'direct upload': words('filename byte_size checksum content_type'),
  inspection: words('name file file_url'),
  description: words('file_url names'),
  classification: words('file_url'),
  'video inspection': words('file_url blob_signed_id tune_ids'),
  'GET /tunes': words('title name model_type branch limit offset before_id'),
  'GET /prompts':
    words(`text pack_id base_pack_id tune_id user_id orig_prompt_id order_id liked today is_video
    is_api limit offset before_id`),
  'GET /packs': words('public listed limit offset'),
};

export type RequestKind = keyof typeof KNOWN;

export const knownOf = (kind: RequestKind, params: object): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => KNOWN[kind].includes(name)));

/** Reports unknown names, because they may be misspelt. */
export function noteUnknown(world: World, kind: RequestKind, params: Params): void {
  for (const name of Object.keys(params)) {
    if (KNOWN[kind].includes(name)) continue;
    const place = kind.startsWith('GET') ? `${kind}?${name}` : `${kind}[${name}]`;
    tellUnknown(world, place, 'acts as if it were not there');
  }
}

/** Reports unknown models and flags in a prompt. A model may be newer than the emulator, and a flag stays in the text. */
export function noteUnknownWords(world: World, params: Params): void {
  const model = textOf(params, 'video_model');
  if (model !== null && !videoModel(model))
    tellUnknown(world, model, 'takes it for a new model of video');
  for (const flag of unknownFlagsIn(textOf(params, 'text'))) {
    tellUnknown(world, flag, 'leaves it in the text');
  }
}

const tellUnknown = (world: World, unknown: string, consequence: string) =>
  tellOnce(world, unknown, (name) => `The emulator does not know ${name}, and ${consequence}.`);

/** Returns the file, or the one that a signed id stands for. Returns undefined for any other value. */
const fileIn = ({ uploads }: World, item: Param) =>
  item instanceof File ? item : uploads.get(String(item));

/**
 * Returns all parameters that were sent, unknown ones too. A file or a signed id becomes its stored address, under the name of
 * the `_url` form.
 */
export const keptOf = (world: World, params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]): [string, Param] => {
      const list = listOf(params, name);
      if (!list.some((item) => fileIn(world, item))) return [name, value];
      const addresses = list.map((item) => {
        const file = fileIn(world, item);
        return file ? storedAt(world, file) : item;
      });
      return [nameOfUrls(name), Array.isArray(value) ? addresses : (addresses[0] ?? null)];
    }),
  );
