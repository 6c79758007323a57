import type { Random } from '../random.ts';
import { type Colour, darker, lighter } from './colour.ts';
import { halvesOf, type Pen } from './pen.ts';
import type { Scene } from './scene.ts';

const SKIN: readonly Colour[] = [
  [246, 214, 190],
  [232, 190, 158],
  [206, 156, 120],
  [168, 114, 80],
  [122, 78, 56],
  [88, 56, 44],
];
const HAIR: readonly Colour[] = [
  [32, 26, 28],
  [58, 38, 32],
  [104, 62, 40],
  [178, 128, 74],
  [222, 190, 134],
  [150, 146, 146],
  [136, 58, 36],
];

interface Looks {
  skin: Colour;
  hair: Colour;
  clothes: Colour;
  cut: 'long' | 'bob' | 'bun' | 'short' | 'curls';
  random: Random;
}

/** Draws a person whose head is at the pen's origin, in units of the height of the head. */
export function drawPerson(pen: Pen, { person, colour, isWhole }: Scene, random: Random): void {
  const looks: Looks = {
    skin: random.pick(SKIN),
    hair: random.pick(HAIR),
    clothes: colour,
    cut:
      person === 'woman'
        ? random.pick(['long', 'bob', 'bun', 'curls'])
        : random.pick(['short', 'short', 'curls']),
    random,
  };
  drawHairBehind(pen, looks);
  if (isWhole) drawFigure(pen, looks);
  else drawBust(pen, looks);
  drawHead(pen, looks);
}

function drawHairBehind(pen: Pen, { hair, cut }: Looks): void {
  const paint = { top: hair, bottom: darker(hair, 0.35) };
  if (cut === 'long')
    pen.round('0,-0.62 -0.42,-0.4 -0.5,0.3 -0.56,1 0,1.16 0.56,1 0.5,0.3 0.42,-0.4', paint);
  if (cut === 'bob')
    pen.round('0,-0.62 -0.44,-0.36 -0.5,0.2 -0.4,0.52 0.4,0.52 0.5,0.2 0.44,-0.36', paint);
  if (cut === 'bun') pen.oval([0.08, -0.66], [0.2, 0.18], paint);
  if (cut === 'curls') {
    for (let curl = 0; curl < 13; curl++) {
      const angle = Math.PI * (0.92 + (curl / 12) * 1.16);
      pen.oval([Math.cos(angle) * 0.44, Math.sin(angle) * 0.46 - 0.08], [0.17, 0.17], paint);
    }
  }
}

function drawHead(pen: Pen, { skin, hair, cut, random }: Looks): void {
  const shade = darker(skin, 0.2);
  pen.round('0,-0.52 -0.33,-0.3 -0.35,0.06 -0.22,0.4 0,0.52 0.22,0.4 0.35,0.06 0.33,-0.3', {
    top: lighter(skin, 0.12),
    bottom: skin,
  });
  // The side away from the light.
  pen.round('0.1,-0.5 0.33,-0.3 0.35,0.06 0.22,0.4 0.02,0.52 0.17,0.2 0.2,-0.15', {
    top: shade,
    alpha: 0.5,
  });
  for (const half of halvesOf(pen)) {
    half.oval([0.145, -0.03], [0.045, 0.02], { top: [38, 28, 28], alpha: 0.85 });
    half.oval([0.15, -0.12], [0.075, 0.014], { top: darker(hair, 0.2), alpha: 0.75 });
    half.oval([0.2, 0.16], [0.08, 0.055], { top: [226, 104, 92], alpha: 0.16 });
  }
  pen.round('0.01,-0.04 0.055,0.13 0,0.155 -0.02,0.13', { top: shade, alpha: 0.7 });
  pen.round('-0.095,0.275 0,0.255 0.095,0.275 0,0.325', { top: [164, 74, 70], alpha: 0.75 });
  const part = random.pick([-0.16, 0.16, 0.05]);
  const paint = { top: lighter(hair, 0.12), bottom: hair };
  pen.round(
    [
      [0, -0.63],
      [-0.34, -0.48],
      [-0.42, -0.1],
      [-0.3, -0.2],
      [part, -0.4],
      [0.3, -0.2],
      [0.42, -0.1],
      [0.34, -0.48],
    ],
    paint,
  );
  if (cut === 'short' && random.below(3) === 0) {
    pen.round('-0.34,0.06 -0.24,0.42 0,0.56 0.24,0.42 0.34,0.06 0.2,0.24 0,0.2 -0.2,0.24', {
      top: hair,
      alpha: 0.8,
    });
  }
}

/** Draws the neck and the shoulders, down to below the picture. */
function drawBust(pen: Pen, { skin, clothes, random }: Looks): void {
  pen.round('-0.17,0.3 -0.18,0.7 -0.4,0.95 0.4,0.95 0.18,0.7 0.17,0.3', {
    top: darker(skin, 0.22),
    bottom: skin,
  });
  const deep = random.pick([0.82, 0.92, 1.1]);
  pen.round(
    `-0.2,0.74 -0.62,0.92 -0.92,1.22 -1.06,2.2 -1.1,4 1.1,4 1.06,2.2 0.92,1.22 0.62,0.92 0.2,0.74 0,${deep}`,
    { top: lighter(clothes, 0.1), bottom: darker(clothes, 0.4) },
  );
  pen.round('0.3,0.8 0.92,1.22 1.06,2.2 1.1,4 0.5,4 0.62,1.8', {
    top: darker(clothes, 0.35),
    alpha: 0.45,
  });
  if (deep > 1) {
    for (const half of halvesOf(pen)) {
      half.flat('0.2,0.74 0.5,1.16 0.06,2.1 0,1.1', { top: darker(clothes, 0.28) });
    }
  }
}

/** Draws a whole figure of seven heads, in a stride. */
function drawFigure(pen: Pen, { skin, clothes, random }: Looks): void {
  const legs = darker(random.pick([clothes, [58, 62, 78], [222, 214, 200]] as const), 0.15);
  pen.oval([0, 6.62], [1.1, 0.1], { top: [10, 8, 14], alpha: 0.3 });
  pen.round('-0.3,3 -0.42,4.8 -0.62,6.4 -0.36,6.45 -0.12,4.9 0.05,3.4', {
    top: legs,
    bottom: darker(legs, 0.2),
  });
  pen.round('0,3.2 0.14,4.9 0.3,6.5 0.58,6.45 0.46,4.7 0.34,3', {
    top: darker(legs, 0.1),
    bottom: darker(legs, 0.3),
  });
  pen.oval([-0.56, 6.5], [0.24, 0.1], { top: [32, 28, 30] });
  pen.oval([0.52, 6.56], [0.24, 0.1], { top: [32, 28, 30] });
  pen.round('-0.15,0.35 -0.16,0.75 0.16,0.75 0.15,0.35', { top: darker(skin, 0.22) });
  for (const half of halvesOf(pen)) {
    half.round('0.52,0.86 0.78,1.9 0.72,3.1 0.58,3.1 0.5,1.9', {
      top: darker(clothes, 0.12),
      bottom: darker(clothes, 0.25),
    });
    half.oval([0.65, 3.2], [0.1, 0.14], { top: skin });
  }
  const [hem, width] = random.pick([
    [3.3, 0.56],
    [3.4, 0.58],
    [4.8, 0.77],
  ] as const);
  pen.round(
    `-0.14,0.66 -0.56,0.84 -0.46,2 -${width},${hem} ${width},${hem} 0.46,2 0.56,0.84 0.14,0.66`,
    { top: lighter(clothes, 0.1), bottom: darker(clothes, 0.25) },
  );
}
