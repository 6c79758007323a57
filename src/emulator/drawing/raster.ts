import { crc32, deflateSync } from 'node:zlib';
import { type Colour, mix, tint } from './colour.ts';

export type Point = readonly [x: number, y: number];

export interface Size {
  width: number;
  height: number;
}

/** A picture of three bytes a pixel. */
export interface Canvas extends Size {
  pixels: Uint8Array;
}

/** What a shape is filled with: a colour, or a gradient from its top to its bottom. */
export interface Paint {
  top: Colour;
  bottom?: Colour;
  /** The opacity. 1 if left out. */
  alpha?: number;
}

export const blank = ({ width, height }: Size): Canvas => ({
  width,
  height,
  pixels: new Uint8Array(width * height * 3),
});

/** The number of lines that each row of pixels is divided into, for antialiasing. */
const LINES = 4;

/** Fills a closed shape. Its points are in pixels. If it crosses itself, the even-odd rule holds. */
export function fill(canvas: Canvas, shape: readonly Point[], paint: Paint): void {
  const [xs, ys] = [shape.map(([x]) => x), shape.map(([, y]) => y)];
  const [from, to] = [Math.min(...ys), Math.max(...ys)];
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(canvas.width - 1, Math.ceil(Math.max(...xs)));
  const last = Math.min(canvas.height - 1, Math.floor(to));
  const cover = new Float32Array(canvas.width + 1);
  for (let row = Math.max(0, Math.floor(from)); row <= last; row++) {
    cover.fill(0, left, right + 2);
    for (let line = 0; line < LINES; line++) {
      const crossings = crossingsAt(shape, row + (line + 0.5) / LINES);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        addSpan(cover, crossings[pair] as number, crossings[pair + 1] as number);
      }
    }
    const { top, bottom = top, alpha = 1 } = paint;
    const colour = tint(top, bottom, (row - from) / (to - from || 1));
    blend(canvas, { row, left, right, cover }, colour, alpha);
  }
}

function crossingsAt(shape: readonly Point[], y: number): number[] {
  const found: number[] = [];
  let [lastX, lastY] = shape.at(-1) ?? [0, 0];
  for (const [x, nextY] of shape) {
    if (lastY <= y !== nextY <= y)
      found.push(lastX + ((y - lastY) / (nextY - lastY)) * (x - lastX));
    [lastX, lastY] = [x, nextY];
  }
  return found.sort((a, b) => a - b);
}

/** Adds the part of each pixel that lies between two points of a line. */
function addSpan(cover: Float32Array, start: number, end: number): void {
  const [from, to] = [Math.max(0, start), Math.min(cover.length - 1, end)];
  if (from >= to) return;
  const [first, last] = [Math.floor(from), Math.floor(to)];
  if (first === last) {
    cover[first] = (cover[first] ?? 0) + (to - from) / LINES;
    return;
  }
  cover[first] = (cover[first] ?? 0) + (first + 1 - from) / LINES;
  for (let x = first + 1; x < last; x++) cover[x] = (cover[x] ?? 0) + 1 / LINES;
  cover[last] = (cover[last] ?? 0) + (to - last) / LINES;
}

/** The covered part of each pixel of a row. */
interface Stripe {
  row: number;
  left: number;
  right: number;
  cover: Float32Array;
}

function blend({ width, pixels }: Canvas, stripe: Stripe, colour: Colour, alpha: number): void {
  const { row, left, right, cover } = stripe;
  for (let x = left; x <= right; x++) {
    const part = (cover[x] ?? 0) * alpha;
    if (part > 0) blendPixel(pixels, row * width + x, colour, part);
  }
}

function blendPixel(pixels: Uint8Array, pixel: number, colour: Colour, part: number): void {
  const at = pixel * 3;
  pixels[at] = mix(pixels[at] ?? 0, colour[0], part);
  pixels[at + 1] = mix(pixels[at + 1] ?? 0, colour[1], part);
  pixels[at + 2] = mix(pixels[at + 2] ?? 0, colour[2], part);
}

/** Adds light that fades from a centre. */
export function glow(canvas: Canvas, [cx, cy]: Point, radius: number, { top, alpha = 1 }: Paint) {
  const { width, height, pixels } = canvas;
  const [left, right] = [Math.max(0, Math.ceil(cx - radius)), Math.min(width - 1, cx + radius)];
  for (let y = Math.max(0, Math.ceil(cy - radius)); y < Math.min(height, cy + radius); y++) {
    for (let x = left; x <= right; x++) {
      const near = 1 - ((x - cx) ** 2 + (y - cy) ** 2) / radius ** 2;
      if (near > 0) blendPixel(pixels, y * width + x, top, near * near * alpha);
    }
  }
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** https://www.w3.org/TR/png-3, colour type 2. */
export function pngOf({ width, height, pixels }: Canvas): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const bytes = width * 3;
  const rows = Buffer.alloc((bytes + 1) * height);
  for (let y = 0; y < height; y++) {
    // Filter type 2: each byte is its difference from the one above, which is 0 in most of a picture like these.
    const at = y * (bytes + 1);
    rows[at] = 2;
    for (let x = 0; x < bytes; x++) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * bytes + x] ?? 0);
      rows[at + 1 + x] = (pixels[y * bytes + x] ?? 0) - above;
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
