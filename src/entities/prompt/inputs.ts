import { mediaToAstria, toAstria } from '../../graphql/astria-input.ts';
import { builder, type InputBuilder } from '../../graphql/builder.ts';
import { maybeId, plainId } from '../../graphql/ids.ts';
import { idempotencyField } from '../../paid/idempotency.ts';
import { commonParameters, diffusionParameters, videoParameters } from './parameters.ts';

const MODEL_TEXT =
  'What to make. `<lora:123:1>` and `<faceid:123:1>` refer to tunes: `Tune.reference` gives them ready.';

const allParameters = (t: InputBuilder) => ({
  text: t.string({
    description: `${MODEL_TEXT} Needed but for a video that is made from \`videoPrompt\` alone, or begins with a frame, an image, a video or references.`,
  }),
  numImages: t.int({ description: 'How many images, 1 to 8; 1 for video.' }),
  ...commonParameters(t),
  ...diffusionParameters(t),
  ...videoParameters(t),
});

/** A prompt without its tune, which is created in the same step or known from what is changed. */
export const PromptAttributesInput = builder.inputType('PromptAttributesInput', {
  description: 'The parameters of a prompt, or those to change in one.',
  fields: (t) => ({
    ...allParameters(t),
  }),
});
export type PromptAttributes = typeof PromptAttributesInput.$inferInput;

export const CreatePromptInput = builder.inputType('CreatePromptInput', {
  description:
    'A prompt, with every parameter Astria takes. Which ones have an effect depends on the model.',
  fields: (t) => ({
    tuneId: t.id({
      required: true,
      description:
        'The tune it goes to, a foundation model or one of yours: its `id` or its `astriaId`.',
    }),
    ...allParameters(t),
    idempotencyKey: idempotencyField(t),
  }),
});

export const GenerateWithGeminiInput = builder.inputType('GenerateWithGeminiInput', {
  description: 'A prompt for Gemini (Nano Banana).',
  fields: (t) => ({
    text: t.string({ required: true, description: MODEL_TEXT }),
    numImages: t.int({ description: 'How many images, 1 to 8.' }),
    resolution: diffusionParameters(t).resolution,
    ...commonParameters(t),
    idempotencyKey: idempotencyField(t),
  }),
});

export const GenerateWithSeedreamInput = builder.inputType('GenerateWithSeedreamInput', {
  description: 'A prompt for Seedream, which has one resolution only.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description: `${MODEL_TEXT} Seedream does not take \`<1>\`.`,
    }),
    numImages: t.int({ description: 'How many images, 1 to 4.' }),
    ...commonParameters(t),
    idempotencyKey: idempotencyField(t),
  }),
});

/** Converts a prompt to Astria's names. `root` is its path in the arguments, for errors. */
export function toAstriaPrompt(prompt: PromptAttributes, root = 'input'): Record<string, unknown> {
  const { packId, basePackId, orderId, workspaceId, ...unlinked } = prompt;
  const { inputImage, maskImage, inputVideo, audioReference, ...less } = unlinked;
  const { videoFirstFrame, videoLastFrame, imageReferences, ...plain } = less;
  return {
    ...toAstria(plain),
    ...mediaToAstria({ inputImage, maskImage, inputVideo, audioReference }, root),
    ...mediaToAstria({ videoFirstFrame, videoLastFrame, imageReferences }, root),
    ...toAstria({
      packId: maybeId('Pack', packId, `${root}.packId`),
      basePackId: maybeId('Pack', basePackId, `${root}.basePackId`),
      orderId: plainId(orderId, `${root}.orderId`),
      workspaceId: maybeId('Workspace', workspaceId, `${root}.workspaceId`),
    }),
  };
}
