import type { Random } from '../random.ts';
import type { Colour } from './colour.ts';
import { colourOf, type Light, lightOf } from './light.ts';

const PLACES = [
  ['city', /rooftop|city|street|skyline|lisbon|downtown|streetwear|old money/],
  ['sea', /beach|sea\b|ocean|harbou?r|coast|pier|lake|boat|sail|pebble|island/],
  ['garden', /greenhouse|garden|forest|jungle|plant|meadow|leaves|festival|tree|park\b/],
  ['hills', /mountain|alpine|alps|dune|desert|hill|valley|winter|snow|explorer|canyon|landscape/],
  ['room', /kitchen|table|desk|cafe|café|bedroom|home|office|loft|library|bakery/],
  ['stairs', /stair|concrete|brutalis|brick|wall|corner|architect/],
  ['arches', /lobby|hotel|glass|palace|museum|arch|noir|interior|terrace/],
  ['stage', /runway|stage|concert|club|spotlight|night market|neon|crowd/],
  ['backdrop', /studio|backdrop|headshot|portrait|campaign|paper|product/],
] as const;

const SUBJECTS = [
  ['cat', /\bcat\b|kitten|dog\b|fox\b|animal/],
  ['boots', /boots?\b/],
  ['shoes', /shoes?|sneaker|loafer|trainer/],
  ['bag', /\bbag|tote|weekender|purse|backpack|basket/],
  ['glasses', /glasses|aviator|frames|eyewear/],
  ['dress', /dress\b|gown|skirt/],
  ['jacket', /blazer\b|jacket|trench|\bcoat/],
  ['chair', /chair|sofa|couch|stool|furniture/],
  ['boat', /boat|harbou?r|sail|ship|ferry/],
  ['fruit', /fruit|orange|lemon|apple|food|cake|bread|breakfast|bowl/],
  ['flowers', /flower|bouquet|vase|tulip|rose\b|peon/],
  ['car', /\bcar\b|truck|van\b|roadster|automobile/],
] as const;

type NameOf<List extends readonly (readonly [string, RegExp])[]> = List[number][0];
export type PlaceName = NameOf<typeof PLACES>;
export type SubjectName = NameOf<typeof SUBJECTS> | 'person' | 'still' | 'none';

export interface Scene {
  place: PlaceName;
  subject: SubjectName;
  light: Light;
  /** The colour of the clothes or of the thing. */
  colour: Colour;
  /** The number of people. */
  count: number;
  isCloseUp: boolean;
  isWhole: boolean;
  person: 'woman' | 'man';
}

/** Reads what a text asks for. What it leaves open is drawn from `random`. */
export function sceneOf(text: string, random: Random): Scene {
  const words = text.toLowerCase().replaceAll(/<[^>]*>/g, ' ');
  const isPeople = PEOPLE.test(words);
  const thing = SUBJECTS.find(([, pattern]) => pattern.test(words))?.[0];
  const place =
    PLACES.find(([, pattern]) => pattern.test(words))?.[0] ??
    (isPeople || thing ? 'backdrop' : random.pick(PLACES)[0]);
  return {
    place,
    subject: isPeople
      ? 'person'
      : (thing ?? (/empty|landscape|view/.test(words) ? 'none' : 'still')),
    light: lightOf(words, random),
    colour: colourOf(words, random),
    count: /crowd|group|team/.test(words) ? 5 : /two|couple|pair of|duo/.test(words) ? 2 : 1,
    isCloseUp: /close-up|portrait|headshot|face|85mm|noir|polaroid/.test(words),
    isWhole: /full body|walking|runway|explorer|crowd|running|dancing/.test(words),
    person: MALE.test(words) ? 'man' : FEMALE.test(words) ? 'woman' : random.pick(['woman', 'man']),
  };
}

const PEOPLE =
  /\b(wo)?m[ae]n\b|model|person|people|portrait|face|headshot|girl|boy|explorer|crowd|dating|maternity|speaker|she\b|\bhe\b|her\b|his\b|polaroids|noir|studio test|casting/;
const MALE = /\bman\b|\bmen\b|\bboy\b|\bhis\b|\bhe\b/;
const FEMALE = /woman|women|girl|\bher\b|\bshe\b|maternity/;
