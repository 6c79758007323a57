import type { Prompt } from './rest.ts';

interface Size {
  width: number;
  height: number;
}

/** Astria tells no size of a file, so it is what the prompt asked for; null where it does not say. */
export function askedSizeOf({ w, h, aspect_ratio, resolution }: Prompt): Size | null {
  if (w && h && w > 0 && h > 0) return { width: w, height: h };
  const [, across, down] = /^([1-9]\d?):([1-9]\d?)$/.exec(aspect_ratio ?? '') ?? [];
  const [, thousands] = /^([1-9]\d?)K$/.exec(resolution ?? '') ?? [];
  if (!across || !down || !thousands) return null;
  // Whatever its proportions, it has the pixels of a square with sides of so many times 1024.
  const side = Number(thousands) * 1024;
  const stretch = Math.sqrt(Number(across) / Number(down));
  return { width: Math.round(side * stretch), height: Math.round(side / stretch) };
}
