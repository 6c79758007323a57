import { createHash } from 'node:crypto';
import { type Canvas, type Colour, paint, pngOf, write } from './canvas.ts';

export interface Sketch {
  /** Decides the colours and the figure: the same name always gives the same ones. It is not written on the picture. */
  name: string;
  title: string;
  text?: string | null;
  width?: number;
  height?: number;
}

/** The palette: the shades of the gradient, then the figure's colour, then the caption's. */
const SHADES = 12;
const FIGURE = SHADES;
const INK = SHADES + 1;

/** Draws a gradient, a figure in front of it, and a caption. */
export function drawPicture({ name, title, text, width = 512, height = 512 }: Sketch): Uint8Array {
  const bytes = createHash('sha1').update(name).digest();
  const byte = (index: number) => bytes[index] ?? 0;
  const figure = figureOf({ width, height }, byte);
  const canvas = paint({ width, height }, (x, y) =>
    figure(x, y) ? FIGURE : Math.floor(((x + 2 * y) / (width + 2 * height)) * SHADES),
  );
  letter(canvas, title, text);
  const hue = byte(0) / 256;
  const backdrop = Array.from({ length: SHADES }, (_, shade) =>
    colourOf(hue + (shade / SHADES) * 0.12, 0.78 - (shade / SHADES) * 0.3),
  );
  return pngOf(canvas, [...backdrop, colourOf(hue + 0.45, 0.3), [255, 255, 255]]);
}

/** Returns a function that tells whether a pixel belongs to the figure: a head and shoulders. */
function figureOf(size: { width: number; height: number }, byte: (index: number) => number) {
  const unit = Math.min(size.width, size.height);
  const middle = size.width * (0.4 + (byte(1) / 256) * 0.2);
  const head = { y: size.height * 0.4, radius: unit * (0.11 + (byte(2) / 256) * 0.05) };
  const shoulders = { y: size.height, radius: unit * (0.28 + (byte(3) / 256) * 0.08) };
  // Squares are compared, because `Math.hypot` is slow for half a million pixels.
  return (x: number, y: number): boolean =>
    [head, shoulders].some(
      (part) => (x - middle) ** 2 + 0.64 * (y - part.y) ** 2 < part.radius ** 2,
    );
}

function letter(canvas: Canvas, title: string, text: string | null | undefined): void {
  write(canvas, title, { x: 20, y: 20, scale: 4, colour: INK });
  if (text) write(canvas, text, { x: 20, y: 56, scale: 2, colour: INK });
}

/** Returns a colour of low saturation. A hue of 1 is a full turn. */
function colourOf(hue: number, lightness: number): Colour {
  const chroma = 0.4 * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const place = (offset + hue * 12) % 12;
    const level = lightness - chroma * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(level * 255);
  };
  return [channel(0), channel(8), channel(4)];
}
