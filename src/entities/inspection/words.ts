/** Describes a picture in words. */
import { builder, type InputBuilder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { isDataUrl } from '../../graphql/data-url.ts';
import { payload } from '../../graphql/payload.ts';
import { broken, isBlank, type Rule, refuse } from '../../graphql/rules.ts';
import { scopeToChangeIn } from '../../graphql/workspace-input.ts';
import { type Classification, classifyImage, type Description, describeImage } from './rest.ts';
import { textOf } from './type.ts';

const commonFields = (t: InputBuilder) => ({
  imageUrl: t.field({
    type: 'URL',
    required: true,
    description:
      'The address of the picture, from which Astria fetches it. For a picture of your own use the `publicUrl` of `createDirectUpload`.',
  }),
  workspaceId: t.id({
    description:
      "The workspace for which it is inspected: its `id` or its `astriaId`. The request's own if left out.",
  }),
});

const DescribeImageInput = builder.inputType('DescribeImageInput', {
  description: 'A picture to describe.',
  fields: (t) => ({
    ...commonFields(t),
    names: t.stringList({ description: 'The names of the people in it.' }),
  }),
});

const ClassifyImageInput = builder.inputType('ClassifyImageInput', {
  description: 'A picture to make a tune of.',
  fields: (t) => ({ ...commonFields(t) }),
});

interface ImageInput {
  imageUrl: string;
  names?: readonly string[] | null;
}

const RULES: readonly Rule<ImageInput>[] = [
  [
    'imageUrl',
    'must be a web address: send a picture of your own by createDirectUpload, and give its publicUrl',
    ({ imageUrl }) => isDataUrl(imageUrl),
  ],
  ['names', "can't hold a blank", ({ names }) => names?.some(isBlank)],
];

const DescribeImagePayload = payload<Description>('DescribeImagePayload', (t) => ({
  description: t.string({
    description: 'What the picture shows.',
    resolve: ({ description }) => textOf(description),
  }),
}));

const ClassificationType = builder.objectRef<Classification>('ImageClassification').implement({
  description: 'A class, names and captions for a tune made of the picture.',
  fields: (t) => ({
    className: t.string({
      resolve: (told) => textOf(told.class_name),
      description: 'The class of the subject, for `name` of a tune: woman, dress …',
    }),
    shortDescription: t.string({
      resolve: (told) => textOf(told.short_description),
      description: 'A few words, for `title` of a tune.',
    }),
    firstName: t.string({
      resolve: (told) => textOf(told.first_name),
      description: 'A first name, for `title` too.',
    }),
    caption: t.string({
      resolve: (told) => textOf(told.caption),
      description: 'A sentence, for `imageCaptions`.',
    }),
    captions: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Several of them, if Astria has more than one.',
      resolve: ({ captions }) => captions ?? [],
    }),
  }),
});

const ClassifyImagePayload = payload<{ classification: Classification }>(
  'ClassifyImagePayload',
  (t) => ({
    classification: t.field({
      type: ClassificationType,
      nullable: false,
      description: 'What it is.',
      resolve: ({ classification }) => classification,
    }),
  }),
);

const SLOW = 'The answer may take 2 minutes.';

builder.mutationFields((t) => ({
  describeImage: t.field({
    type: DescribeImagePayload,
    nullable: false,
    description: `Describes a picture in words. ${SLOW}`,
    args: {
      input: t.arg({ type: DescribeImageInput, required: true, description: 'The picture.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { input }, context) => {
      refuse(broken<ImageInput>(input, RULES));
      const { imageUrl, names, workspaceId } = input;
      const { astria } = scopeToChangeIn(context, workspaceId);
      return describeImage(astria, { file_url: imageUrl, ...(names && { names }) });
    },
  }),
  classifyImage: t.field({
    type: ClassifyImagePayload,
    nullable: false,
    description: `Classifies a picture, to make a tune of it. ${SLOW}`,
    args: {
      input: t.arg({ type: ClassifyImageInput, required: true, description: 'The picture.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      refuse(broken<ImageInput>(input, RULES));
      const { astria } = scopeToChangeIn(context, input.workspaceId);
      return { classification: await classifyImage(astria, { file_url: input.imageUrl }) };
    },
  }),
}));
