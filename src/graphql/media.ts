import { builder } from './builder.ts';
import { isDataUrl } from './data-url.ts';
import type { MediaKind } from './media-kinds.ts';

/** A picture, a video or audio: an address that Astria fetches, or data that comes with the request. */
export const MediaInput = builder.inputType('MediaInput', {
  description: 'A picture, a video or a sound: say where it is, in exactly one way.',
  isOneOf: true,
  fields: (t) => ({
    url: t.field({
      type: 'URL',
      description:
        'Where Astria can fetch it, which must be public; or the thing itself in a data URL: `data:image/png;base64,…`. With all variables that is 200,000 characters at most, so larger ones are for `file`.',
    }),
    file: t.field({ type: 'Upload', description: 'The file itself, sent with the request.' }),
    signedId: t.string({
      description:
        'What `createDirectUpload` gave for a file that has since been sent to storage. It stands for the file, and is a secret.',
    }),
  }),
});
export type Media = typeof MediaInput.$inferInput;

/** Returns whether the data is in the input itself. */
export const isInline = (media: Media): media is Media & { url: string } =>
  media.url != null && isDataUrl(media.url);

/** Astria's media fields and what they take. Each takes a file or, with the suffix `_url`, an address. */
const MEDIA: Record<string, MediaKind> = {
  input_image: 'image',
  mask_image: 'image',
  video_first_frame: 'image',
  video_last_frame: 'image',
  input_video: 'video',
  audio_reference: 'audio',
};

/** Returns our one name for both of Astria's: `input_image_url` is `input_image` here. */
export function mediaFieldOf(name: string): string | undefined {
  if (name === 'image_reference_urls') return 'image_references';
  if (name === 'input_image_base64') return 'input_image';
  const field = name.replace(/_url$/, '');
  return Object.hasOwn(MEDIA, field) ? field : undefined;
}

/** A field that is not listed takes a picture. */
export const mediaKindOf = (field: string): MediaKind => MEDIA[field] ?? 'image';
