import { builder } from '../../graphql/builder.ts';
import { connectionType } from '../../graphql/connection.ts';
import { globalId } from '../../graphql/ids.ts';
import { MoneyType } from '../../graphql/money.ts';
import { loadsNode, NodeInterface } from '../../graphql/node.ts';
import { shownCallback } from '../../graphql/our-callback.ts';
import { withoutInternals } from '../../observe/secrets.ts';
import { scopeIn } from '../../scope.ts';
import { GeneratedImageType, imagesOf } from './images.ts';
import { type PromptRow, promptById } from './loader.ts';
import type { Prompt } from './rest.ts';
import { errorOf, statusOfPrompt } from './status.ts';

export const PromptType = builder.objectRef<PromptRow>('Prompt');
export const PromptConnectionType = connectionType(PromptType, 'Prompt');

loadsNode('Prompt', (context, id) => promptById(scopeIn(context)).load(id));

const PromptStatus = builder.enumType('PromptStatus', {
  description:
    'The progress of a prompt. Derived from its dates, images and error, because Astria reports no status.',
  values: {
    QUEUED: { description: 'It waits for its turn.' },
    PROCESSING: {
      description:
        'It is being made. `progress` says how far it is, and `images` contains what is ready.',
    },
    SUCCEEDED: { description: 'It is done, and `images` holds everything.' },
    FAILED: { description: 'It failed. `userError` says why, if Astria does.' },
  } as const,
});

const PromptProgressType = builder.objectRef<Prompt>('PromptProgress').implement({
  description: 'How far a running prompt is.',
  fields: (t) => ({
    elapsedSeconds: t.exposeFloat('progress_elapsed_seconds', {
      description: 'The number of seconds that it has been running.',
    }),
    expectedSeconds: t.exposeFloat('progress_timing_seconds', {
      description: 'How many seconds it should take in all.',
    }),
  }),
});

