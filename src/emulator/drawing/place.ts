import type { Random } from '../random.ts';
import { lighter } from './colour.ts';
import type { Light } from './light.ts';
import type { Pen } from './pen.ts';
import type { Point } from './raster.ts';

export type DrawPlace = (pen: Pen, light: Light, random: Random) => void;

export const between = (random: Random, low: number, high: number) =>
  low + (random.below(10_000) / 10_000) * (high - low);

export function sky(pen: Pen, { sky: [top, bottom] }: Light, to = pen.bottom): void {
  pen.band(0, to, { top, bottom });
  if (to < pen.bottom) {
    pen.band(to, pen.bottom - to, { top: bottom });
  }
}

export function ground(pen: Pen, { ground: [top, bottom] }: Light, from: number): void {
  pen.band(from, pen.bottom - from, { top, bottom });
}

export function sun(pen: Pen, { glow }: Light, random: Random): void {
  const centre: Point = [
    between(random, pen.left * 0.7, pen.right * 0.7),
    pen.bottom * between(random, 0.18, 0.42),
  ];
  pen.glow(centre, 0.62, { top: glow, alpha: 0.75 });
  pen.oval(centre, [0.085, 0.085], { top: lighter(glow, 0.5) });
}
