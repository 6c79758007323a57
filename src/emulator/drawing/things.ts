import { bag, boots, dress, glasses, jacket, shoes } from './clothes.ts';
import { BLACK, type Colour, darker, lighter, tint, WHITE } from './colour.ts';
import { halvesOf } from './pen.ts';
import type { Point } from './raster.ts';
import type { SubjectName } from './scene.ts';
import { type DrawThing, shaded, shadow } from './thing.ts';

const chair: DrawThing = (pen, colour) => {
  shadow(pen, 0.5);
  for (const [x, lean] of [
    [-0.32, -0.05],
    [0.32, 0.05],
  ] as const)
    pen.flat(
      [
        [x - 0.02, -0.2],
        [x + 0.025, -0.2],
        [x + lean + 0.015, 0],
        [x + lean - 0.015, 0],
      ],
      { top: [112, 76, 52] },
    );
  pen.round('-0.34,-0.86 0,-0.92 0.34,-0.86 0.4,-0.4 0.3,-0.3 -0.3,-0.3 -0.4,-0.4', shaded(colour));
  pen.round('-0.44,-0.4 0,-0.44 0.44,-0.4 0.42,-0.18 -0.42,-0.18', {
    top: lighter(colour, 0.24),
    bottom: darker(colour, 0.15),
  });
  for (const half of halvesOf(pen))
    half.round('0.36,-0.58 0.52,-0.56 0.5,-0.16 0.38,-0.16', shaded(darker(colour, 0.1)));
};

const boat: DrawThing = (pen, colour) => {
  pen.oval([0, -0.01], [0.6, 0.03], { top: BLACK, alpha: 0.22 });
  pen.box([-0.012, -1], [0.024, 0.9], { top: [92, 66, 50] });
  pen.flat('0.03,-0.98 0.44,-0.2 0.03,-0.2', { top: WHITE, bottom: [222, 216, 206] });
  pen.flat('-0.03,-0.86 -0.32,-0.2 -0.03,-0.2', shaded(colour));
  pen.round('-0.5,-0.16 0,-0.14 0.54,-0.19 0.36,0 -0.34,0', {
    top: lighter(colour, 0.5),
    bottom: darker(colour, 0.3),
  });
};

const cat: DrawThing = (pen, colour) => {
  shadow(pen, 0.42);
  pen.round(
    '0.2,-0.05 0.5,-0.1 0.56,-0.4 0.48,-0.42 0.44,-0.16 0.2,-0.12',
    shaded(darker(colour, 0.1)),
  );
  pen.round('-0.1,-0.6 -0.26,-0.3 -0.28,0 0.3,0 0.3,-0.26 0.14,-0.56', shaded(colour));
  pen.flat('-0.22,-0.98 -0.02,-0.82 -0.2,-0.7', { top: darker(colour, 0.15) });
  pen.flat('0.24,-0.98 0.04,-0.82 0.2,-0.7', { top: darker(colour, 0.15) });
  pen.oval([0.01, -0.68], [0.23, 0.19], shaded(lighter(colour, 0.08)));
  for (const side of [-1, 1]) pen.oval([0.01 + side * 0.09, -0.7], [0.028, 0.034], { top: BLACK });
  pen.flat('-0.02,-0.63 0.04,-0.63 0.01,-0.59', { top: [206, 120, 112] });
};

const PLACES_OF_FRUIT: readonly Point[] = [
  [-0.22, -0.4],
  [0.2, -0.42],
  [0, -0.52],
  [-0.06, -0.36],
  [0.32, -0.36],
];

const fruit: DrawThing = (pen, colour, random) => {
  shadow(pen, 0.5);
  const fruits: Colour[] = [
    [232, 134, 52],
    [212, 64, 52],
    [238, 196, 78],
    [142, 168, 72],
  ];
  for (const [x, y] of PLACES_OF_FRUIT) {
    const skin = random.pick(fruits);
    pen.oval([x, y], [0.15, 0.145], shaded(skin));
    pen.oval([x - 0.05, y - 0.06], [0.035, 0.025], { top: WHITE, alpha: 0.5 });
  }
  pen.round(
    '-0.5,-0.34 0,-0.31 0.5,-0.34 0.32,-0.05 0.14,0 -0.14,0 -0.32,-0.05',
    shaded(tint(colour, WHITE, 0.45)),
  );
};

