import * as z from 'zod';
import type { Session } from '../../upstream/client.ts';
import { flag, text } from '../../upstream/wire.ts';

/** What Astria sees in a picture. Its documented sets of values are broken by its own samples: texts, then. */
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

/** What Astria's own client makes a reference of. */
export const Classification = z.object({
  class_name: text,
  short_description: text,
  caption: text,
  captions: z.array(z.string()).nullish(),
  first_name: text,
});
export type Classification = z.infer<typeof Classification>;

/** Not under a root key. */
export const inspectImage = (astria: Session, picture: object) =>
  astria.request({
    method: 'POST',
    path: '/images/inspect',
    body: picture,
    names: {},
    isForm: true,
    response: Inspection,
  });

/** As long as Astria's own client waits. */
const PATIENCE_MS = 120_000;

const ofAnAddress = {
  method: 'POST',
  names: {},
  isForm: true,
  patienceMs: PATIENCE_MS,
  nested: { under: undefined, at: [], parameters: [], names: { file_url: 'imageUrl' } },
} as const;

export const describeImage = (astria: Session, body: object) =>
  astria.request({ ...ofAnAddress, path: '/images/describe', body, response: Description });

export const classifyImage = (astria: Session, body: object) =>
  astria.request({ ...ofAnAddress, path: '/images/class_name', body, response: Classification });
