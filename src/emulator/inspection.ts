import { createHash } from 'node:crypto';
import { invalid, json } from './answers.ts';
import { takeMedia, takePictures } from './media.ts';
import { noteUnknown } from './parameters.ts';
import { type Params, textOf, textsOf } from './params.ts';
import { route } from './route.ts';
import type { World } from './store.ts';

/** Inspects pictures without looking at them. The name and size decide, so the same picture always gives the same result. */
export const inspectionRoutes = (world: World) => [
  route(world, 'POST /images/inspect', async ({ body }) => {
    noteUnknown(world, 'inspection', body);
    const [picture] = await takePictures(world, body, 'file');
    if (picture === undefined) throw invalid({ file: ["can't be blank"] });
    return json(inspect(picture.slice(world.publicUrl.length), textOf(body, 'name')));
  }),
  route(world, 'POST /images/describe', ({ body }) => {
    noteUnknown(world, 'description', body);
    const looks = inspect(pictureAt(world, body), null);
    const names = textsOf(body, 'names');
    const who = names.length > 0 ? names.join(' and ') : `a ${looks.name}`;
    return json({ description: `A picture of ${who}, in daylight.` });
  }),
  route(world, 'POST /images/class_name', ({ body }) => {
    noteUnknown(world, 'classification', body);
    const { name } = inspect(pictureAt(world, body), null);
    const caption = `a ${name} in daylight, looking into the camera`;
    return json({
      class_name: name,
      short_description: `${name} in daylight`,
      caption,
      captions: [caption],
      first_name: name === 'woman' ? 'Ines' : 'Jonas',
    });
  }),
];

/** These endpoints take only an address. */
function pictureAt(world: World, body: Params): string {
  const [picture] = takeMedia(world, { file_url: body.file_url ?? null }, 'file');
  if (picture === undefined) throw invalid({ file_url: ["can't be blank"] });
  return picture.slice(world.publicUrl.length);
}

/** A missing feature is `"NONE"`, as documented, or `""`, as in real answers. */
const CHOICES = {
  age: ['20 yo', '25 yo', '34 yo', '48 yo', '61 yo'],
  ethnicity: ['caucasian', 'black', 'hispanic', 'asian'],
  eye_color: ['brown eyes', 'blue eyes', 'green eyes', 'hazel eyes'],
  hair_color: ['brunette', 'blonde', 'black hair', 'grey hair'],
  hair_length: ['short hair', 'medium hair', 'long hair'],
  hair_style: ['wavy hair', 'straight hair', 'curly hair'],
  facial_hair: ['', 'NONE', 'stubble', 'beard'],
  glasses: ['', 'NONE', 'NONE', 'glasses'],
  headcover: ['', 'NONE', '', 'scarf'],
  body_type: ['slim', 'average', 'athletic'],
};

const FLAWS = [
  'blurry',
  'full_body_image_or_longshot',
  'funny_face',
  'includes_multiple_people',
  'selfie',
  'wearing_hat',
  'wearing_sunglasses',
  'low_resolution',
  'low_quality',
];

function inspect(picture: string, name: string | null) {
  const bytes = createHash('sha1').update(picture).digest();
  const looks = Object.entries(CHOICES).map(([field, choices], index) => [
    field,
    choices[(bytes[index] ?? 0) % choices.length],
  ]);
  const flaws = FLAWS.map((field, index) => [field, (bytes[10 + index] ?? 0) % 6 === 0]);
  return {
    name: name ?? ((bytes[19] ?? 0) % 2 === 0 ? 'woman' : 'man'),
    is_bald: '',
    ...Object.fromEntries(looks),
    ...Object.fromEntries(flaws),
  };
}