PromptType.implement({
  description: 'One generation: its parameters, and the images or the video that it made.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'The global id.',
      resolve: (prompt) => globalId('Prompt', prompt.id),
    }),
    astriaId: t.expose('id', { type: 'SafeInt', nullable: false, description: "Astria's number." }),
    status: t.field({
      type: PromptStatus,
      nullable: false,
      description: 'How far it is.',
      resolve: statusOfPrompt,
    }),
    progress: t.field({
      type: PromptProgressType,
      description: 'Only while it runs, else null.',
      resolve: (prompt) => (prompt.progress_elapsed_seconds == null ? null : prompt),
    }),
    text: t.exposeString('text', {
      description:
        'Its text. `<lora:123:1>` and `<faceid:123:1>` refer to tunes (see `references`); `<1>` is the subject of the tune the prompt was sent to, and refers to no other.',
    }),
    negativePrompt: t.exposeString('negative_prompt', {
      description: 'What the image should not show.',
    }),
    images: t.field({
      type: [GeneratedImageType],
      nullable: { list: false, items: false },
      description:
        'Its images and videos so far. Images come one at a time, and a video may show its first frame before it is done: look at `status`.',
      resolve: imagesOf,
    }),
    userError: t.string({
      description: 'Why it failed, in words for the person who asked; null otherwise.',
      resolve: (prompt) => {
        const error = errorOf(prompt);
        return error && withoutInternals(error);
      },
    }),
    cost: t.field({
      type: MoneyType,
      description: 'What it cost, all its images together.',
      resolve: (prompt) => prompt.cost_mc,
    }),
    numImages: t.exposeInt('num_images', { description: 'The requested number of images.' }),
    aspectRatio: t.expose('aspect_ratio', { type: 'AspectRatio', description: 'Width to height.' }),
    ar: t.exposeString('ar', { description: 'Width to height, as older models have it: 1:1.' }),
    resolution: t.expose('resolution', {
      type: 'Resolution',
      description: 'The size of the output.',
    }),
    w: t.exposeInt('w', { description: 'Width in pixels.' }),
    h: t.exposeInt('h', { description: 'Height in pixels.' }),
    seed: t.expose('seed', {
      type: 'SafeInt',
      description: 'The seed of its randomness, 0 to 2^32; null if Astria chose one.',
    }),
    steps: t.exposeInt('steps', { description: 'Diffusion steps.' }),
    cfgScale: t.exposeFloat('cfg_scale', { description: 'How closely it keeps to the text.' }),
    scheduler: t.expose('scheduler', { type: 'Scheduler', description: 'The sampler.' }),
    style: t.exposeString('style', { description: 'The style preset.' }),
    colorGrading: t.expose('color_grading', {
      type: 'ColorGrading',
      description: 'The film it imitates.',
    }),
    filmGrain: t.exposeBoolean('film_grain', { description: 'Whether film grain was added.' }),
    superResolution: t.exposeBoolean('super_resolution', {
      description: 'Whether it was upscaled.',
    }),
    hiresFix: t.exposeBoolean('hires_fix', { description: 'Whether upscaling also added detail.' }),
    inpaintFaces: t.exposeBoolean('inpaint_faces', { description: 'Whether faces were redrawn.' }),
    faceCorrect: t.exposeBoolean('face_correct', { description: 'Whether faces were improved.' }),
    faceSwap: t.exposeBoolean('face_swap', {
      description: 'Whether the face of the training photos was put in.',
    }),
    controlnet: t.exposeString('controlnet', {
      description: 'What was kept of the input image: pose, depth …',
    }),
    controlnetTxt2img: t.exposeBoolean('controlnet_txt2img', {
      description: 'Whether ControlNet guided a generation from text alone.',
    }),
    controlnetConditioningScale: t.exposeFloat('controlnet_conditioning_scale', {
      description: 'How strictly ControlNet was followed, 0 to 1.',
    }),
    denoisingStrength: t.exposeFloat('denoising_strength', {
      description: 'How far it may depart from the input image, 0 to 1.',
    }),
    inputImage: t.expose('input_image', { type: 'URL', description: 'The image it began with.' }),
    maskImage: t.expose('mask_image', {
      type: 'URL',
      description: 'The mask of the part of the input image to redraw.',
    }),
    inputVideo: t.expose('input_video', { type: 'URL', description: 'The video it began with.' }),
    imageReferences: t.field({
      type: ['URL'],
      nullable: { list: false, items: false },
      description: 'The images a video was to draw on, in their order.',
      resolve: (prompt) => prompt.image_references ?? [],
    }),
    videoModel: t.exposeString('video_model', {
      description: 'The model that made the video; null for images.',
    }),
    videoPrompt: t.exposeString('video_prompt', {
      description: 'How the video was to move. It may refer to tunes, as `text` does.',
    }),
    videoDuration: t.exposeFloat('video_duration', {
      description: 'The length of the video in seconds.',
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was requested.' }),
    startedTrainingAt: t.expose('started_training_at', {
      type: 'DateTime',
      description: "When it began to be made (Astria's name for it is from tunes); null before.",
    }),
    trainedAt: t.expose('trained_at', {
      type: 'DateTime',
      description:
        "When it was done or had failed (Astria's name for it is from tunes); null before.",
    }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it last changed.' }),
    callback: t.field({
      type: 'URL',
      description:
        'Where Astria posts the prompt once it is done. Sent once, never retried, unsigned.',
      resolve: shownCallback,
    }),
    url: t.expose('url', { type: 'URL', description: "Its address in Astria's REST API." }),
    liked: t.exposeBoolean('liked', { description: 'Whether you like it.' }),
    likesCount: t.exposeInt('prompt_likes_count', {
      description: 'How many people like it.',
    }),
    tuneId: t.expose('tune_id', {
      type: 'SafeInt',
      description:
        "Astria's number of the model it ran on: the base model, if it was sent to a LoRA or a faceid.",
    }),
    packId: t.expose('pack_id', {
      type: 'SafeInt',
      description: "Astria's number of the pack it is a template of.",
    }),
    basePackId: t.expose('base_pack_id', {
      type: 'SafeInt',
      description: "Astria's number of the pack it was generated from.",
    }),
    originalPromptId: t.expose('orig_prompt_id', {
      type: 'SafeInt',
      description: "Astria's number of the prompt it was made from.",
    }),
    orderId: t.expose('order_id', {
      type: 'SafeInt',
      description: "Astria's number of the order it belongs to, when a multi pack made it.",
    }),
    workspaceId: t.expose('workspace_id', {
      type: 'SafeInt',
      description: "Astria's number of the workspace it is in; null in the personal scope.",
    }),
  }),
});
