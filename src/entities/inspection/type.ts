import { builder } from '../../graphql/builder.ts';
import type { Inspection } from './rest.ts';

type TextField =
  | 'name'
  | 'age'
  | 'ethnicity'
  | 'eye_color'
  | 'hair_color'
  | 'hair_length'
  | 'hair_style'
  | 'facial_hair'
  | 'glasses'
  | 'is_bald'
  | 'body_type'
  | 'headcover';

/** For nothing Astria returns `"NONE"` or `""`. */
export const textOf = (told: string | null | undefined) =>
  told && !/^\s*(?:none)?\s*$/i.test(told) ? told : null;

export const InspectionType = builder.objectRef<Inspection>('ImageInspection').implement({
  description: 'What Astria sees in a picture. A text is null if it sees nothing of that kind.',
  fields: (t) => {
    const seen = (field: TextField, description: string) =>
      t.string({ description, resolve: (inspection) => textOf(inspection[field]) });
    return {
      name: seen('name', 'The class of the subject: man, woman …'),
      age: seen('age', 'How old they look: `20 yo`.'),
      ethnicity: seen('ethnicity', 'What they look like by descent.'),
      eyeColor: seen('eye_color', 'The colour of their eyes.'),
      hairColor: seen('hair_color', 'The colour of their hair.'),
      hairLength: seen('hair_length', 'The length of their hair.'),
      hairStyle: seen('hair_style', 'How their hair is worn.'),
      facialHair: seen('facial_hair', 'Beard, moustache …'),
      glasses: seen('glasses', 'The glasses they wear.'),
      isBald: seen('is_bald', 'Whether they are bald, in words.'),
      bodyType: seen('body_type', 'Their build.'),
      headcover: seen('headcover', 'What they wear on their head.'),
      blurry: t.exposeBoolean('blurry', { description: 'Whether the picture is blurred.' }),
      selfie: t.exposeBoolean('selfie', { description: 'Whether it is a selfie.' }),
      funnyFace: t.exposeBoolean('funny_face', { description: 'Whether they make a funny face.' }),
      wearingSunglasses: t.exposeBoolean('wearing_sunglasses', {
        description: 'Whether they wear sunglasses.',
      }),
      wearingHat: t.exposeBoolean('wearing_hat', { description: 'Whether they wear a hat.' }),
      includesMultiplePeople: t.exposeBoolean('includes_multiple_people', {
        description: 'Whether there is more than one person in it.',
      }),
      fullBodyImageOrLongshot: t.exposeBoolean('full_body_image_or_longshot', {
        description: 'Whether the whole person is in it, or far away.',
      }),
      lowResolution: t.exposeBoolean('low_resolution', { description: 'Whether it is too small.' }),
      lowQuality: t.exposeBoolean('low_quality', { description: 'Whether it is poorly made.' }),
    };
  },
});
