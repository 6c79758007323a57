import * as z from 'zod';
import type { Session } from '../../upstream/client.ts';
import { flag, float, id, text } from '../../upstream/wire.ts';

/** Astria sends a number or a text. */
const tuneId = z.union([id, z.string().regex(/^\d+$/).transform(Number).pipe(id)]).nullish();

const ImageModel = z.object({
  tune_id: tuneId,
  title: text,
  resolutions: z.array(z.string()).nullish(),
  default: flag,
});
export type ImageModel = z.infer<typeof ImageModel>;

const VideoModel = z.object({
  title: text,
  motion_control: flag,
  needs_input_video: flag,
  supports_last_frame: flag,
  supports_image_references: flag,
  supports_audio_reference: flag,
  generates_audio: flag,
  aspect_ratios: z.array(z.string()).nullish(),
});
export type VideoModel = z.infer<typeof VideoModel>;

/** The models by name. */
export const Catalogue = z.object({
  models: z.record(z.string(), ImageModel).nullish(),
  default: text,
  /** Unused. Listed so that it does not count as drift. */
  default_tune_id: tuneId,
  video_models: z.record(z.string(), VideoModel).nullish(),
  default_video_model: text,
  /** In seconds. */
  cache_ttl: float,
});
export type Catalogue = z.infer<typeof Catalogue>;

export const fetchCatalogue = (astria: Session) =>
  astria.request({ path: '/cli/models', response: Catalogue, isPublic: true });
