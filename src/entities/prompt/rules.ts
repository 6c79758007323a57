/** What Astria is known to refuse, so that it is refused without a call. */

import { isDataUrl } from '../../graphql/data-url.ts';
import type { FieldError } from '../../graphql/errors.ts';
import { isInline, type Media } from '../../graphql/media.ts';
import {
  BAD_CALLBACK,
  broken,
  isBadCallback,
  isBlank,
  isNoLength,
  isOutside,
  type Rule,
} from '../../graphql/rules.ts';
import type { DuplicatePrompt, PromptAttributes } from './inputs.ts';
import { PROMPT_RANGES } from './parameters.ts';

type Ranged = keyof typeof PROMPT_RANGES;
const RANGES = Object.entries(PROMPT_RANGES) as [Ranged, readonly [number, number]][];

const rangeRule = ([name, [least, most]]: (typeof RANGES)[number]): Rule<PromptAttributes> => [
  name,
  `must be between ${least} and ${most}`,
  (prompt) => isOutside(prompt[name], least, most),
];

/** Rules for single parameters. */
const RANGE_RULES: readonly Rule<PromptAttributes>[] = [
  ...RANGES.map(rangeRule),
  ['w', 'must be a multiple of 8', (p) => isNoLength(p.w)],
  ['h', 'must be a multiple of 8', (p) => isNoLength(p.h)],
  ['videoDuration', 'must be at least 1', (p) => isOutside(p.videoDuration, 1, Infinity)],
  ['callback', BAD_CALLBACK, (p) => isBadCallback(p.callback)],
  [
    'sourceImageUrl',
    'must be a web address: a picture itself goes into videoFirstFrame',
    (p) => p.sourceImageUrl != null && isDataUrl(p.sourceImageUrl),
  ],
  [
    'imageReferences',
    'must be all addresses, or all files and signed ids: Astria keeps no order between the two',
    (p) => isMixed(p.imageReferences),
  ],
];

const BESIDE_REFERENCES =
  'not together with imageReferences, inputVideo or audioReference on Seedance 2: give one or the other';

/** Rules for combinations of parameters, so only for whole prompts. */
const WHOLE_RULES: readonly Rule<PromptAttributes>[] = [
  ['text', "can't be blank", (p) => isBlank(p.text) && !isVideo(p)],
  ['numImages', 'must be 1 for video', (p) => isFilm(p) && (p.numImages ?? 1) !== 1],
  ['inpaintFaces', 'needs superResolution', (p) => p.inpaintFaces && !p.superResolution],
  ['hiresFix', 'needs superResolution', (p) => p.hiresFix && !p.superResolution],
  ['videoPrompt', "can't be blank for video", (p) => lacks(p, p.videoPrompt)],
  ['videoModel', "can't be blank for video", (p) => lacks(p, p.videoModel)],
  ['videoFirstFrame', BESIDE_REFERENCES, (p) => p.videoFirstFrame && hasReferences(p)],
  ['videoLastFrame', BESIDE_REFERENCES, (p) => p.videoLastFrame && hasReferences(p)],
];

const SEEDREAM_RULES: readonly Rule<PromptAttributes>[] = [
  ['text', 'must not include `<1>` on Seedream', (p) => p.text?.includes('<1>')],
  ['numImages', 'must be between 1 and 4 on Seedream', (p) => isOutside(p.numImages, 1, 4)],
  ['resolution', 'not supported on Seedream', (p) => p.resolution],
];

/** What Astria would refuse of a prompt, wherever it goes. */
export const promptErrors = (prompt: PromptAttributes, root?: readonly string[]): FieldError[] => [
  ...broken(prompt, WHOLE_RULES, root),
  ...overrideErrors(prompt, root),
];

/** What Astria would refuse of parameters that change some prompt, whose others are not known here. */
export const overrideErrors = (prompt: PromptAttributes, root?: readonly string[]): FieldError[] =>
  broken(prompt, RANGE_RULES, root);

/** What Astria would refuse of a copy. */
export const copyErrors = (input: DuplicatePrompt, root: readonly string[] = ['input']) => [
  ...broken(input, COPY_RULES, root),
  ...overrideErrors(input.overrides ?? {}, [...root, 'overrides']),
];

const COPY_RULES: readonly Rule<DuplicatePrompt>[] = [
  ['imageIndex', 'must be 0 or more', (copy) => isOutside(copy.imageIndex, 0, Infinity)],
];

/** What does not fit into an input that says itself where its prompts go. */
export const innerErrors = (prompt: PromptAttributes, root: readonly string[]): FieldError[] =>
  broken(prompt, INNER_RULES, root);

const INNER_RULES: readonly Rule<PromptAttributes>[] = [
  ['workspaceId', 'belongs into the input itself', (p) => p.workspaceId],
];

export const seedreamErrors = (prompt: PromptAttributes, root?: readonly string[]): FieldError[] =>
  broken(prompt, SEEDREAM_RULES, root);

/** Any parameter of videos makes a prompt a video. */
const isVideo = (p: PromptAttributes) =>
  VIDEO_PARAMETERS.some((name) => p[name] != null && p[name] !== false);

/** As Astria took video before it had parameters for it: `--video --video_model kling25 …` in the text. */
export const hasFlags = ({ text }: Pick<PromptAttributes, 'text'>) =>
  /(?:^|\s)--video(?:_\w+)?\b/.test(text ?? '');

const isFilm = (p: PromptAttributes) => isVideo(p) || hasFlags(p);

/** An absent parameter may be in the flags. */
const lacks = (p: PromptAttributes, value: string | null | undefined) =>
  isVideo(p) && isBlank(value) && !hasFlags(p);

/** Only one family of models is known to treat references differently from frames. */
const hasReferences = (p: PromptAttributes) =>
  /^seedance25?_/.test(p.videoModel ?? '') &&
  (p.imageReferences?.length || p.inputVideo || p.audioReference);

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

const isMixed = (media: readonly Media[] | null | undefined) => {
  const files = media?.filter((each) => each.url == null || isInline(each)).length;
  return files && files !== media?.length;
};
