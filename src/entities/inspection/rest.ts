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

/** Not under a root key. */
export const inspectImage = (astria: Session, picture: object) =>
  astria.request({
    method: 'POST',
    path: '/images/inspect',
    body: picture,
    isForm: true,
    response: Inspection,
  });
