/** Our inputs in Astria's spelling. */
import { InlineFile } from './data-url.ts';
import { badRequest } from './errors.ts';
import { ourName } from './input-paths.ts';
import { isInline, type Media, mediaKindOf } from './media.ts';

/** `numImages` is `num_images`; nulls are left out, as if they had not been given. */
export const toAstria = (input: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [snakeCase(name), value]),
  );

/**
 * The same for media. `{ inputImage: { url } }` is `{ input_image_url: url }`, and `{ file }`, what a data URL holds, or a
 * `{ signedId }` stands under `input_image`; a list is `image_reference_urls`, `image_references`, or both.
 */
export const mediaToAstria = (media: Record<string, Media | readonly Media[] | null | undefined>) =>
  Object.fromEntries(Object.entries(media).flatMap(([name, value]) => astriaMedia(name, value)));

function astriaMedia(name: string, value: Media | readonly Media[] | null | undefined) {
  const field = snakeCase(name);
  const sent: (readonly [string, unknown])[] = [];
  const kind = mediaKindOf(field);
  const fileOf = (media: Media) =>
    isInline(media)
      ? new InlineFile(media.url, { kind, field: ourName(field) })
      : (media.file?.as(kind) ?? signedIdOf(media, ourName(field)));
  if (!value) return sent;
  if (!isList(value)) {
    const file = fileOf(value);
    sent.push(file ? [field, file] : [`${field}_url`, value.url]);
    return sent;
  }
  const urls = value.flatMap((media) => (isInline(media) ? [] : (media.url ?? [])));
  const files = value.flatMap((item) => fileOf(item) ?? []);
  if (urls.length > 0 || files.length === 0) sent.push([`${field.replace(/s$/, '')}_urls`, urls]);
  if (files.length > 0) sent.push([field, files]);
  return sent;
}

function signedIdOf({ signedId }: Media, field: string) {
  if (signedId == null || signedId.trim()) return signedId;
  throw badRequest(
    `The \`signedId\` in \`${field}\` is blank: give the one that \`createDirectUpload\` told.`,
  );
}

const isList = (value: Media | readonly Media[]): value is readonly Media[] => Array.isArray(value);

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
