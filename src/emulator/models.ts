import { json } from './answers.ts';
import { type Handler, handler } from './handler.ts';
import { GEMINI, GPT_IMAGE, SEEDREAM } from './tune.ts';
import { VIDEO_MODELS } from './video-models.ts';

interface ImageModel {
  tune_id: number | string;
  title: string;
  resolutions?: string[];
  default?: boolean;
}

/** `tune_id` is a text in some rows and a number in others, as in real answers. */
const IMAGE_MODELS: Record<string, ImageModel> = {
  gemini: {
    tune_id: String(GEMINI),
    title: 'Nano Banana Pro',
    resolutions: ['1K', '2K', '4K'],
    default: true,
  },
  seedream: { tune_id: SEEDREAM, title: 'Seedream 4.5' },
  'gpt-image-2': {
    tune_id: GPT_IMAGE,
    title: 'GPT Image 2',
    resolutions: ['1K', '2K', '4K'],
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

/** The only endpoint that needs no key. */
export const modelRoutes = (): Handler[] => [handler('GET /cli/models', () => json(CATALOGUE))];

const withResolution = Object.values(IMAGE_MODELS).filter(({ resolutions }) => resolutions);

/** Returns whether the model of this tune takes a `resolution`. */
export const takesResolution = (modelId: number): boolean =>
  withResolution.some(({ tune_id }) => Number(tune_id) === modelId);

export const WITH_RESOLUTION = withResolution.map(({ title }) => title).join(' and ');
