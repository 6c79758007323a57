import type { Random } from '../random.ts';
import { BLACK, type Colour, darker, lighter } from './colour.ts';
import type { Pen } from './pen.ts';

/** Draws a thing that stands at the pen's origin, about one unit high and wide. */
export type DrawThing = (pen: Pen, colour: Colour, random: Random) => void;

export const shadow = (pen: Pen, width: number) =>
  pen.oval([0.02, 0], [width, 0.035], { top: BLACK, alpha: 0.32 });

export const shaded = (colour: Colour) => ({
  top: lighter(colour, 0.16),
  bottom: darker(colour, 0.28),
});
