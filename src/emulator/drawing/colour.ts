export type Colour = readonly [red: number, green: number, blue: number];

/** Returns a colour. A hue of 1 is a full turn. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const place = (((offset + hue * 12) % 12) + 12) % 12;
    return 255 * (lightness - chroma * Math.max(-1, Math.min(place - 3, 9 - place, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

export const mix = (from: number, to: number, part: number) => from + (to - from) * part;

/** Returns the colour with a part of another in it. */
export const tint = (colour: Colour, other: Colour, part: number): Colour => [
  mix(colour[0], other[0], part),
  mix(colour[1], other[1], part),
  mix(colour[2], other[2], part),
];

export const BLACK: Colour = [14, 14, 18];
export const WHITE: Colour = [252, 250, 246];
export const darker = (colour: Colour, part = 0.25): Colour => tint(colour, BLACK, part);
export const lighter = (colour: Colour, part = 0.25): Colour => tint(colour, WHITE, part);
