import { json } from './answers.ts';
import { type Handler, handler } from './handler.ts';
import { GEMINI, GPT_IMAGE, SEEDREAM } from './tune.ts';

/** `tune_id` is a text here and a number there: both were seen. */
const IMAGE_MODELS = {
  gemini: {
    tune_id: String(GEMINI),
    title: 'Nano Banana Pro',
    resolutions: ['1K', '2K', '4K'],
    default: true,
  },
  seedream: { tune_id: SEEDREAM, title: 'Seedream 4.5' },
  gpt_image_2: { tune_id: GPT_IMAGE, title: 'GPT Image 2', resolutions: ['1K', '2K'] },
};

const plainVideo = {
  motion_control: false,
  needs_input_video: false,
  supports_last_frame: false,
  supports_image_references: false,
  supports_audio_reference: false,
  generates_audio: false,
  aspect_ratios: ['16:9', '9:16', '1:1'],
};

const VIDEO_MODELS: Record<string, typeof plainVideo & { title: string }> = {
  seedance2_fast_720p: {
    ...plainVideo,
    title: 'Seedance 2 fast 720p',
    supports_image_references: true,
    supports_audio_reference: true,
    generates_audio: true,
  },
  kling3_pro: {
    ...plainVideo,
    title: 'Kling 3 Pro',
    supports_last_frame: true,
    generates_audio: true,
  },
  wan_animate: {
    ...plainVideo,
    title: 'Wan Animate',
    motion_control: true,
    needs_input_video: true,
  },
};

const CATALOGUE = {
  models: IMAGE_MODELS,
  default: 'gemini',
  default_tune_id: GEMINI,
  video_models: VIDEO_MODELS,
  default_video_model: 'seedance2_fast_720p',
  cache_ttl: 86_400,
};

/** The one endpoint that asks for no key. */
export const modelRoutes = (): Handler[] => [handler('GET /cli/models', () => json(CATALOGUE))];

export const videoModel = (name: string) =>
  Object.hasOwn(VIDEO_MODELS, name) ? VIDEO_MODELS[name] : undefined;
