import type { TilePrompt } from '../graphql/fragments.ts';

/**
 * Returns the width divided by the height of a prompt's pictures, before they exist: by its first picture, otherwise by the size
 * or the aspect ratio of the request. 1 if none of them is known.
 */
export function proportionOf({ images, aspectRatio, w, h }: TilePrompt): number {
  const [first] = images;
  if (first?.width && first.height) return first.width / first.height;
  if (w && h) return w / h;
  const [, across, down] = /^(\d+):(\d+)$/.exec(aspectRatio ?? '') ?? [];
  return across && down ? Number(across) / Number(down) : 1;
}
