import { builder } from '../../graphql/builder.ts';
import { askedSizeOf } from './image-size.ts';
import type { Prompt } from './rest.ts';

interface GeneratedImage {
  url: string;
  contentType: string | null;
  filename: string | null;
  prompt: Prompt;
}

const AS_ASKED =
  'as the prompt requested it, for a placeholder of these proportions: by `w` and `h`, else by `aspectRatio` and `resolution`. The file itself may differ: models round, and `superResolution` enlarges. Null for a video, and if the prompt says neither.';

export const GeneratedImageType = builder.objectRef<GeneratedImage>('GeneratedImage').implement({
  description: 'An image or a video that a prompt made. Astria deletes it after 30 days.',
  fields: (t) => ({
    url: t.expose('url', { type: 'URL', nullable: false, description: 'Its address.' }),
    contentType: t.exposeString('contentType', {
      description: 'image/jpeg, video/mp4 …; null if Astria does not report it.',
    }),
    filename: t.exposeString('filename', {
      description: 'A name to save it under; null if Astria does not report one.',
    }),
    isVideo: t.boolean({
      nullable: false,
      description: 'Whether it is a video: by its content type, else by the ending of its name.',
      resolve: (image) => isVideo(image),
    }),
    width: t.int({
      description: `Its width in pixels, ${AS_ASKED}`,
      resolve: (image) => sizeOf(image)?.width,
    }),
    height: t.int({
      description: `Its height in pixels, ${AS_ASKED}`,
      resolve: (image) => sizeOf(image)?.height,
    }),
  }),
});

/** Combines Astria's three parallel lists. An entry without a readable address is left out. */
export const imagesOf = (prompt: Prompt): GeneratedImage[] =>
  (prompt.images ?? []).flatMap((url, index) =>
    url === null
      ? []
      : {
          url,
          contentType: prompt.content_types?.[index] ?? null,
          filename: prompt.filenames?.[index] ?? null,
          prompt,
        },
  );

const isVideo = ({ url, contentType, filename }: GeneratedImage) =>
  contentType
    ? contentType.startsWith('video/')
    : /\.(?:mp4|mov|webm)$/i.test(filename ?? new URL(url).pathname);

/** A prompt's sizes are those of its images. The size of a video depends on its model. */
const sizeOf = (image: GeneratedImage) => (isVideo(image) ? null : askedSizeOf(image.prompt));
