import { builder } from './builder.ts';

/** A picture, a video or a sound that Astria shall fetch. */
export const MediaInput = builder.inputType('MediaInput', {
  description: 'A picture, a video or a sound: say where it is, in exactly one way.',
  isOneOf: true,
  fields: (t) => ({
    url: t.field({ type: 'URL', description: 'Where Astria can fetch it. It must be public.' }),
  }),
});
export type Media = typeof MediaInput.$inferInput;

/** Astria's media fields that take a file or, under the name that ends in `_url`, an address. */
const MEDIA = [
  'input_image',
  'mask_image',
  'video_first_frame',
  'video_last_frame',
  'input_video',
  'audio_reference',
];

/** Our one name for both of Astria's: `input_image_url` is `input_image` here. */
export function mediaFieldOf(name: string): string | undefined {
  if (name === 'image_reference_urls') return 'image_references';
  const field = name.replace(/_url$/, '');
  return MEDIA.includes(field) ? field : undefined;
}
