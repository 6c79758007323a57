/** Glyphs of three by five pixels, as fifteen bits each from the top left. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:-<>&#';
const BITS = `
  2bed 6bae 3923 6b6e 79a7 79a4 396b 5bed 7497 126a 5bad 4927 5fed 6b6d 2b6a 6ba4
  2b7b 6bad 388e 7492 5b6f 5b6a 5bfd 5aad 5a92 72a7 7b6f 2c97 62a7 628e 5bc9 798e
  39ef 7292 7bef 7bce 0002 0014 0410 01c0 1511 4454 2aab 5f7d
`;

const glyphs = new Map<string, number>();
for (const [index, bits] of BITS.trim().split(/\s+/).entries()) {
  glyphs.set(LETTERS.charAt(index), Number.parseInt(bits, 16));
}

/** Returns 0, an empty glyph, for a character without one. `write` makes capitals of small letters first. */
export const glyphOf = (letter: string): number => glyphs.get(letter) ?? 0;
