import type { Prompt } from './rest.ts';

interface Size {
  width: number;
  height: number;
}

/**
 * Returns the size that the prompt asked for, because Astria does not tell the size of a file. Returns null if the prompt does
 * not say it.
 */
export function askedSizeOf({ w, h, aspect_ratio, resolution }: Prompt): Size | null {
  if (w && h && w > 0 && h > 0) return { width: w, height: h };
  const [, across, down] = /^([1-9]\d?):([1-9]\d?)$/.exec(aspect_ratio ?? '') ?? [];
  const [, thousands] = /^([1-9]\d?)K$/.exec(resolution ?? '') ?? [];
  if (!across || !down || !thousands) return null;
  // Whatever its proportions are, the picture has as many pixels as a square with this side.
  const side = Number(thousands) * 1024;
  const stretch = Math.sqrt(Number(across) / Number(down));
  return { width: Math.round(side * stretch), height: Math.round(side / stretch) };
}
