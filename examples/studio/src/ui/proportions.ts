import type { TilePrompt } from '../graphql/fragments.ts';

/**
 * Returns the width to height that a prompt's pictures will have, known before they exist: of its first picture, of the numbers or
 * the text that it was asked for with. A square where nobody says.
 */
export function proportionOf({ images, aspectRatio, w, h }: TilePrompt): number {
  const [first] = images;
  if (first?.width && first.height) return first.width / first.height;
  if (w && h) return w / h;
  const [, across, down] = /^(\d+):(\d+)$/.exec(aspectRatio ?? '') ?? [];
  return across && down ? Number(across) / Number(down) : 1;
}
