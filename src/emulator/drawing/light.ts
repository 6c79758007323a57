import type { Random } from '../random.ts';
import { type Colour, hsl, tint } from './colour.ts';

/** The colours that the light of a scene gives to everything. */
export interface Light {
  sky: readonly [top: Colour, bottom: Colour];
  /** A shape far away, and one nearby. */
  far: Colour;
  near: Colour;
  ground: readonly [top: Colour, bottom: Colour];
  /** The colour of the sun and of lamps. */
  glow: Colour;
}

const COLOURS: Record<string, Colour> = {
  rust: [176, 84, 48],
  sage: [142, 160, 128],
  navy: [36, 52, 92],
  ecru: [226, 214, 190],
  oat: [214, 194, 164],
  cherry: [168, 32, 58],
  tobacco: [126, 88, 56],
  sky: [128, 176, 214],
  black: [34, 34, 40],
  white: [240, 237, 230],
  red: [204, 52, 48],
  green: [62, 122, 88],
  blue: [52, 98, 168],
  yellow: [236, 190, 70],
  lime: [178, 206, 70],
  sand: [210, 184, 144],
  linen: [222, 208, 182],
  wool: [96, 92, 98],
  silk: [222, 178, 170],
  jeans: [78, 104, 144],
  raincoat: [232, 184, 62],
  pink: [226, 142, 160],
  orange: [226, 124, 56],
  purple: [112, 82, 146],
};

/** A sky overhead is none of them, as in "overcast sky". */
const NAMED = new RegExp(`(?<!overcast |clear )\\b(${Object.keys(COLOURS).join('|')})\\b`);

/** Returns the colour that the words name first. */
export function colourOf(words: string, random: Random): Colour {
  const named = NAMED.exec(words)?.[1] ?? random.pick(Object.keys(COLOURS));
  return COLOURS[named] as Colour;
}

/** Each light with the words that name it, and how far its hue may be turned. */
const LIGHTS: readonly (readonly [RegExp, spread: number, Light])[] = [
  [
    /late sun|golden|sunset|dusk|autumn|rust\b|dune|desert/,
    0.02,
    {
      sky: [
        [94, 86, 134],
        [250, 176, 118],
      ],
      far: [196, 122, 112],
      near: [112, 62, 72],
      ground: [
        [214, 138, 98],
        [122, 70, 66],
      ],
      glow: [255, 226, 164],
    },
  ],
  [
    /morning|dawn|spring|soft|maternity/,
    0.02,
    {
      sky: [
        [164, 196, 222],
        [252, 226, 208],
      ],
      far: [186, 190, 202],
      near: [122, 138, 150],
      ground: [
        [232, 208, 186],
        [178, 148, 132],
      ],
      glow: [255, 244, 222],
    },
  ],
  [
    /neon|night|club|noir|midnight|concert/,
    0.08,
    {
      sky: [
        [18, 14, 42],
        [86, 34, 104],
      ],
      far: [48, 32, 92],
      near: [24, 18, 52],
      ground: [
        [52, 28, 84],
        [14, 12, 34],
      ],
      glow: [244, 92, 182],
    },
  ],
  [
    /overcast|rain|fog|mist|winter|snow|alpine/,
    0.02,
    {
      sky: [
        [152, 168, 182],
        [222, 228, 230],
      ],
      far: [166, 180, 190],
      near: [92, 108, 120],
      ground: [
        [214, 220, 222],
        [142, 154, 162],
      ],
      glow: [255, 255, 255],
    },
  ],
  [
    /hard flash|flash|polaroid/,
    0.5,
    {
      sky: [
        [214, 84, 64],
        [236, 128, 92],
      ],
      far: [190, 66, 56],
      near: [132, 42, 46],
      ground: [
        [226, 112, 82],
        [160, 58, 52],
      ],
      glow: [255, 224, 200],
    },
  ],
  [
    /window light|daylight|medium format/,
    0.1,
    {
      sky: [
        [226, 220, 208],
        [204, 192, 174],
      ],
      far: [188, 176, 158],
      near: [128, 116, 102],
      ground: [
        [186, 168, 146],
        [134, 114, 96],
      ],
      glow: [255, 250, 234],
    },
  ],
  [
    /summer|beach|sea|harbou?r|sky|clear/,
    0.03,
    {
      sky: [
        [58, 132, 196],
        [190, 226, 236],
      ],
      far: [92, 150, 178],
      near: [42, 88, 118],
      ground: [
        [236, 214, 172],
        [196, 164, 122],
      ],
      glow: [255, 246, 214],
    },
  ],
];

/** Returns the light that the words name, with its hue turned a little so that two scenes differ. */
export function lightOf(words: string, random: Random): Light {
  const [, spread, light] = LIGHTS.find(([pattern]) => pattern.test(words)) ?? random.pick(LIGHTS);
  const cast = hsl(random.below(1000) / 1000, 0.45, 0.5);
  const turned = (colour: Colour) => tint(colour, cast, 0.05 + spread / 3);
  return {
    sky: [turned(light.sky[0]), turned(light.sky[1])],
    far: turned(light.far),
    near: turned(light.near),
    ground: [turned(light.ground[0]), turned(light.ground[1])],
    glow: light.glow,
  };
}
