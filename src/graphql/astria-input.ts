/** Converts our inputs to Astria's spelling. */
import { InlineFile } from './data-url.ts';
import { badRequest } from './errors.ts';
import { ourName } from './input-paths.ts';
import { isInline, type Media, mediaKindOf } from './media.ts';

/** Converts names: `numImages` becomes `num_images`. Nulls are left out, as if they were absent. */
export const toAstria = (input: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [snakeCase(name), value]),
  );

/** `place` is its path in the arguments, if that differs from its name in our input. */
type Placed = Media & { place?: readonly string[] };
type Given = Placed | readonly Placed[] | null | undefined;

/**
 * Converts media. `{ inputImage: { url } }` becomes `{ input_image_url: url }`. A `{ file }`, the content of a data URL, or a
 * `{ signedId }` goes under `input_image`. A list becomes `image_reference_urls`, `image_references`, or both. `root` is their
 * path in the arguments.
 */
export const mediaToAstria = (media: Record<string, Given>, root = 'input') =>
  Object.fromEntries(
    Object.entries(media).flatMap(([name, value]) => astriaMedia(name, value, root.split('.'))),
  );

function astriaMedia(name: string, value: Given, root: readonly string[]) {
  const field = snakeCase(name);
  const sent: (readonly [string, unknown])[] = [];
  const kind = mediaKindOf(field);
  const fileOf = (media: Placed, index?: number) => {
    const place = media.place ?? [
      ...root,
      ourName(field),
      ...(index === undefined ? [] : [String(index)]),
    ];
    return isInline(media)
      ? new InlineFile(media.url, { kind, place })
      : (media.file?.as(kind, place) ?? signedIdOf(media, ourName(field)));
  };
  if (!value) return sent;
  if (!isList(value)) {
    const file = fileOf(value);
    sent.push(file ? [field, file] : [`${field}_url`, value.url]);
    return sent;
  }
  const urls = value.flatMap((media) => (isInline(media) ? [] : (media.url ?? [])));
  const files = value.flatMap((item, index) => fileOf(item, index) ?? []);
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

const isList = (value: Placed | readonly Placed[]): value is readonly Placed[] =>
  Array.isArray(value);

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