const flowers: DrawThing = (pen, colour, random) => {
  shadow(pen, 0.3);
  for (let stem = -3; stem <= 3; stem++) {
    const [x, y] = [stem * 0.11, -0.9 + Math.abs(stem) * 0.06 + random.below(80) / 1000];
    pen.flat(
      [
        [x - 0.008, y],
        [x + 0.008, y],
        [stem * 0.025 + 0.01, -0.4],
        [stem * 0.025 - 0.01, -0.4],
      ],
      { top: [74, 112, 72] },
    );
    for (let petal = 0; petal < 6; petal++)
      pen.oval(
        [x + Math.cos(petal) * 0.05, y + Math.sin(petal) * 0.05],
        [0.05, 0.045],
        shaded(lighter(colour, (petal % 3) * 0.15)),
      );
    pen.oval([x, y], [0.028, 0.026], { top: [244, 206, 104] });
  }
  pen.round(
    '-0.1,-0.46 0.1,-0.46 0.12,-0.36 0.2,-0.16 0.13,0 -0.13,0 -0.2,-0.16 -0.12,-0.36',
    shaded(tint(colour, WHITE, 0.6)),
  );
};

const car: DrawThing = (pen, colour) => {
  shadow(pen, 0.72);
  pen.round(
    '-0.66,-0.26 -0.36,-0.32 -0.2,-0.54 0.22,-0.55 0.42,-0.32 0.66,-0.26 0.68,-0.1 -0.68,-0.1',
    shaded(colour),
  );
  pen.round('-0.26,-0.33 -0.15,-0.49 0.01,-0.5 0.01,-0.33', {
    top: [206, 226, 232],
    bottom: [120, 148, 160],
  });
  pen.round('0.06,-0.33 0.06,-0.5 0.19,-0.49 0.31,-0.33', {
    top: [206, 226, 232],
    bottom: [120, 148, 160],
  });
  for (const x of [-0.38, 0.4]) {
    pen.oval([x, -0.11], [0.125, 0.125], { top: BLACK });
    pen.oval([x, -0.11], [0.06, 0.06], { top: [196, 196, 200] });
  }
  pen.oval([0.64, -0.22], [0.03, 0.03], { top: [255, 242, 190] });
};

const still: DrawThing = (pen, colour, random) => {
  shadow(pen, 0.62);
  const [tall, side] = [0.5 + random.below(40) / 100, random.below(2) === 0 ? 1 : -1];
  const second = tint(
    colour,
    random.pick([
      [238, 198, 150],
      [96, 116, 142],
      [198, 122, 104],
    ] as Colour[]),
    0.7,
  );
  pen.oval([-0.16 * side, -tall], [0.19, 0.19], shaded(lighter(second, 0.2)));
  pen.box([-0.16 * side - 0.19, -tall], [0.38, tall], shaded(lighter(second, 0.2)));
  pen.oval([-0.16 * side, -tall + 0.04], [0.11, 0.11], { top: darker(second, 0.45) });
  pen.box([-0.16 * side - 0.11, -tall + 0.04], [0.22, tall - 0.04], {
    top: darker(second, 0.45),
    bottom: darker(second, 0.2),
  });
  pen.oval([0.24 * side, -0.21], [0.21, 0.21], shaded(colour));
  pen.oval([0.24 * side - 0.07, -0.28], [0.06, 0.045], { top: WHITE, alpha: 0.45 });
  pen.oval([-0.42 * side, -0.1], [0.1, 0.1], shaded(tint(colour, WHITE, 0.55)));
};

export const DRAW_THING: Record<Exclude<SubjectName, 'person' | 'none'>, DrawThing> = {
  boots,
  shoes,
  bag,
  glasses,
  dress,
  jacket,
  chair,
  boat,
  cat,
  fruit,
  flowers,
  car,
  still,
};
