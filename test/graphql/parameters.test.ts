/** Every parameter that Astria takes can be said here, or is left out for a reason that stands here. */
import { isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';

const PROMPT = `text negative_prompt num_images seed steps cfg_scale super_resolution inpaint_faces hires_fix face_correct
  face_swap use_lpw prompt_expansion aspect_ratio ar backend_version lora_scale input_image_base64 resolution w h scheduler style color_grading film_grain theme community
  callback workspace_id pack_id base_pack_id order_id controlnet denoising_strength controlnet_conditioning_scale
  controlnet_txt2img input_image input_image_url mask_image mask_image_url video_model video_prompt video_duration
  video_first_frame video_first_frame_url video_last_frame video_last_frame_url source_image_url input_video
  input_video_url image_references image_reference_urls audio_reference audio_reference_url video_audio
  video_upscale_model video_upscale_target_resolution video_fps_model`;

/** By endpoint: the input that stands for it, and the parameters Astria documents. */
const ENDPOINTS: [endpoint: string, input: string, parameters: string][] = [
  ['GET /tunes', 'TuneFilter', 'title name model_type branch'],
  [
    'POST /tunes',
    'CreateTuneInput',
    `title name images image_urls image_captions base_tune_id model_type branch token steps face_crop training_face_correct preset
     characteristics auto_extend callback prompts_attributes`,
  ],
  ['POST /tunes, prompts_attributes', 'PromptAttributesInput', PROMPT],
  ['PATCH /tunes/:id', 'UpdateTuneInput', 'title name auto_extend characteristics'],
  ['POST /tunes/:tune_id/prompts', 'CreatePromptInput', `tune_id ${PROMPT}`],
  ['PATCH /prompts/:id', 'UpdatePromptInput', 'pack_id base_pack_id workspace_id orig_prompt_id'],
  [
    'GET /prompts',
    'PromptFilter',
    'text pack_id base_pack_id tune_id user_id orig_prompt_id order_id liked today is_video is_api',
  ],
  ['POST /prompts/:id/duplicate', 'DuplicatePromptInput', 'image_index overrides'],
  ['GET /packs', 'PackFilter', 'public listed'],
  ['POST /packs', 'CreatePackInput', 'title base_tune_id model_type subtitle'],
  [
    'POST /p/:id_or_slug/tunes',
    'RunPackInput',
    `title name images image_urls characteristics callback prompt_attributes prompts_callback tune_ids prompt_ids brief`,
  ],
  ['POST /images/inspect', 'InspectImageInput', 'name file file_url'],
  ['POST /images/describe', 'DescribeImageInput', 'image_url names'],
  ['POST /videos/inspect', 'InspectVideoInput', 'file_url blob_signed_id tune_ids'],
  ['POST /images/class_name', 'ClassifyImageInput', 'image_url'],
  [
    'POST /api/direct_uploads',
    'CreateDirectUploadInput',
    'filename byte_size checksum content_type',
  ],
  ['POST /themes', 'CreateThemeInput', 'theme tune_ids num_images w h'],
  ['POST /workspaces', 'CreateWorkspaceInput', 'title'],
  ['PATCH /workspaces/:id', 'UpdateWorkspaceInput', 'title brief landing_page_html'],
  ['Gemini', 'GenerateWithGeminiInput', 'text aspect_ratio resolution num_images'],
  ['Seedream', 'GenerateWithSeedreamInput', 'text num_images'],
];

/** Said otherwise here. A media field takes a file or an address under one name. */
const OTHERWISE: Record<string, string> = {
  orig_prompt_id: 'originalPromptId',
  file: 'image',
  file_url: 'image',
  input_image_url: 'inputImage',
  // In a data URL.
  input_image_base64: 'inputImage',
  mask_image_url: 'maskImage',
  video_first_frame_url: 'videoFirstFrame',
  video_last_frame_url: 'videoLastFrame',
  input_video_url: 'inputVideo',
  image_reference_urls: 'imageReferences',
  audio_reference_url: 'audioReference',
};

/** The same of one endpoint. */
const OTHERWISE_AT: Record<string, Record<string, string>> = {
  'POST /videos/inspect': { file_url: 'video', blob_signed_id: 'video' },
};

/** Left out, and why. */
const LEFT_OUT: Record<string, string> = {
  'POST /p/:id_or_slug/tunes image_urls': '`images` takes addresses too: one way to say it',
};

test.each(ENDPOINTS)('%s is %s, complete', (endpoint, inputName, parameters) => {
  const input = schema.getType(inputName);
  const fields = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
  const missing = parameters
    .split(/\s+/)
    .filter(
      (name) =>
        !fields.includes(OTHERWISE_AT[endpoint]?.[name] ?? OTHERWISE[name] ?? camelCase(name)),
    )
    .filter((name) => !LEFT_OUT[`${endpoint} ${name}`]);
  expect(missing).toEqual([]);
});

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

test('paging is `first` and `after`, in every list', () => {
  const lists = Object.values(schema.getTypeMap())
    .flatMap((type) => ('getFields' in type ? Object.values(type.getFields()) : []))
    .filter((field) => String(field.type).endsWith('Connection'));
  expect(lists.length).toBeGreaterThan(8);
  for (const field of lists) {
    expect('args' in field && field.args.map((arg: { name: string }) => arg.name)).toEqual(
      expect.arrayContaining(['first', 'after']),
    );
  }
});
