import { builder } from '../../graphql/builder.ts';
import type { DirectUpload } from './rest.ts';

interface Header {
  name: string;
  value: string;
}

const DirectUploadHeaderType = builder.objectRef<Header>('DirectUploadHeader').implement({
  description: 'A header that the file must be sent with.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'Its name: Content-Type.' }),
    value: t.exposeString('value', { nullable: false, description: 'Its value, as it is.' }),
  }),
});

export const DirectUploadType = builder.objectRef<DirectUpload>('DirectUpload').implement({
  description:
    'A place in storage for one file: send the file there by PUT, and then use its `signedId`.',
  fields: (t) => ({
    signedId: t.exposeString('signed_id', {
      nullable: false,
      description:
        'Represents the file in every media input (`{ signedId }`), once it has been sent. It is a secret: anybody who has it can use the file.',
    }),
    url: t.field({
      type: 'URL',
      nullable: false,
      description:
        "Where to PUT the file's bytes, with exactly these `headers`, and without any `Authorization`. It is a secret: anybody who has it can send another file.",
      resolve: (upload) => upload.direct_upload.url,
    }),
    headers: t.field({
      type: [DirectUploadHeaderType],
      nullable: { list: false, items: false },
      description: 'The headers to send it with.',
      resolve: (upload) =>
        Object.entries(upload.direct_upload.headers).map(([name, value]) => ({ name, value })),
    }),
    publicUrl: t.expose('public_url', {
      type: 'URL',
      description: 'The address at which anybody can read the file, after it has been sent.',
    }),
  }),
});
