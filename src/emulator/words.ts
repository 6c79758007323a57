/** Texts as a photo studio writes them. */
import type { Random } from './random.ts';

export interface Person {
  title: string;
  name: string;
}

const WOMEN = [
  'Maya',
  'Ines',
  'Noor',
  'Sofia',
  'Thandi',
  'Yuki',
  'Clara',
  'Amara',
  'Lena',
  'Priya',
  'Hanna',
  'Marisol',
];
const MEN = ['Jonas', 'Mateo', 'Kofi', 'Rafael', 'Emil', 'Tariq', 'Ben', 'Haruto', 'Luca', 'Owen'];
const SURNAMES = [
  'Okafor',
  'Duarte',
  'Haddad',
  'Lindqvist',
  'Mokoena',
  'Tanaka',
  'Brandt',
  'Diallo',
  'Moreau',
  'Raman',
  'Novak',
  'Reyes',
  'Whitaker',
  'Castellano',
];
const SHOTS = ['', '', '', ', short hair', ', studio test', ', casting', ', with glasses'];

/** The class name for training, then names for a catalogue. */
const PRODUCTS: [name: string, items: string[]][] = [
  ['dress', ['Slip dress', 'Wrap dress', 'Shirt dress']],
  ['boots', ['Chelsea boots', 'Hiking boots', 'Ankle boots']],
  ['shoes', ['Canvas sneakers', 'Leather loafers', 'Court shoes']],
  ['jacket', ['Linen blazer', 'Waxed jacket', 'Denim jacket']],
  ['bag', ['Bucket bag', 'Leather tote', 'Weekender']],
  ['glasses', ['Acetate frames', 'Aviators']],
];
const COLOURS = ['oat', 'black', 'rust', 'sage', 'navy', 'ecru', 'cherry', 'tobacco', 'sky'];

export const CLIENTS = ['Halden', 'Orra', 'Fjord & Field', 'Atelier Mina', 'Northmade', 'Solé'];
const PROJECTS = ['lookbook', 'campaign', 'e-commerce', 'editorial', 'press kit'];
const SEASONS = ['SS26', 'AW25', 'Resort 26', 'SS25', 'AW26'];

const OUTFITS = [
  'a linen suit',
  'a white t-shirt and jeans',
  'a long wool coat',
  'a silk blouse',
  'a knitted vest',
  'a raincoat',
  'a black turtleneck',
];
const PLACES = [
  'on a rooftop above the city',
  'in a daylight studio with a paper backdrop',
  'in a narrow street in Lisbon',
  'at a kitchen table',
  'in a greenhouse',
  'on a pebble beach',
  'in a concrete stairwell',
  'in a hotel lobby',
];
const LIGHTS = [
  'soft morning light',
  'hard flash',
  'overcast sky',
  'late sun from the left',
  'window light',
  'neon signs',
];
const LENSES = ['85mm', '35mm film', '50mm f/1.8', 'medium format', 'full body', 'close-up'];
const MOVES = [
  'camera tracks alongside her',
  'slow push in',
  'she turns towards the window',
  'fabric moves in the wind',
  'camera circles half way around',
  'handheld, she laughs',
];

export const REFUSALS = [
  'The provider refused this prompt.',
  'Image references could not be read.',
  'The request was flagged by the safety system.',
  'No face was found in the reference image.',
];

export function personOf(random: Random): Person {
  const name = random.pick(['woman', 'woman', 'man']);
  const first = random.pick(name === 'man' ? MEN : WOMEN);
  return { title: `${first} ${random.pick(SURNAMES)}${random.pick(SHOTS)}`, name };
}

export function productOf(random: Random): Person {
  const [name, items] = random.pick(PRODUCTS);
  return { title: `${random.pick(items)}, ${random.pick(COLOURS)}`, name };
}

export const projectOf = (random: Random): string =>
  `${random.pick(CLIENTS)} ${random.pick(SEASONS)} ${random.pick(PROJECTS)}`;

export const sceneOf = (random: Random): string =>
  `${random.pick(PLACES)}, ${random.pick(LIGHTS)}, ${random.pick(LENSES)}`;

export const outfitSceneOf = (random: Random): string =>
  `in ${random.pick(OUTFITS)}, ${sceneOf(random)}`;

export const moveOf = (random: Random): string => random.pick(MOVES);
