import { builder } from '../../graphql/builder.ts';
import { MediaInput } from '../../graphql/media.ts';
import {
  BAD_CALLBACK,
  broken,
  isBadCallback,
  isBlank,
  isOutside,
  type Rule,
} from '../../graphql/rules.ts';
import { homeField, workspaceField } from '../../graphql/workspace-input.ts';
import { paidFields } from '../../paid/max-cost.ts';
import { PromptAttributesInput } from '../prompt/inputs.ts';
import { innerErrors, promptErrors } from '../prompt/rules.ts';

const TITLE =
  'What to call it. With idempotency on in the account, the same title is the same tune.';
const NAME = 'The class of the subject: man, woman, dress … English letters, numbers and spaces.';
const CHARACTERISTICS = 'Facts about the subject: `{"eye_color": "brown"}`. Any keys.';
const AUTO_EXTEND = 'Whether to keep it, at a fee, when it would expire.';

export const CreateTuneInput = builder.inputType('CreateTuneInput', {
  description: 'A tune to train, and the photos to train it on.',
  fields: (t) => ({
    title: t.string({ required: true, description: TITLE }),
    name: t.string({ description: NAME }),
    imageUrls: t.field({
      type: ['URL'],
      description:
        'The addresses of the photos, from which Astria fetches them. At least one photo is needed, here or in `images`.',
    }),
    images: t.field({
      type: [MediaInput],
      description: 'The photos, as files or as addresses.',
    }),
    imageCaptions: t.stringList({
      description:
        'What each photo shows, in the order of the photos: a sentence for each, such as the `caption` of `classifyImage`.',
    }),
    baseTuneId: t.id({
      description:
        'The model to train on: its `id` or its `astriaId`. Flux1.dev is 1504944; left out, it is one of sd15.',
    }),
    modelType: t.field({
      type: 'ModelType',
      description: 'What to train; left out for a checkpoint.',
    }),
    branch: t.string({
      description:
        'The family of the base model: flux1, sd15, sdxl1; left out, that of `baseTuneId`. `fast` is a free mock.',
    }),
    token: t.string({
      description:
        'The word that stands for the subject in texts, such as `ohwx`. Not for a faceid.',
    }),
    steps: t.int({ description: 'Training steps. If left out, Astria chooses by the photos.' }),
    faceCrop: t.boolean({ description: 'Whether to also crop the photos to the face.' }),
    trainingFaceCorrect: t.boolean({
      description: 'Whether to improve the faces in the photos first.',
    }),
    preset: t.field({ type: 'TrainingPreset', description: 'How to train a LoRA on Flux.' }),
    characteristics: t.field({ type: 'JSON', description: CHARACTERISTICS }),
    autoExtend: t.boolean({ description: AUTO_EXTEND }),
    callback: t.field({
      type: 'URL',
      description:
        'An https address that Astria posts the tune to once it is trained. Sent once, never retried, unsigned.',
    }),
    promptsAttributes: t.field({
      type: [PromptAttributesInput],
      description: 'Prompts to make as soon as it is trained.',
    }),
    workspaceId: workspaceField(t),
    ...paidFields(t),
  }),
});

export const UpdateTuneInput = builder.inputType('UpdateTuneInput', {
  description:
    'What to change about a tune. What is left out stays; null clears `name` and `characteristics`.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The tune: its `id` or its `astriaId`.' }),
    title: t.string({ description: TITLE }),
    name: t.string({ description: NAME }),
    autoExtend: t.boolean({ description: AUTO_EXTEND }),
    characteristics: t.field({ type: 'JSON', description: CHARACTERISTICS }),
    workspaceId: homeField(t),
  }),
});

export const DeleteTuneInput = builder.inputType('DeleteTuneInput', {
  description: 'Which tune to delete.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Its `id` or its `astriaId`.' }),
    workspaceId: homeField(t),
  }),
});

type CreateTune = typeof CreateTuneInput.$inferInput;
type UpdateTune = typeof UpdateTuneInput.$inferInput;

const BLANK = "can't be blank";
export const BAD_NAME = 'only English letters, numbers and spaces allowed';
export const BAD_CHARACTERISTICS = 'must be an object';

export const isBadName = (name: string | null | undefined) => name && !/^[A-Za-z0-9 ]+$/.test(name);
export const isNoObject = (value: unknown) =>
  value != null && (typeof value !== 'object' || Array.isArray(value));

const CREATE_TUNE_RULES: readonly Rule<CreateTune>[] = [
  ['title', BLANK, (tune) => isBlank(tune.title)],
  ['name', BAD_NAME, (tune) => isBadName(tune.name)],
  [
    'imageUrls',
    'must contain at least one image, or images',
    (tune) => !tune.imageUrls?.length && !tune.images?.length,
  ],
  ['steps', 'must not be negative', (tune) => isOutside(tune.steps, 0, Number.POSITIVE_INFINITY)],
  ['characteristics', BAD_CHARACTERISTICS, (tune) => isNoObject(tune.characteristics)],
  ['callback', BAD_CALLBACK, (tune) => isBadCallback(tune.callback)],
];

/** What Astria would refuse of a tune, and of the prompts that come with it. */
export const createTuneErrors = (input: CreateTune, root: readonly string[] = ['input']) => [
  ...broken(input, CREATE_TUNE_RULES, root),
  ...(input.promptsAttributes ?? []).flatMap((prompt, index) => {
    const at = [...root, 'promptsAttributes', String(index)];
    return [...promptErrors(prompt, at), ...innerErrors(prompt, at)];
  }),
];

export const UPDATE_TUNE_RULES: readonly Rule<UpdateTune>[] = [
  ['title', BLANK, (tune) => tune.title !== undefined && isBlank(tune.title)],
  ['name', BAD_NAME, (tune) => isBadName(tune.name)],
  ['characteristics', BAD_CHARACTERISTICS, (tune) => isNoObject(tune.characteristics)],
];
