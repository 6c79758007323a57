import { blank, type Canvas, fill, glow, type Paint, type Point, type Size } from './raster.ts';

/** Draws in units of a picture's shorter side, times the scale of `at`. x grows to the right and y downwards. */
export interface Pen {
  /** How far the picture reaches from the pen's origin. */
  left: number;
  right: number;
  bottom: number;
  /** A polygon with straight sides. */
  flat(outline: Outline, paint: Paint): void;
  /** A closed curve through the points. */
  round(outline: Outline, paint: Paint): void;
  oval(centre: Point, radius: Point, paint: Paint): void;
  box(corner: Point, size: Point, paint: Paint): void;
  /** A box from the left edge of the picture to its right edge. */
  band(y: number, height: number, paint: Paint): void;
  glow(centre: Point, radius: number, paint: Paint): void;
  /** Returns a pen with another origin and scale. A mirrored pen draws x to the left. */
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
  /** 1, or -1 if the pen is mirrored. */
  flip: number;
}

function penOn(canvas: Canvas, place: Place): Pen {
  const { x: originX, y: originY, scale, flip } = place;
  const placed = ([x, y]: Point): Point => [originX + x * scale * flip, originY + y * scale];
  const flat = (outline: Outline, paint: Paint) =>
    fill(canvas, pointsOf(outline).map(placed), paint);
  const box = ([x, y]: Point, [width, height]: Point, paint: Paint) =>
    flat(
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ],
      paint,
    );
  const edges = [-originX / scale, (canvas.width - originX) / scale].map((x) => x * flip);
  const [left, right] = [Math.min(...edges), Math.max(...edges)];
  return {
    left,
    right,
    bottom: (canvas.height - originY) / scale,
    flat,
    round: (outline, paint) => flat(curveThrough(pointsOf(outline)), paint),
    oval: (centre, radius, paint) => flat(ovalOf(centre, radius), paint),
    box,
    band: (y, height, paint) => box([left, y], [right - left, height], paint),
    glow: (centre, radius, paint) => glow(canvas, placed(centre), radius * scale, paint),
    at: ([x, y], factor = 1, isMirrored = false) => {
      const [newX, newY] = placed([x, y]);
      return penOn(canvas, {
        x: newX,
        y: newY,
        scale: scale * factor,
        flip: isMirrored ? -flip : flip,
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
