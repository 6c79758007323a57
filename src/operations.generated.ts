/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Width to height. */
export type AspectRatio =
  /** 1:1, square. */
  | 'RATIO_1_1'
  /** 2:3, tall, as a photo. */
  | 'RATIO_2_3'
  /** 3:2, wide, as a photo. */
  | 'RATIO_3_2'
  /** 3:4, tall, as an older screen on its side. */
  | 'RATIO_3_4'
  /** 4:3, wide, as an older screen. */
  | 'RATIO_4_3'
  /** 4:5, slightly tall, as a portrait. */
  | 'RATIO_4_5'
  /** 5:4, slightly wide. */
  | 'RATIO_5_4'
  /** 9:16, tall, as a phone. */
  | 'RATIO_9_16'
  /** 9:21, very tall. */
  | 'RATIO_9_21'
  /** 16:9, wide. */
  | 'RATIO_16_9'
  /** 21:9, very wide, as in a cinema. */
  | 'RATIO_21_9';

/** A film to imitate. */
export type ColorGrading =
  /** Ektar: vivid and fine-grained. */
  | 'EKTAR'
  /** Film Portra: soft, warm skin. */
  | 'FILM_PORTRA'
  /** Film Velvia: saturated colours. */
  | 'FILM_VELVIA';

/** A pack, empty at first: prompts join it by their `packId`. */
export type CreatePackInput = {
  /** The model its subjects are to be trained on: its `id` or its `astriaId`. */
  baseTuneId?: string | number | null | undefined;
  /** How its subjects are to be trained. */
  modelType?: ModelType | null | undefined;
  /** A line below the title. */
  subtitle?: string | null | undefined;
  /** What to call it. */
  title: string;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** A prompt, with every parameter Astria takes. Which ones have an effect depends on the model. */
export type CreatePromptInput = {
  /** Width to height. */
  aspectRatio?: AspectRatio | null | undefined;
  /** A sound the video follows. */
  audioReference?: MediaInput | null | undefined;
  /** The pack it comes from (`id` or `astriaId`), to find it again by; changes nothing else. */
  basePackId?: string | number | null | undefined;
  /** An https address that Astria posts the prompt to once it is done. Sent once, never retried, unsigned. */
  callback?: string | null | undefined;
  /** How closely to keep to the text, 0 to 15. */
  cfgScale?: number | null | undefined;
  /** A film to imitate. */
  colorGrading?: ColorGrading | null | undefined;
  /** Whether to show it on Astria's community page. */
  community?: boolean | null | undefined;
  /** What to keep of the input image: pose, depth, canny … */
  controlnet?: string | null | undefined;
  /** How strictly to follow ControlNet, 0 to 1. */
  controlnetConditioningScale?: number | null | undefined;
  /** Whether ControlNet guides a generation from text alone. */
  controlnetTxt2img?: boolean | null | undefined;
  /** How far to depart from the input image, 0 to 1. */
  denoisingStrength?: number | null | undefined;
  /** Whether to improve faces. */
  faceCorrect?: boolean | null | undefined;
  /** Whether to put in the face of the training photos. */
  faceSwap?: boolean | null | undefined;
  /** Whether to add film grain. */
  filmGrain?: boolean | null | undefined;
  /** Height in pixels, a multiple of 8. */
  h?: number | null | undefined;
  /** Whether upscaling adds detail. Needs `superResolution`. */
  hiresFix?: boolean | null | undefined;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** Images the video draws on, in this order: all files, or all addresses. Which models take them, `models` says. */
  imageReferences?: Array<MediaInput> | null | undefined;
  /** Whether to redraw faces. Needs `superResolution`. */
  inpaintFaces?: boolean | null | undefined;
  /** An image to begin with. */
  inputImage?: MediaInput | null | undefined;
  /** A video to begin with, or to take the motion from. */
  inputVideo?: MediaInput | null | undefined;
  /** A mask of the part of the input image to redraw. */
  maskImage?: MediaInput | null | undefined;
  /** What should not be seen. Flux does not take it. */
  negativePrompt?: string | null | undefined;
  /** How many images, 1 to 8; 1 for video. */
  numImages?: number | null | undefined;
  /** Makes it a template of this pack (`id` or `astriaId`): its text must refer to a tune. */
  packId?: string | number | null | undefined;
  /** Whether Astria may add to the text. */
  promptExpansion?: boolean | null | undefined;
  /** The size of the output. */
  resolution?: Resolution | null | undefined;
  /** The sampler. */
  scheduler?: Scheduler | null | undefined;
  /** The seed of its randomness, 0 to 2^32. The same seed gives the same image. */
  seed?: number | null | undefined;
  /** An image to make the first frame from. */
  sourceImageUrl?: string | null | undefined;
  /** Diffusion steps, 0 to 50. */
  steps?: number | null | undefined;
  /** A style preset of Astria: Cinematic, Photographic … */
  style?: string | null | undefined;
  /** Whether to upscale. */
  superResolution?: boolean | null | undefined;
  /** What to make. `<lora:123:1>` and `<faceid:123:1>` refer to tunes: `Tune.reference` gives them ready. Needed unless there is a `videoFirstFrame`. */
  text?: string | null | undefined;
  /** A theme for Astria to write the texts on. */
  theme?: string | null | undefined;
  /** The tune it goes to, a foundation model or one of yours: its `id` or its `astriaId`. */
  tuneId: string | number;
  /** Whether words can be weighted, as in `(smile:1.2)`, and the text be long. */
  useLpw?: boolean | null | undefined;
  /** Whether the video has sound. */
  videoAudio?: boolean | null | undefined;
  /** The length of the video in seconds. */
  videoDuration?: number | null | undefined;
  /** The frame to begin with, in place of `text`. */
  videoFirstFrame?: MediaInput | null | undefined;
  /** The model that raises its frame rate. */
  videoFpsModel?: string | null | undefined;
  /** The frame to end with. */
  videoLastFrame?: MediaInput | null | undefined;
  /** The model that makes the video. Needs `videoPrompt`; `numImages` must be 1. */
  videoModel?: string | null | undefined;
  /** How the video moves. Needs `videoModel`. */
  videoPrompt?: string | null | undefined;
  /** The model that upscales the video. */
  videoUpscaleModel?: string | null | undefined;
  /** How far to upscale it: 1080p, 4k … */
  videoUpscaleTargetResolution?: string | null | undefined;
  /** Width in pixels, a multiple of 8. */
  w?: number | null | undefined;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** A theme for Astria to write prompts on. */
export type CreateThemeInput = {
  /** Height in pixels, a multiple of 8. */
  h?: number | null | undefined;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** How many images each prompt makes, 1 to 8. */
  numImages?: number | null | undefined;
  /** The theme, in a few words: `a summer by the sea`. */
  theme: string;
  /** Whom or what the prompts are of: tunes, by `id` or `astriaId`. */
  tuneIds: Array<string | number>;
  /** Width in pixels, a multiple of 8. */
  w?: number | null | undefined;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** A tune to train, and the photos to train it on. */
export type CreateTuneInput = {
  /** Whether to keep it, at a fee, when it would expire. */
  autoExtend?: boolean | null | undefined;
  /** The model to train on: its `id` or its `astriaId`. Flux1.dev is 1504944. */
  baseTuneId?: string | number | null | undefined;
  /** The family of the base model: flux1, sd15, sdxl1; `fast` is a free mock. */
  branch?: string | null | undefined;
  /** An https address that Astria posts the tune to once it is trained. Sent once, never retried, unsigned. */
  callback?: string | null | undefined;
  /** What is known of the subject: `{"eye_color": "brown"}`. Any keys. */
  characteristics?: unknown;
  /** Whether to also crop the photos to the face. */
  faceCrop?: boolean | null | undefined;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** Where Astria can fetch the photos. At least one is needed, here or in `images`. */
  imageUrls?: Array<string> | null | undefined;
  /** The photos, as files or as addresses. */
  images?: Array<MediaInput> | null | undefined;
  /** What to train; left out for a checkpoint. */
  modelType?: ModelType | null | undefined;
  /** The class of the subject: man, woman, dress … English letters, numbers and spaces. */
  name?: string | null | undefined;
  /** How to train a LoRA on Flux. */
  preset?: TrainingPreset | null | undefined;
  /** Prompts to make as soon as it is trained. */
  promptsAttributes?: Array<PromptAttributesInput> | null | undefined;
  /** Training steps; left out for what suits the photos. */
  steps?: number | null | undefined;
  /** What to call it. With idempotency on in the account, the same title is the same tune. */
  title: string;
  /** The word that stands for the subject in texts, such as `ohwx`. */
  token?: string | null | undefined;
  /** Whether to improve the faces in the photos first. */
  trainingFaceCorrect?: boolean | null | undefined;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** A workspace to share. */
export type CreateWorkspaceInput = {
  /** What to call it. */
  title: string;
};

/** A prompt to make once more, with changes. */
export type DuplicatePromptInput = {
  /** The prompt: its `id` or its `astriaId`. */
  id: string | number;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** Which of its images, from 0, becomes the first frame of a video. */
  imageIndex?: number | null | undefined;
  /** The parameters to change; the rest stays as it was. */
  overrides?: PromptAttributesInput | null | undefined;
};

/** A prompt for Gemini (Nano Banana). */
export type GenerateWithGeminiInput = {
  /** Width to height. */
  aspectRatio?: AspectRatio | null | undefined;
  /** The pack it comes from (`id` or `astriaId`), to find it again by; changes nothing else. */
  basePackId?: string | number | null | undefined;
  /** An https address that Astria posts the prompt to once it is done. Sent once, never retried, unsigned. */
  callback?: string | null | undefined;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** An image to begin with. */
  inputImage?: MediaInput | null | undefined;
  /** How many images, 1 to 8. */
  numImages?: number | null | undefined;
  /** Makes it a template of this pack (`id` or `astriaId`): its text must refer to a tune. */
  packId?: string | number | null | undefined;
  /** The size of the output. */
  resolution?: Resolution | null | undefined;
  /** The seed of its randomness, 0 to 2^32. The same seed gives the same image. */
  seed?: number | null | undefined;
  /** What to make. `<lora:123:1>` and `<faceid:123:1>` refer to tunes: `Tune.reference` gives them ready. */
  text: string;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** A prompt for Seedream, which has one resolution only. */
export type GenerateWithSeedreamInput = {
  /** Width to height. */
  aspectRatio?: AspectRatio | null | undefined;
  /** The pack it comes from (`id` or `astriaId`), to find it again by; changes nothing else. */
  basePackId?: string | number | null | undefined;
  /** An https address that Astria posts the prompt to once it is done. Sent once, never retried, unsigned. */
  callback?: string | null | undefined;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** An image to begin with. */
  inputImage?: MediaInput | null | undefined;
  /** How many images, 1 to 4. */
  numImages?: number | null | undefined;
  /** Makes it a template of this pack (`id` or `astriaId`): its text must refer to a tune. */
  packId?: string | number | null | undefined;
  /** The seed of its randomness, 0 to 2^32. The same seed gives the same image. */
  seed?: number | null | undefined;
  /** What to make. `<lora:123:1>` and `<faceid:123:1>` refer to tunes: `Tune.reference` gives them ready. Seedream does not take `<1>`. */
  text: string;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** A picture to look at. */
export type InspectImageInput = {
  /** The picture. */
  image: MediaInput;
  /** The class of its subject, if known: man, woman, dress … */
  name?: string | null | undefined;
  /** The workspace on whose behalf it is looked at: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** Why nothing more comes of a prompt or a tune. */
export type JobEnd =
  /** It came to nothing; `userError` of a prompt says why. */
  | 'FAILED'
  /** It is there: `images` of a prompt, a tune that is ready. */
  | 'FINISHED'
  /** It takes far longer than it should, and is not looked at any more. Astria does not say that a training has failed. */
  | 'GAVE_UP'
  /** It was deleted, or you may not see it any more. */
  | 'GONE';

/** A picture, a video or a sound: say where it is, in exactly one way. */
export type MediaInput =
  {   /** The file itself, sent with the request. */
  file: Blob; url?: never; }
  |  { file?: never;   /** Where Astria can fetch it. It must be public. */
  url: string; };

/** What to train. */
export type ModelType =
  /** faceid: an instant reference, ready at once without training. */
  | 'FACEID'
  /** lora: a small addition to a base model; what most want. */
  | 'LORA'
  /** pti: a LoRA with a learned token, on SDXL. */
  | 'PTI';

/** The parameters of a prompt, or those to change in one. */
export type PromptAttributesInput = {
  /** Width to height. */
  aspectRatio?: AspectRatio | null | undefined;
  /** A sound the video follows. */
  audioReference?: MediaInput | null | undefined;
  /** The pack it comes from (`id` or `astriaId`), to find it again by; changes nothing else. */
  basePackId?: string | number | null | undefined;
  /** An https address that Astria posts the prompt to once it is done. Sent once, never retried, unsigned. */
  callback?: string | null | undefined;
  /** How closely to keep to the text, 0 to 15. */
  cfgScale?: number | null | undefined;
  /** A film to imitate. */
  colorGrading?: ColorGrading | null | undefined;
  /** Whether to show it on Astria's community page. */
  community?: boolean | null | undefined;
  /** What to keep of the input image: pose, depth, canny … */
  controlnet?: string | null | undefined;
  /** How strictly to follow ControlNet, 0 to 1. */
  controlnetConditioningScale?: number | null | undefined;
  /** Whether ControlNet guides a generation from text alone. */
  controlnetTxt2img?: boolean | null | undefined;
  /** How far to depart from the input image, 0 to 1. */
  denoisingStrength?: number | null | undefined;
  /** Whether to improve faces. */
  faceCorrect?: boolean | null | undefined;
  /** Whether to put in the face of the training photos. */
  faceSwap?: boolean | null | undefined;
  /** Whether to add film grain. */
  filmGrain?: boolean | null | undefined;
  /** Height in pixels, a multiple of 8. */
  h?: number | null | undefined;
  /** Whether upscaling adds detail. Needs `superResolution`. */
  hiresFix?: boolean | null | undefined;
  /** Images the video draws on, in this order: all files, or all addresses. Which models take them, `models` says. */
  imageReferences?: Array<MediaInput> | null | undefined;
  /** Whether to redraw faces. Needs `superResolution`. */
  inpaintFaces?: boolean | null | undefined;
  /** An image to begin with. */
  inputImage?: MediaInput | null | undefined;
  /** A video to begin with, or to take the motion from. */
  inputVideo?: MediaInput | null | undefined;
  /** A mask of the part of the input image to redraw. */
  maskImage?: MediaInput | null | undefined;
  /** What should not be seen. Flux does not take it. */
  negativePrompt?: string | null | undefined;
  /** How many images, 1 to 8; 1 for video. */
  numImages?: number | null | undefined;
  /** Makes it a template of this pack (`id` or `astriaId`): its text must refer to a tune. */
  packId?: string | number | null | undefined;
  /** Whether Astria may add to the text. */
  promptExpansion?: boolean | null | undefined;
  /** The size of the output. */
  resolution?: Resolution | null | undefined;
  /** The sampler. */
  scheduler?: Scheduler | null | undefined;
  /** The seed of its randomness, 0 to 2^32. The same seed gives the same image. */
  seed?: number | null | undefined;
  /** An image to make the first frame from. */
  sourceImageUrl?: string | null | undefined;
  /** Diffusion steps, 0 to 50. */
  steps?: number | null | undefined;
  /** A style preset of Astria: Cinematic, Photographic … */
  style?: string | null | undefined;
  /** Whether to upscale. */
  superResolution?: boolean | null | undefined;
  /** What to make. `<lora:123:1>` and `<faceid:123:1>` refer to tunes: `Tune.reference` gives them ready. Needed unless there is a `videoFirstFrame`. */
  text?: string | null | undefined;
  /** A theme for Astria to write the texts on. */
  theme?: string | null | undefined;
  /** Whether words can be weighted, as in `(smile:1.2)`, and the text be long. */
  useLpw?: boolean | null | undefined;
  /** Whether the video has sound. */
  videoAudio?: boolean | null | undefined;
  /** The length of the video in seconds. */
  videoDuration?: number | null | undefined;
  /** The frame to begin with, in place of `text`. */
  videoFirstFrame?: MediaInput | null | undefined;
  /** The model that raises its frame rate. */
  videoFpsModel?: string | null | undefined;
  /** The frame to end with. */
  videoLastFrame?: MediaInput | null | undefined;
  /** The model that makes the video. Needs `videoPrompt`; `numImages` must be 1. */
  videoModel?: string | null | undefined;
  /** How the video moves. Needs `videoModel`. */
  videoPrompt?: string | null | undefined;
  /** The model that upscales the video. */
  videoUpscaleModel?: string | null | undefined;
  /** How far to upscale it: 1080p, 4k … */
  videoUpscaleTargetResolution?: string | null | undefined;
  /** Width in pixels, a multiple of 8. */
  w?: number | null | undefined;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** How far a prompt is. Derived from its dates, images and error: Astria tells no status. */
export type PromptStatus =
  /** It came to nothing; `userError` says why, where Astria does. */
  | 'FAILED'
  /** It is being made; `progress` says how far it is. */
  | 'PROCESSING'
  /** It waits for its turn. */
  | 'QUEUED'
  /** It is done, and `images` holds everything. */
  | 'SUCCEEDED';

/** The size of the output. Which values a model takes, the catalogue says (`models`). */
export type Resolution =
  /** 1K. */
  | 'RES_1K'
  /** 2K, the default of Gemini. */
  | 'RES_2K'
  /** 4K. */
  | 'RES_4K';

/** What to run a pack on: either photos of a subject, or tunes there are already. */
export type RunPackInput = {
  /** A wish in words, that the prompts are adapted to. */
  brief?: string | null | undefined;
  /** An https address that Astria posts the tune to, once, when it is trained. */
  callback?: string | null | undefined;
  /** What is known of the subject in the photos: `{"eye_color": "brown"}`. */
  characteristics?: unknown;
  /** The pack: its `id`, its `astriaId` or its `slug`. */
  id: string | number;
  /** A name of your own for this one request, 1 to 255 printable characters, such as a UUID. Asked again with the same name within 24 hours, it is not made and paid for again: the answer is the object that the first request made, as it is now. Files are compared too. After `outcome: UNKNOWN` it is how to learn what became of it. */
  idempotencyKey?: string | null | undefined;
  /** The photos to train on. */
  images?: Array<MediaInput> | null | undefined;
  /** The class of the subject in the photos: man, woman … */
  name?: string | null | undefined;
  /** Parameters to change in every prompt. */
  promptAttributes?: PromptAttributesInput | null | undefined;
  /** Only these of its templates: prompts by `id` or `astriaId`. Left out: all. */
  promptIds?: Array<string | number> | null | undefined;
  /** An https address that Astria posts all prompts to, once, when they are done. */
  promptsCallback?: string | null | undefined;
  /** What to call the tune that is trained on the photos. */
  title?: string | null | undefined;
  /** Tunes to run it on, by `id` or `astriaId`. A multi pack puts them into one prompt, in their order. */
  tuneIds?: Array<string | number> | null | undefined;
  /** The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own. */
  workspaceId?: string | number | null | undefined;
};

/** The sampler of a diffusion model. */
export type Scheduler =
  /** dpm++2m. */
  | 'DPMPP_2M'
  /** dpm++2m_karras. */
  | 'DPMPP_2M_KARRAS'
  /** dpm++sde. */
  | 'DPMPP_SDE'
  /** dpm++sde_karras. */
  | 'DPMPP_SDE_KARRAS'
  /** euler. */
  | 'EULER'
  /** euler_a, Euler ancestral. */
  | 'EULER_A'
  /** lcm, for a few steps. */
  | 'LCM'
  /** tcd, for a few steps. */
  | 'TCD';

/** How to train a LoRA on Flux. */
export type TrainingPreset =
  /** flux-lora-fast: cheaper and sooner done. */
  | 'FLUX_LORA_FAST'
  /** flux-lora-focus: closest to the subject. */
  | 'FLUX_LORA_FOCUS'
  /** flux-lora-portrait: for people. */
  | 'FLUX_LORA_PORTRAIT';

/** How far a tune is. Derived from its dates: Astria tells no status, and no failed training. */
export type TuneStatus =
  /** Its files were deleted at `expiresAt`; it can no longer be used. */
  | 'EXPIRED'
  /** Training has not begun. */
  | 'QUEUED'
  /** Prompts can use it. Foundation models and the gallery are always ready. */
  | 'READY'
  /** Training has begun; `eta` says when it should be done. */
  | 'TRAINING';

/** What to change about a workspace. What is left out stays; null clears. */
export type UpdateWorkspaceInput = {
  /** What it is for. */
  brief?: string | null | undefined;
  /** The workspace: its `id` or its `astriaId`. */
  id: string | number;
  /** Its page, as HTML. */
  landingPageHtml?: string | null | undefined;
  /** What to call it. */
  title?: string | null | undefined;
};

/** What a warning is about. */
export type WarningCode =
  /** Nothing new was made: it had been there before, and the account's idempotency answered with it. */
  | 'ALREADY_THERE'
  /** Astria's answer was lost, and this found instead: made after it was sent, equal in all that was sent, and the only one. */
  | 'FOUND'
  /** It was put into another workspace than the one asked for. */
  | 'WRONG_WORKSPACE';

export type CreatePackMutationVariables = Exact<{
  input?: CreatePackInput;
}>;


export type CreatePackMutation = { createPack: { pack: { id: string, slug: string | null, title: string | null, costs: Array<{ className: string }> } } };

export type CreatePromptOnceMutationVariables = Exact<{
  input?: CreatePromptInput;
}>;


export type CreatePromptOnceMutation = { createPrompt: { prompt: { id: string, status: PromptStatus }, warnings: Array<{ code: WarningCode, message: string }> } };

export type CreatePromptMutationVariables = Exact<{
  input?: CreatePromptInput;
}>;


export type CreatePromptMutation = { createPrompt: { prompt: { id: string, status: PromptStatus, tune: { id: string, title: string | null } | null, references: Array<{ tune: { id: string, title: string | null } | null }> } } };

export type CreateThemeMutationVariables = Exact<{
  input?: CreateThemeInput;
}>;


export type CreateThemeMutation = { createTheme: { tunes: Array<{ id: string, title: string | null } | null> } };

export type CreateTuneMutationVariables = Exact<{
  input?: CreateTuneInput;
}>;


export type CreateTuneMutation = { createTune: { tune: { id: string, status: TuneStatus, reference: string | null, characteristics: unknown }, query: { tunes: { nodes: Array<{ id: string, title: string | null }> } | null } | null } };

export type CreateVideoMutationVariables = Exact<{
  input?: CreatePromptInput;
}>;


export type CreateVideoMutation = { createPrompt: { prompt: { id: string, status: PromptStatus, videoModel: string | null, imageReferences: Array<string> } } };

export type CreateWorkspaceMutationVariables = Exact<{
  input?: CreateWorkspaceInput;
}>;


export type CreateWorkspaceMutation = { createWorkspace: { workspace: { id: string, title: string | null, prompts: { nodes: Array<{ id: string }> } | null } } };

export type DuplicatePromptMutationVariables = Exact<{
  input?: DuplicatePromptInput;
}>;


export type DuplicatePromptMutation = { duplicatePrompt: { prompt: { id: string, status: PromptStatus, videoModel: string | null, originalPrompt: { id: string, text: string | null } | null }, warnings: Array<{ message: string }> } };

export type GalleryQueryVariables = Exact<{ [key: string]: never; }>;


export type GalleryQuery = { gallery: { tunes: { nodes: Array<{ id: string, astriaId: number, title: string | null, modelType: string | null, status: TuneStatus }> } | null, packs: { nodes: Array<{ id: string, slug: string | null, title: string | null }> } | null } };

export type GenerateWithGeminiMutationVariables = Exact<{
  input?: GenerateWithGeminiInput;
}>;


export type GenerateWithGeminiMutation = { generateWithGemini: { prompt: { id: string, status: PromptStatus, resolution: string | null, tune: { id: string, title: string | null } | null } } };

export type GenerateWithSeedreamMutationVariables = Exact<{
  input?: GenerateWithSeedreamInput;
}>;


export type GenerateWithSeedreamMutation = { generateWithSeedream: { prompt: { id: string, status: PromptStatus, numImages: number | null } } };

export type InspectImageMutationVariables = Exact<{
  input?: InspectImageInput;
}>;


export type InspectImageMutation = { inspectImage: { inspection: { age: string | null, eyeColor: string | null, hairStyle: string | null, includesMultiplePeople: boolean | null, blurry: boolean | null } } };

export type LikeAndFileMutationVariables = Exact<{
  id?: string | number;
  workspaceId?: string | number;
}>;


export type LikeAndFileMutation = { likePrompt: { prompt: { id: string, liked: boolean | null } | null }, updatePrompt: { prompt: { id: string, workspace: { id: string, title: string | null } | null }, warnings: Array<{ code: WarningCode, message: string }> } };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { models: { defaultImageModel: { name: string } | null, imageModels: Array<{ name: string, title: string | null, tuneId: number | null, resolutions: Array<string> }>, videoModels: Array<{ name: string, title: string | null, aspectRatios: Array<string>, generatesAudio: boolean | null, supportsLastFrame: boolean | null }> } | null };

export type MultiPackQueryVariables = Exact<{
  id?: string | number;
}>;


export type MultiPackQuery = { pack: { id: string, title: string | null, useMulti: boolean | null, referenceClassNames: Array<string> | null, templateSlots: Array<{ key: string | null, label: string | null, filterNames: Array<string>, tunes: Array<{ id: string, title: string | null } | null> | null }> | null, templateTunes: Array<{ id: string, title: string | null } | null> | null, costs: Array<{ className: string, numImages: number | null, cost: { usd: number } | null }> } | null };

export type NextPageQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type NextPageQuery = { prompts: { nodes: Array<{ id: string, astriaId: number, text: string | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, endCursor: string | null } } | null };

export type NodesQueryVariables = Exact<{
  ids?: Array<string | number> | string | number;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'Pack', title: string | null, id: string }
    | { __typename: 'Prompt', text: string | null, id: string }
    | { __typename: 'Tune', title: string | null, id: string }
    | { __typename: 'Workspace', id: string }
   | null> };

export type PackTemplatesQueryVariables = Exact<{
  id?: string | number;
  className?: string | null | undefined;
}>;


export type PackTemplatesQuery = { pack: { id: string, title: string | null, coverUrl: string | null, templates: Array<{ astriaId: number, images: Array<string> }> | null } | null };

export type PacksWithPricesQueryVariables = Exact<{ [key: string]: never; }>;


export type PacksWithPricesQuery = { packs: { nodes: Array<{ id: string, title: string | null, subtitle: string | null, costs: Array<{ className: string, numImages: number | null, cost: { usd: number } | null }> }> } | null };

export type PromptLiveSubscriptionVariables = Exact<{
  id?: string | number;
  after?: string | null | undefined;
}>;


export type PromptLiveSubscription = { prompt: { isDone: boolean, reason: JobEnd | null, cursor: string, prompt: { id: string, status: PromptStatus, userError: string | null, progress: { elapsedSeconds: number | null, expectedSeconds: number | null } | null, images: Array<{ url: string, isVideo: boolean }> } | null } };

export type PromptUntilDoneQueryVariables = Exact<{
  id?: string | number;
}>;


export type PromptUntilDoneQuery = { prompt: { id: string, status: PromptStatus, userError: string | null, progress: { elapsedSeconds: number | null, expectedSeconds: number | null } | null, images: Array<{ url: string, contentType: string | null, isVideo: boolean }>, cost: { usd: number } | null } | null };

export type PromptsWithTunesQueryVariables = Exact<{
  first?: number;
}>;


export type PromptsWithTunesQuery = { prompts: { nodes: Array<{ id: string, text: string | null, status: PromptStatus, tune: { id: string, title: string | null, branch: string | null } | null, references: Array<{ type: string, strength: number | null, tune: { id: string, title: string | null, origImages: Array<string> } | null }> }> } | null };

export type RenameAndDeleteMutationVariables = Exact<{
  tuneId?: string | number;
  promptId?: string | number;
}>;


export type RenameAndDeleteMutation = { updateTune: { tune: { id: string, title: string | null } }, deletePrompt: { deletedId: string, query: { prompt: { id: string } | null } | null } };

export type RunPackMutationVariables = Exact<{
  input?: RunPackInput;
}>;


export type RunPackMutation = { runPack: { prompts: Array<{ id: string, text: string | null, status: PromptStatus } | null> | null, order: { astriaId: number, totalCost: { usd: number } | null } | null, tune: { id: string } | null } };

export type TuneWithPromptsQueryVariables = Exact<{
  id?: string | number;
}>;


export type TuneWithPromptsQuery = { tune: { id: string, title: string | null, modelType: string | null, status: TuneStatus, expiresAt: string | null, baseTune: { id: string, title: string | null } | null, prompts: { nodes: Array<{ id: string, text: string | null, status: PromptStatus, createdAt: string | null }> } | null } | null };

export type TunesQueryVariables = Exact<{
  first?: number;
}>;


export type TunesQuery = { tunes: { nodes: Array<{ id: string, title: string | null, name: string | null, status: TuneStatus, reference: string | null, eta: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type UnlikePromptMutationVariables = Exact<{
  id?: string | number;
}>;


export type UnlikePromptMutation = { unlikePrompt: { prompt: { id: string, liked: boolean | null } | null, query: { prompts: { nodes: Array<{ id: string, text: string | null }> } | null } | null } };

export type UpdateWorkspaceMutationVariables = Exact<{
  input?: UpdateWorkspaceInput;
}>;


export type UpdateWorkspaceMutation = { updateWorkspace: { workspace: { id: string, title: string | null, brief: string | null } } };

export type VideosQueryVariables = Exact<{
  first?: number;
}>;


export type VideosQuery = { prompts: { nodes: Array<{ id: string, status: PromptStatus, videoModel: string | null, videoPrompt: string | null, videoDuration: number | null, images: Array<{ url: string, isVideo: boolean }> }> } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string | null, balance: { usd: number } | null, payer: { isSelf: boolean | null } | null } | null, workspaces: Array<{ id: string, astriaId: number, title: string | null }> | null };

export type WaitForQueryVariables = Exact<{
  ids?: Array<string | number> | string | number;
  seconds?: number | null | undefined;
}>;


export type WaitForQuery = { waitFor: { isDone: boolean, nodes: Array<
      | { id: string }
      | { id: string, promptStatus: PromptStatus, images: Array<{ url: string }> }
      | { id: string, tuneStatus: TuneStatus }
      | { id: string }
     | null> } };

export type WorkspacesQueryVariables = Exact<{
  first?: string | number;
  second?: string | number;
}>;


export type WorkspacesQuery = { first: { id: string, title: string | null, payer: { name: string | null } | null, prompts: { nodes: Array<{ id: string, text: string | null, status: PromptStatus }> } | null } | null, second: { id: string, title: string | null, tunes: { nodes: Array<{ id: string, title: string | null, status: TuneStatus }> } | null } | null };


export const CreatePackDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePack"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePackInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"title"},"value":{"kind":"StringValue","value":"Coastal summer","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"subtitle"},"value":{"kind":"StringValue","value":"Linen and salt","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPack"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pack"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"className"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreatePackMutation, CreatePackMutationVariables>;
export const CreatePromptOnceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePromptOnce"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePromptInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"tuneId"},"value":{"kind":"IntValue","value":"1504944"}},{"kind":"ObjectField","name":{"kind":"Name","value":"text"},"value":{"kind":"StringValue","value":"a harbour in the rain, gouache","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"StringValue","value":"order 4711, first picture","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePromptOnceMutation, CreatePromptOnceMutationVariables>;
export const CreatePromptDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePrompt"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePromptInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"tuneId"},"value":{"kind":"IntValue","value":"1504944"}},{"kind":"ObjectField","name":{"kind":"Name","value":"text"},"value":{"kind":"StringValue","value":"<faceid:5234834:1> woman on a pier at dawn, 35mm film","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"numImages"},"value":{"kind":"IntValue","value":"2"}},{"kind":"ObjectField","name":{"kind":"Name","value":"aspectRatio"},"value":{"kind":"EnumValue","value":"RATIO_3_4"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreatePromptMutation, CreatePromptMutationVariables>;
export const CreateThemeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTheme"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateThemeInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"theme"},"value":{"kind":"StringValue","value":"a summer by the sea","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"tuneIds"},"value":{"kind":"ListValue","values":[{"kind":"IntValue","value":"5234834"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"numImages"},"value":{"kind":"IntValue","value":"1"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTheme"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tunes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]} as unknown as DocumentNode<CreateThemeMutation, CreateThemeMutationVariables>;
export const CreateTuneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTune"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTuneInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"title"},"value":{"kind":"StringValue","value":"Ines","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"name"},"value":{"kind":"StringValue","value":"woman","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"modelType"},"value":{"kind":"EnumValue","value":"FACEID"}},{"kind":"ObjectField","name":{"kind":"Name","value":"imageUrls"},"value":{"kind":"ListValue","values":[{"kind":"StringValue","value":"https://example.com/ines.jpg","block":false}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"characteristics"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eye_color"},"value":{"kind":"StringValue","value":"brown","block":false}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTune"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"characteristics"}}]}},{"kind":"Field","name":{"kind":"Name","value":"query"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tunes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateTuneMutation, CreateTuneMutationVariables>;
export const CreateVideoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateVideo"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePromptInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"tuneId"},"value":{"kind":"IntValue","value":"3618064"}},{"kind":"ObjectField","name":{"kind":"Name","value":"text"},"value":{"kind":"StringValue","value":"a runway, shot from the front row","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"videoModel"},"value":{"kind":"StringValue","value":"seedance2_fast_720p","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"videoPrompt"},"value":{"kind":"StringValue","value":"the camera follows her","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"videoDuration"},"value":{"kind":"IntValue","value":"5"}},{"kind":"ObjectField","name":{"kind":"Name","value":"aspectRatio"},"value":{"kind":"EnumValue","value":"RATIO_16_9"}},{"kind":"ObjectField","name":{"kind":"Name","value":"imageReferences"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"url"},"value":{"kind":"StringValue","value":"https://example.com/dress.jpg","block":false}}]},{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"url"},"value":{"kind":"StringValue","value":"https://example.com/boots.jpg","block":false}}]}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"videoModel"}},{"kind":"Field","name":{"kind":"Name","value":"imageReferences"}}]}}]}}]}}]} as unknown as DocumentNode<CreateVideoMutation, CreateVideoMutationVariables>;
export const CreateWorkspaceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWorkspace"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateWorkspaceInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"title"},"value":{"kind":"StringValue","value":"Autumn campaign","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createWorkspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"prompts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateWorkspaceMutation, CreateWorkspaceMutationVariables>;
export const DuplicatePromptDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DuplicatePrompt"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DuplicatePromptInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"IntValue","value":"45042524"}},{"kind":"ObjectField","name":{"kind":"Name","value":"imageIndex"},"value":{"kind":"IntValue","value":"0"}},{"kind":"ObjectField","name":{"kind":"Name","value":"overrides"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"videoModel"},"value":{"kind":"StringValue","value":"kling3_pro","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"videoPrompt"},"value":{"kind":"StringValue","value":"she turns to the camera","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"numImages"},"value":{"kind":"IntValue","value":"1"}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"duplicatePrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"videoModel"}},{"kind":"Field","name":{"kind":"Name","value":"originalPrompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DuplicatePromptMutation, DuplicatePromptMutationVariables>;
export const GalleryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Gallery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gallery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tunes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"astriaId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"modelType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"packs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]} as unknown as DocumentNode<GalleryQuery, GalleryQueryVariables>;
export const GenerateWithGeminiDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GenerateWithGemini"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GenerateWithGeminiInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"text"},"value":{"kind":"StringValue","value":"a lighthouse in fog, long exposure","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"numImages"},"value":{"kind":"IntValue","value":"2"}},{"kind":"ObjectField","name":{"kind":"Name","value":"resolution"},"value":{"kind":"EnumValue","value":"RES_2K"}},{"kind":"ObjectField","name":{"kind":"Name","value":"aspectRatio"},"value":{"kind":"EnumValue","value":"RATIO_16_9"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"generateWithGemini"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"resolution"}},{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]} as unknown as DocumentNode<GenerateWithGeminiMutation, GenerateWithGeminiMutationVariables>;
export const GenerateWithSeedreamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GenerateWithSeedream"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GenerateWithSeedreamInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"text"},"value":{"kind":"StringValue","value":"a harbour at dusk, watercolour","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"numImages"},"value":{"kind":"IntValue","value":"4"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"generateWithSeedream"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"numImages"}}]}}]}}]}}]} as unknown as DocumentNode<GenerateWithSeedreamMutation, GenerateWithSeedreamMutationVariables>;
export const InspectImageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InspectImage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InspectImageInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"name"},"value":{"kind":"StringValue","value":"woman","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"image"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"url"},"value":{"kind":"StringValue","value":"https://example.com/ines.jpg","block":false}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inspectImage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inspection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"age"}},{"kind":"Field","name":{"kind":"Name","value":"eyeColor"}},{"kind":"Field","name":{"kind":"Name","value":"hairStyle"}},{"kind":"Field","name":{"kind":"Name","value":"includesMultiplePeople"}},{"kind":"Field","name":{"kind":"Name","value":"blurry"}}]}}]}}]}}]} as unknown as DocumentNode<InspectImageMutation, InspectImageMutationVariables>;
export const LikeAndFileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LikeAndFile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"45042524"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspaceId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"683"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"likePrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"liked"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"updatePrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"workspaceId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspaceId"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"workspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<LikeAndFileMutation, LikeAndFileMutationVariables>;
export const ModelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"defaultImageModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"imageModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tuneId"}},{"kind":"Field","name":{"kind":"Name","value":"resolutions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"videoModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"aspectRatios"}},{"kind":"Field","name":{"kind":"Name","value":"generatesAudio"}},{"kind":"Field","name":{"kind":"Name","value":"supportsLastFrame"}}]}}]}}]}}]} as unknown as DocumentNode<ModelsQuery, ModelsQueryVariables>;
export const MultiPackDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MultiPack"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"StringValue","value":"zara-boot-test","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pack"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"useMulti"}},{"kind":"Field","name":{"kind":"Name","value":"referenceClassNames"}},{"kind":"Field","name":{"kind":"Name","value":"templateSlots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"filterNames"}},{"kind":"Field","name":{"kind":"Name","value":"tunes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"templateTunes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"className"}},{"kind":"Field","name":{"kind":"Name","value":"numImages"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usd"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MultiPackQuery, MultiPackQueryVariables>;
export const NextPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NextPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"3"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}},"defaultValue":{"kind":"StringValue","value":"YmVmb3JlOjQ1MDQyNTI0","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"astriaId"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<NextPageQuery, NextPageQueryVariables>;
export const NodesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Nodes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}},"defaultValue":{"kind":"ListValue","values":[{"kind":"StringValue","value":"VHVuZTo1MjM0ODM0","block":false},{"kind":"StringValue","value":"UHJvbXB0OjQ1MDQyNTI0","block":false},{"kind":"StringValue","value":"UGFjazoyNjA","block":false}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tune"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Prompt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Pack"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]} as unknown as DocumentNode<NodesQuery, NodesQueryVariables>;
export const PackTemplatesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PackTemplates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"StringValue","value":"corporate-headshots","block":false}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"className"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}},"defaultValue":{"kind":"StringValue","value":"woman","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pack"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"coverUrl"}},{"kind":"Field","name":{"kind":"Name","value":"templates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"className"},"value":{"kind":"Variable","name":{"kind":"Name","value":"className"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"astriaId"}},{"kind":"Field","name":{"kind":"Name","value":"images"}}]}}]}}]}}]} as unknown as DocumentNode<PackTemplatesQuery, PackTemplatesQueryVariables>;
export const PacksWithPricesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PacksWithPrices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"packs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"subtitle"}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"className"}},{"kind":"Field","name":{"kind":"Name","value":"numImages"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usd"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PacksWithPricesQuery, PacksWithPricesQueryVariables>;
export const PromptLiveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PromptLive"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"45042524"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isDone"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"elapsedSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"expectedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userError"}},{"kind":"Field","name":{"kind":"Name","value":"images"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"isVideo"}}]}}]}}]}}]}}]} as unknown as DocumentNode<PromptLiveSubscription, PromptLiveSubscriptionVariables>;
export const PromptUntilDoneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PromptUntilDone"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"45042524"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"elapsedSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"expectedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userError"}},{"kind":"Field","name":{"kind":"Name","value":"images"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"contentType"}},{"kind":"Field","name":{"kind":"Name","value":"isVideo"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usd"}}]}}]}}]}}]} as unknown as DocumentNode<PromptUntilDoneQuery, PromptUntilDoneQueryVariables>;
export const PromptsWithTunesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PromptsWithTunes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"branch"}}]}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"strength"}},{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"origImages"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PromptsWithTunesQuery, PromptsWithTunesQueryVariables>;
export const RenameAndDeleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenameAndDelete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"tuneId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"5234834"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"promptId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"45042524"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateTune"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"tuneId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"title"},"value":{"kind":"StringValue","value":"Maya","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"deletePrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"promptId"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"query"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"promptId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RenameAndDeleteMutation, RenameAndDeleteMutationVariables>;
export const RunPackDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunPack"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunPackInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"StringValue","value":"worn-boots","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"tuneIds"},"value":{"kind":"ListValue","values":[{"kind":"IntValue","value":"5234834"},{"kind":"IntValue","value":"5234832"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runPack"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"astriaId"}},{"kind":"Field","name":{"kind":"Name","value":"totalCost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usd"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"tune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<RunPackMutation, RunPackMutationVariables>;
export const TuneWithPromptsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TuneWithPrompts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"5234834"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tune"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"modelType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"baseTune"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"prompts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TuneWithPromptsQuery, TuneWithPromptsQueryVariables>;
export const TunesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Tunes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tunes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"eta"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<TunesQuery, TunesQueryVariables>;
export const UnlikePromptDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnlikePrompt"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"45042524"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unlikePrompt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"liked"}}]}},{"kind":"Field","name":{"kind":"Name","value":"query"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"2"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"liked"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<UnlikePromptMutation, UnlikePromptMutationVariables>;
export const UpdateWorkspaceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateWorkspace"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateWorkspaceInput"}}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"IntValue","value":"679"}},{"kind":"ObjectField","name":{"kind":"Name","value":"brief"},"value":{"kind":"StringValue","value":"Boots and coats, in rain.","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateWorkspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"brief"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateWorkspaceMutation, UpdateWorkspaceMutationVariables>;
export const VideosDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Videos"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prompts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"isVideo"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"videoModel"}},{"kind":"Field","name":{"kind":"Name","value":"videoPrompt"}},{"kind":"Field","name":{"kind":"Name","value":"videoDuration"}},{"kind":"Field","name":{"kind":"Name","value":"images"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"isVideo"}}]}}]}}]}}]}}]} as unknown as DocumentNode<VideosQuery, VideosQueryVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"balance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usd"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSelf"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"workspaces"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"astriaId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const WaitForDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WaitFor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}},"defaultValue":{"kind":"ListValue","values":[{"kind":"StringValue","value":"UHJvbXB0OjQ1MDQyNTI0","block":false},{"kind":"StringValue","value":"VHVuZToxNTA0OTQ0","block":false}]}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"seconds"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"25"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"waitFor"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}},{"kind":"Argument","name":{"kind":"Name","value":"seconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"seconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isDone"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Prompt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"promptStatus"},"name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"images"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tune"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"tuneStatus"},"name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode<WaitForQuery, WaitForQueryVariables>;
export const WorkspacesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Workspaces"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"679"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"second"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},"defaultValue":{"kind":"IntValue","value":"683"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"first"},"name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"payer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"prompts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"2"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"second"},"name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"second"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tunes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"2"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode<WorkspacesQuery, WorkspacesQueryVariables>;