/** Our inputs in Astria's spelling. */
import type { Media } from './media.ts';

/** `numImages` is `num_images`; nulls are left out, as if they had not been given. */
export const toAstria = (input: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [snakeCase(name), value]),
  );

/** The same for media: `{ inputImage: { url } }` is `{ input_image_url: url }`, and a list `…_urls`. */
export const mediaToAstria = (media: Record<string, Media | readonly Media[] | null | undefined>) =>
  toAstria(
    Object.fromEntries(
      Object.entries(media).map(([name, value]) =>
        Array.isArray(value)
          ? [`${name.replace(/s$/, '')}Urls`, value.map(({ url }) => url)]
          : [`${name}Url`, (value as Media | null | undefined)?.url],
      ),
    ),
  );

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
