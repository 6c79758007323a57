import { builder } from '../../graphql/builder.ts';
import type { Prompt } from './rest.ts';

interface GeneratedImage {
  url: string;
  contentType: string | null;
  filename: string | null;
}

export const GeneratedImageType = builder.objectRef<GeneratedImage>('GeneratedImage').implement({
  description: 'An image or a video that a prompt made. Astria deletes it after 30 days.',
  fields: (t) => ({
    url: t.expose('url', { type: 'URL', nullable: false, description: 'Where to get it.' }),
    contentType: t.exposeString('contentType', {
      description: 'image/jpeg, video/mp4 …; null where Astria does not say.',
    }),
    filename: t.exposeString('filename', {
      description: 'A name to save it under; null where Astria does not say.',
    }),
    isVideo: t.boolean({
      nullable: false,
      description: 'Whether it is a video: by its content type, else by the ending of its name.',
      resolve: (image) => isVideo(image),
    }),
  }),
});

/** Astria's three parallel lists, as one; an entry without a readable URL is left out. */
export const imagesOf = ({ images, content_types, filenames }: Prompt): GeneratedImage[] =>
  (images ?? []).flatMap((url, index) =>
    url === null
      ? []
      : {
          url,
          contentType: content_types?.[index] ?? null,
          filename: filenames?.[index] ?? null,
        },
  );

const isVideo = ({ url, contentType, filename }: GeneratedImage) =>
  contentType
    ? contentType.startsWith('video/')
    : /\.(?:mp4|mov|webm)$/i.test(filename ?? new URL(url).pathname);
