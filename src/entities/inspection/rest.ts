import * as z from 'zod';
import type { Session } from '../../upstream/client.ts';
import { flag, text } from '../../upstream/wire.ts';

/** What Astria sees in a picture. These are texts, because Astria's own samples break its documented sets of values. */
export const Inspection = z.object({
  name: text,
  age: text,
  ethnicity: text,
  eye_color: text,
  hair_color: text,
  hair_length: text,
  hair_style: text,
  facial_hair: text,
  glasses: text,
  is_bald: text,
  body_type: text,
  headcover: text,
  blurry: flag,
  selfie: flag,
  funny_face: flag,
  wearing_sunglasses: flag,
  wearing_hat: flag,
  includes_multiple_people: flag,
  full_body_image_or_longshot: flag,
  low_resolution: flag,
  low_quality: flag,
});
export type Inspection = z.infer<typeof Inspection>;

export const Description = z.object({ description: text });
export type Description = z.infer<typeof Description>;

/** The description from which Astria's own client makes a reference. */
export const Classification = z.object({
  class_name: text,
  short_description: text,
  caption: text,
  captions: z.array(z.string()).nullish(),
  first_name: text,
});
export type Classification = z.infer<typeof Classification>;

/** Sent without a root key. */
export const inspectImage = (astria: Session, picture: object) =>
  astria.request({
    method: 'POST',
    path: '/images/inspect',
    body: picture,
    names: {},
    isForm: true,
    response: Inspection,
  });

/** The timeout of Astria's own client. */
const PATIENCE_MS = 120_000;

const ofAnAddress = {
  method: 'POST',
  names: {},
  isForm: true,
  patienceMs: PATIENCE_MS,
  nested: { under: undefined, at: [], parameters: [], renamed: { file_url: 'imageUrl' } },
} as const;

export const describeImage = (astria: Session, body: object) =>
  astria.request({ ...ofAnAddress, path: '/images/describe', body, response: Description });

export const classifyImage = (astria: Session, body: object) =>
  astria.request({ ...ofAnAddress, path: '/images/class_name', body, response: Classification });

interface Told {
  status?: string | null | undefined;
  description?: string | null | undefined;
}

/** `error` alone does not count: it may belong to an attempt that is retried. */
export const hasFailed = ({ status }: Told) => status === 'failed';

export const isOver = (told: Told) => told.description != null || hasFailed(told);

/**
 * The name of the last status is not published. An inspection is over when it has a description or has failed. Older servers
 * return the description at once.
 */
export const VideoInspection = z
  .object({
    id: z.union([z.int().positive(), z.string().regex(/^[\w-]+$/)]).nullish(),
    status: text,
    error: text,
    description: text,
  })
  .refine((told) => told.id != null || isOver(told), 'tells nothing to ask again by');
export type VideoInspection = z.infer<typeof VideoInspection>;

/** Long enough for servers that describe the video before they answer. */
export const VIDEO_PATIENCE_MS = 240_000;

export const inspectVideo = (astria: Session, body: object) =>
  astria.request({
    method: 'POST',
    path: '/videos/inspect',
    body,
    names: { tune_ids: 'Tune' },
    patienceMs: VIDEO_PATIENCE_MS,
    nested: {
      ...{ under: undefined, at: [], parameters: [] },
      renamed: { file_url: 'video', blob_signed_id: 'video' },
    },
    response: VideoInspection,
  });

export const readVideoInspection = (astria: Session, id: string | number) =>
  astria.request({ path: '/videos/inspect/:id', params: { id }, response: VideoInspection });
