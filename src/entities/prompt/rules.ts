/** What Astria is known to refuse, so that it need not be asked. */
import type { FieldError } from '../../graphql/errors.ts';
import type { Media } from '../../graphql/media.ts';
import {
  BAD_CALLBACK,
  broken,
  isBadCallback,
  isBlank,
  isNoLength,
  isOutside,
  type Rule,
} from '../../graphql/rules.ts';
import type { PromptAttributes } from './inputs.ts';

const MAX_SEED = 2 ** 32;

/** What holds of each parameter by itself. */
const RANGE_RULES: readonly Rule<PromptAttributes>[] = [
  ['numImages', 'must be between 1 and 8', (p) => isOutside(p.numImages, 1, 8)],
  ['seed', `must be between 0 and ${MAX_SEED}`, (p) => isOutside(p.seed, 0, MAX_SEED)],
  ['steps', 'must be between 0 and 50', (p) => isOutside(p.steps, 0, 50)],
  ['cfgScale', 'must be between 0 and 15', (p) => isOutside(p.cfgScale, 0, 15)],
  ['denoisingStrength', 'must be between 0 and 1', (p) => isOutside(p.denoisingStrength, 0, 1)],
  [
    'controlnetConditioningScale',
    'must be between 0 and 1',
    (p) => isOutside(p.controlnetConditioningScale, 0, 1),
  ],
  ['w', 'must be a multiple of 8', (p) => isNoLength(p.w)],
  ['h', 'must be a multiple of 8', (p) => isNoLength(p.h)],
  ['videoDuration', 'must be at least 1', (p) => isOutside(p.videoDuration, 1, Infinity)],
  ['callback', BAD_CALLBACK, (p) => isBadCallback(p.callback)],
  [
    'imageReferences',
    'must be all files or all addresses: Astria keeps no order between the two',
    (p) => isMixed(p.imageReferences),
  ],
];

/** What holds of the parameters together, so of a whole prompt only. */
const WHOLE_RULES: readonly Rule<PromptAttributes>[] = [
  ['text', "can't be blank", (p) => isBlank(p.text) && !p.videoFirstFrame],
  ['numImages', 'must be 1 for video', (p) => isVideo(p) && (p.numImages ?? 1) !== 1],
  ['inpaintFaces', 'needs superResolution', (p) => p.inpaintFaces && !p.superResolution],
  ['hiresFix', 'needs superResolution', (p) => p.hiresFix && !p.superResolution],
  ['videoPrompt', "can't be blank for video", (p) => isVideo(p) && isBlank(p.videoPrompt)],
  ['videoModel', "can't be blank for video", (p) => isVideo(p) && isBlank(p.videoModel)],
  ['maskImage', 'needs inputImage', (p) => p.maskImage && !p.inputImage],
];

const SEEDREAM_RULES: readonly Rule<PromptAttributes>[] = [
  ['text', 'must not include `<1>` on Seedream', (p) => p.text?.includes('<1>')],
  ['numImages', 'must be between 1 and 4 on Seedream', (p) => isOutside(p.numImages, 1, 4)],
  ['resolution', 'not supported on Seedream', (p) => p.resolution],
];

/** What Astria would refuse of a prompt, wherever it goes. */
export const promptErrors = (prompt: PromptAttributes, root?: string[]): FieldError[] => [
  ...broken(prompt, WHOLE_RULES, root),
  ...overrideErrors(prompt, root),
];

/** What Astria would refuse of parameters that change some prompt, whose others are not known here. */
export const overrideErrors = (prompt: PromptAttributes, root?: string[]): FieldError[] =>
  broken(prompt, RANGE_RULES, root);

/** What does not fit into an input that says itself where its prompts go. */
export const innerErrors = (prompt: PromptAttributes, root: string[]): FieldError[] =>
  broken(prompt, INNER_RULES, root);

const INNER_RULES: readonly Rule<PromptAttributes>[] = [
  ['workspaceId', 'belongs into the input itself', (p) => p.workspaceId],
];

export const seedreamErrors = (prompt: PromptAttributes): FieldError[] =>
  broken(prompt, SEEDREAM_RULES);

/** Whatever only a video has makes it one. */
const isVideo = (p: PromptAttributes) =>
  VIDEO_PARAMETERS.some((name) => p[name] != null && p[name] !== false);

const VIDEO_PARAMETERS = [
  'videoModel',
  'videoPrompt',
  'videoDuration',
  'videoFirstFrame',
  'videoLastFrame',
  'sourceImageUrl',
  'inputVideo',
  'audioReference',
  'videoAudio',
  'videoUpscaleModel',
  'videoUpscaleTargetResolution',
  'videoFpsModel',
] as const satisfies (keyof PromptAttributes)[];

const isMixed = (media: readonly Media[] | null | undefined) =>
  media?.some(({ url }) => url) && media.some(({ file }) => file);
