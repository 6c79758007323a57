import {
  blank,
  type Canvas,
  type Colour,
  fill,
  glow,
  type Paint,
  type Point,
  type Size,
} from './raster.ts';

/**
 * Draws in units of a picture's shorter side. `[0, 0]` is where `at` puts it, x grows to the right and y downwards.
 */
export interface Pen {
  /** How far the picture reaches from the pen's origin. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** A polygon with straight sides. */
  flat(outline: Outline, paint: Paint): void;
  /** A closed curve through the points. */
  round(outline: Outline, paint: Paint): void;
  oval(centre: Point, radius: Point, paint: Paint): void;
  box(corner: Point, size: Point, paint: Paint): void;
  glow(centre: Point, radius: number, paint: Paint): void;
  /** A pen with another origin and scale. A negative scale of x mirrors. */
  at(origin: Point, scale?: number, isMirrored?: boolean): Pen;
}

/** Points, or a text as the `points` of SVG's polygons: `0,0 1,0 1,1`. */
type Outline = readonly Point[] | string;

function pointsOf(outline: Outline): readonly Point[] {
  if (typeof outline !== 'string') return outline;
  return outline.split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return [x, y];
  });
}

/** Returns a canvas, and a pen whose origin is the middle of its upper edge. */
export function startDrawing(size: Size): { canvas: Canvas; pen: Pen } {
  const canvas = blank(size);
  const unit = Math.min(size.width, size.height);
  return { canvas, pen: penOn(canvas, { x: size.width / 2, y: 0, scale: unit, flip: 1 }) };
}

interface Place {
  x: number;
  y: number;
  scale: number;
  flip: 1 | -1;
}

function penOn(canvas: Canvas, place: Place): Pen {
  const { x: left, y: top, scale, flip } = place;
  const placed = ([x, y]: Point): Point => [left + x * scale * flip, top + y * scale];
  const flat = (outline: Outline, paint: Paint) =>
    fill(canvas, pointsOf(outline).map(placed), paint);
  const edges = [-left / scale, (canvas.width - left) / scale].map((x) => x * flip);
  return {
    left: Math.min(...edges),
    right: Math.max(...edges),
    top: -top / scale,
    bottom: (canvas.height - top) / scale,
    flat,
    round: (outline, paint) => flat(curveThrough(pointsOf(outline)), paint),
    oval: (centre, radius, paint) => flat(ovalOf(centre, radius), paint),
    box: ([x, y], [width, height], paint) =>
      flat(
        [
          [x, y],
          [x + width, y],
          [x + width, y + height],
          [x, y + height],
        ],
        paint,
      ),
    glow: (centre, radius, paint) => glow(canvas, placed(centre), radius * scale, paint),
    at: ([x, y], factor = 1, isMirrored = false) => {
      const [newX, newY] = placed([x, y]);
      const mirrored: 1 | -1 = flip === 1 ? -1 : 1;
      return penOn(canvas, {
        x: newX,
        y: newY,
        scale: scale * factor,
        flip: isMirrored ? mirrored : flip,
      });
    },
  };
}

const OVAL_POINTS = 48;

const ovalOf = ([cx, cy]: Point, [rx, ry]: Point): Point[] =>
  Array.from({ length: OVAL_POINTS }, (_, index) => {
    const angle = (index / OVAL_POINTS) * 2 * Math.PI;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

const STEPS = 10;

/** Returns a closed Catmull-Rom spline as a polygon. */
function curveThrough(points: readonly Point[]): Point[] {
  const at = (index: number) => points[(index + points.length) % points.length] as Point;
  return points.flatMap((_, index) => {
    const around = [at(index - 1), at(index), at(index + 1), at(index + 2)] as const;
    return Array.from({ length: STEPS }, (_step, step): Point => {
      const t = step / STEPS;
      const along = (axis: 0 | 1) =>
        splineAt(
          around.map((point) => point[axis]),
          t,
        );
      return [along(0), along(1)];
    });
  });
}

function splineAt([a = 0, b = 0, c = 0, d = 0]: number[], t: number): number {
  const [linear, square, cube] = [c - a, 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d];
  return b + 0.5 * (linear * t + square * t ** 2 + cube * t ** 3);
}

/** Returns pens for the right and the left half of what is symmetric. */
export const halvesOf = (pen: Pen): readonly [Pen, Pen] => [pen, pen.at([0, 0], 1, true)];

/** Returns a colour. A hue of 1 is a full turn. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const place = (((offset + hue * 12) % 12) + 12) % 12;
    return 255 * (lightness - chroma * Math.max(-1, Math.min(place - 3, 9 - place, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Returns the colour with a part of another in it. */
export const tint = (colour: Colour, other: Colour, part: number): Colour => [
  colour[0] + (other[0] - colour[0]) * part,
  colour[1] + (other[1] - colour[1]) * part,
  colour[2] + (other[2] - colour[2]) * part,
];

export const BLACK: Colour = [14, 14, 18];
export const WHITE: Colour = [252, 250, 246];
export const darker = (colour: Colour, part = 0.25): Colour => tint(colour, BLACK, part);
export const lighter = (colour: Colour, part = 0.25): Colour => tint(colour, WHITE, part);
