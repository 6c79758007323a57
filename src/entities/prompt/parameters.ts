/** The parameters of prompts, defined once for all inputs that have them. */
import type { InputBuilder } from '../../graphql/builder.ts';
import { MediaInput } from '../../graphql/media.ts';
import { workspaceField } from '../../graphql/workspace-input.ts';

const MAX_SEED = 2 ** 32;

/** The range of each number, as its description names it. What is outside is refused without a call (`rules.ts`). */
export const PROMPT_RANGES = {
  numImages: [1, 8],
  seed: [0, MAX_SEED],
  steps: [0, 50],
  cfgScale: [0, 15],
  denoisingStrength: [0, 1],
  controlnetConditioningScale: [0, 1],
} as const;

/** Parameters of all models. */
export const commonParameters = (t: InputBuilder) => ({
  seed: t.field({
    type: 'SafeInt',
    description: 'The seed of its randomness, 0 to 2^32. The same seed gives the same image.',
  }),
  aspectRatio: t.field({ type: 'AspectRatio', description: 'Width to height.' }),
  ar: t.string({
    description: 'Width to height as older models have it, also by a name: 1:1, portrait …',
  }),
  inputImage: t.field({ type: MediaInput, description: 'The image to start from.' }),
  callback: t.field({
    type: 'URL',
    description:
      'An https address that Astria posts the prompt to once it is done. Sent once, never retried, unsigned.',
  }),
  workspaceId: workspaceField(t),
  packId: t.id({
    description:
      'Makes it a template of this pack (`id` or `astriaId`): its text must refer to a tune.',
  }),
  basePackId: t.id({
    description:
      'The pack it comes from (`id` or `astriaId`), to find it again by; changes nothing else.',
  }),
  orderId: t.id({
    description:
      "The order it belongs to, to find it again by: Astria's number, as the `orderId` of another prompt; changes nothing else.",
  }),
});

/** Parameters of some models only. */
export const diffusionParameters = (t: InputBuilder) => ({
  negativePrompt: t.string({
    description: 'What the image should not show. Flux does not take it.',
  }),
  steps: t.int({ description: 'Diffusion steps, 0 to 50.' }),
  cfgScale: t.float({ description: 'How closely to keep to the text, 0 to 15.' }),
  superResolution: t.boolean({ description: 'Whether to upscale.' }),
  inpaintFaces: t.boolean({ description: 'Whether to redraw faces. Needs `superResolution`.' }),
  hiresFix: t.boolean({ description: 'Whether upscaling adds detail. Needs `superResolution`.' }),
  faceCorrect: t.boolean({ description: 'Whether to improve faces.' }),
  faceSwap: t.boolean({ description: 'Whether to put in the face of the training photos.' }),
  useLpw: t.boolean({
    description: 'Whether words can be weighted, as in `(smile:1.2)`, and the text be long.',
  }),
  loraScale: t.float({
    description: 'The strength of the LoRA, if the text gives none.',
  }),
  backendVersion: t.string({
    description: "Which version of Astria's own software makes the image.",
  }),
  promptExpansion: t.boolean({ description: 'Whether Astria may add to the text.' }),
  resolution: t.field({
    type: 'Resolution',
    description: 'The size of the output, on models that have a choice: see `models`.',
  }),
  w: t.int({ description: 'Width in pixels, a multiple of 8.' }),
  h: t.int({ description: 'Height in pixels, a multiple of 8.' }),
  scheduler: t.field({ type: 'Scheduler', description: 'The sampler.' }),
  style: t.string({ description: 'A style preset of Astria: Cinematic, Photographic …' }),
  colorGrading: t.field({ type: 'ColorGrading', description: 'A film to imitate.' }),
  filmGrain: t.boolean({ description: 'Whether to add film grain.' }),
  theme: t.string({ description: 'A theme for Astria to write the texts on.' }),
  community: t.boolean({ description: "Whether to show it on Astria's community page." }),
  controlnet: t.string({ description: 'What to keep of the input image: pose, depth, canny …' }),
  controlnetTxt2img: t.boolean({
    description: 'Whether ControlNet guides a generation from text alone.',
  }),
  controlnetConditioningScale: t.float({
    description: 'How strictly to follow ControlNet, 0 to 1.',
  }),
  denoisingStrength: t.float({ description: 'How far to depart from the input image, 0 to 1.' }),
  maskImage: t.field({
    type: MediaInput,
    description: 'A mask of the part of the input image to redraw.',
  }),
});

/** Parameters that make a prompt a video. */
export const videoParameters = (t: InputBuilder) => ({
  videoModel: t.string({
    description:
      'The model that makes the video: see `models`. Needs `videoPrompt`; `numImages` must be 1.',
  }),
  videoPrompt: t.string({
    description:
      'How the video moves. Needs `videoModel`. For Seedance 2 tunes are named here, in their order, as in a text: `<faceid:123:1> woman waves`; `@Audio1` is the `audioReference`.',
  }),
  videoDuration: t.int({
    description:
      'The length of the video in seconds. Which lengths there are depends on the model.',
  }),
  videoFirstFrame: t.field({
    type: MediaInput,
    description:
      'The frame to begin with, instead of one made from `text`. On Seedance 2 not together with `imageReferences`, `inputVideo` or `audioReference`.',
  }),
  videoLastFrame: t.field({
    type: MediaInput,
    description: 'The frame to end with. On Seedance 2 as `videoFirstFrame`.',
  }),
  sourceImageUrl: t.field({
    type: 'URL',
    description:
      'The address of a generated image to start from. A `videoFirstFrame` takes precedence.',
  }),
  inputVideo: t.field({
    type: MediaInput,
    description: 'A video to refer to; for models of motion control, the motion itself.',
  }),
  imageReferences: t.field({
    type: [MediaInput],
    description:
      'Reference images for the video, in this order: only addresses, or only files, signed ids and data URLs. `models` says which models take them.',
  }),
  audioReference: t.field({
    type: MediaInput,
    description: 'A sound the video follows. Needs `videoAudio` for it to be heard.',
  }),
  videoAudio: t.boolean({ description: 'Whether the video has sound; it has none by default.' }),
  videoUpscaleModel: t.string({ description: 'The model that upscales the video.' }),
  videoUpscaleTargetResolution: t.string({ description: 'How far to upscale it: 1080p, 4k …' }),
  videoFpsModel: t.string({ description: 'The model that raises its frame rate.' }),
});
