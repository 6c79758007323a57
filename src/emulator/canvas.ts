import { crc32, deflateSync } from 'node:zlib';
import { glyphOf } from './glyphs.ts';

export type Colour = [red: number, green: number, blue: number];

/** A picture of few colours. Each byte is a pixel's index in the palette. */
export interface Canvas {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Paints each pixel by its coordinates. */
export function paint(
  size: { width: number; height: number },
  colourAt: (x: number, y: number) => number,
): Canvas {
  const pixels = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) pixels[y * size.width + x] = colourAt(x, y);
  }
  return { ...size, pixels };
}

export interface Lettering {
  x: number;
  y: number;
  /** The width of a glyph's pixel on the canvas. */
  scale: number;
  colour: number;
}

/** Writes a text in capitals of three by five pixels. A character without a glyph is a gap. Lines break between words. */
export function write(canvas: Canvas, text: string, at: Lettering): void {
  const step = 4 * at.scale;
  const columns = Math.floor((canvas.width - 2 * at.x) / step);
  const lines = wrapped(text.toUpperCase(), columns);
  for (const [row, line] of lines.entries()) {
    for (const [column, letter] of [...line].entries()) {
      const place = { ...at, x: at.x + column * step, y: at.y + row * 7 * at.scale };
      stamp(canvas, glyphOf(letter), place);
    }
  }
}

function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word.slice(0, columns));
    }
  }
  return lines;
}

/** Draws a glyph of fifteen bits, the top left one first. */
function stamp(canvas: Canvas, glyph: number, { x, y, scale, colour }: Lettering): void {
  for (let bit = 0; bit < 15; bit++) {
    if (((glyph >> (14 - bit)) & 1) === 0) continue;
    const left = x + (bit % 3) * scale;
    const top = y + Math.floor(bit / 3) * scale;
    for (let row = top; row < Math.min(top + scale, canvas.height); row++) {
      canvas.pixels.fill(colour, row * canvas.width + left, row * canvas.width + left + scale);
    }
  }
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** https://www.w3.org/TR/png-3, colour type 3. */
export function pngOf({ width, height, pixels }: Canvas, palette: Colour[]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    // Each row begins with its filter type. 0 is none.
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
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
