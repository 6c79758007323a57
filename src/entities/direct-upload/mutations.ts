import { toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { payload } from '../../graphql/payload.ts';
import { broken, isBlank, isOutside, type Rule, refuse } from '../../graphql/rules.ts';
import { scopeForAll } from '../../scope.ts';
import { createDirectUpload, type DirectUpload } from './rest.ts';
import { DirectUploadType } from './type.ts';

/** Astria says 100 MB without saying which kind. This is the larger one. */
const MAX_BYTES = 100 * 1024 * 1024;

const CreateDirectUploadInput = builder.inputType('CreateDirectUploadInput', {
  description: 'A file that you will send straight to storage.',
  fields: (t) => ({
    filename: t.string({ required: true, description: 'Its name: photo.jpg.' }),
    contentType: t.string({
      required: true,
      description: 'What it is: `image/…`, `video/…`, `audio/…` or `text/plain`.',
    }),
    byteSize: t.int({
      required: true,
      description: `How many bytes it has, ${MAX_BYTES} (100 MB) at most.`,
    }),
    checksum: t.string({
      required: true,
      description:
        "The MD5 of its bytes, in base64: 24 characters. `createHash('md5').update(bytes).digest('base64')` in Node.",
    }),
  }),
});

const RULES: readonly Rule<typeof CreateDirectUploadInput.$inferInput>[] = [
  ['filename', "can't be blank", ({ filename }) => isBlank(filename)],
  [
    'contentType',
    'must be image/…, video/…, audio/… or text/plain',
    ({ contentType }) => !/^(?:(?:image|video|audio)\/[\w.+-]+|text\/plain)$/.test(contentType),
  ],
  [
    'byteSize',
    `must be between 1 and ${MAX_BYTES}`,
    ({ byteSize }) => isOutside(byteSize, 1, MAX_BYTES),
  ],
  [
    'checksum',
    'must be an MD5 in base64, which has 24 characters',
    ({ checksum }) => !/^[A-Za-z\d+/]{22}==$/.test(checksum),
  ],
];

const CreateDirectUploadPayload = payload<{ directUpload: DirectUpload }>(
  'CreateDirectUploadPayload',
  (t) => ({
    directUpload: t.field({
      type: DirectUploadType,
      nullable: false,
      description: 'Where to send the file, and the `signedId` that represents it afterwards.',
      resolve: ({ directUpload }) => directUpload,
    }),
  }),
);

builder.mutationField('createDirectUpload', (t) =>
  t.field({
    type: CreateDirectUploadPayload,
    nullable: false,
    description:
      'Requests an address in storage for a file of up to 100 MB. You then send the file there, not through the gateway. Costs nothing.',
    args: {
      input: t.arg({ type: CreateDirectUploadInput, required: true, description: 'The file.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      refuse(broken(input, RULES));
      const { astria } = scopeForAll(context);
      return { directUpload: await createDirectUpload(astria, toAstria(input)) };
    },
  }),
);
