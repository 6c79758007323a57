/** The inputs for running a pack, and their rules. */
import { mediaToAstria, toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { astriaIds } from '../../graphql/ids.ts';
import { MediaInput } from '../../graphql/media.ts';
import { BAD_CALLBACK, broken, isBadCallback, isBlank, type Rule } from '../../graphql/rules.ts';
import { workspaceField } from '../../graphql/workspace-input.ts';
import { paidFields } from '../../paid/max-cost.ts';
import { type PromptAttributes, PromptAttributesInput, toAstriaPrompt } from '../prompt/inputs.ts';
import { innerErrors, overrideErrors } from '../prompt/rules.ts';
import { BAD_CHARACTERISTICS, BAD_NAME, isBadName, isNoObject } from '../tune/inputs.ts';

export const RunPackInput = builder.inputType('RunPackInput', {
  description: 'The subject of a run of a pack: either photos, or existing tunes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The pack: its `id`, its `astriaId` or its `slug`.' }),
    tuneIds: t.idList({
      description:
        'Tunes to run it on, by `id` or `astriaId`. A multi pack puts them into one prompt, in their order.',
    }),
    title: t.string({ description: 'What to call the tune that is trained on the photos.' }),
    name: t.string({ description: 'The class of the subject in the photos: man, woman …' }),
    images: t.field({ type: [MediaInput], description: 'The photos to train on.' }),
    characteristics: t.field({
      type: 'JSON',
      description: 'Facts about the subject in the photos: `{"eye_color": "brown"}`.',
    }),
    callback: t.field({
      type: 'URL',
      description: 'An https address that Astria posts the tune to, once, when it is trained.',
    }),
    promptsCallback: t.field({
      type: 'URL',
      description: 'An https address that Astria posts all prompts to, once, when they are done.',
    }),
    promptIds: t.idList({
      description: 'Only these of its templates: prompts by `id` or `astriaId`. Left out: all.',
    }),
    brief: t.string({ description: 'A wish in words, that the prompts are adapted to.' }),
    promptAttributes: t.field({
      type: PromptAttributesInput,
      description: 'Parameters to change in every prompt.',
    }),
    workspaceId: workspaceField(t),
    ...paidFields(t),
  }),
});
export type RunPack = typeof RunPackInput.$inferInput;

const isOnTunes = (input: RunPack) => input.tuneIds != null;

const RUN_PACK_RULES: readonly Rule<RunPack>[] = [
  ['tuneIds', "can't be blank", (input) => input.tuneIds?.length === 0],
  ['promptIds', "can't be blank; leave it out for all", (input) => input.promptIds?.length === 0],
  [
    'images',
    'not together with tuneIds: give one or the other',
    (input) => isOnTunes(input) && input.images?.length,
  ],
  ['title', 'only with images', (input) => isOnTunes(input) && input.title != null],
  ['name', 'only with images', (input) => isOnTunes(input) && input.name != null],
  ['name', BAD_NAME, (input) => isBadName(input.name)],
  [
    'characteristics',
    'only with images',
    (input) => isOnTunes(input) && input.characteristics != null,
  ],
  ['characteristics', BAD_CHARACTERISTICS, (input) => isNoObject(input.characteristics)],
  [
    'callback',
    'only with images: see promptsCallback',
    (input) => isOnTunes(input) && input.callback != null,
  ],
  [
    'images',
    'must contain at least one image if there are no tuneIds',
    (input) => !isOnTunes(input) && !input.images?.length,
  ],
  ['title', "can't be blank", (input) => !isOnTunes(input) && isBlank(input.title)],
  ['callback', BAD_CALLBACK, (input) => isBadCallback(input.callback)],
  ['promptsCallback', BAD_CALLBACK, (input) => isBadCallback(input.promptsCallback)],
];

export const runPackErrors = (input: RunPack, root: readonly string[] = ['input']) => [
  ...broken(input, RUN_PACK_RULES, root),
  ...(input.promptAttributes
    ? nestedErrors(input.promptAttributes, [...root, 'promptAttributes'])
    : []),
];

function nestedErrors(promptAttributes: PromptAttributes, root: readonly string[]) {
  return [...overrideErrors(promptAttributes, root), ...innerErrors(promptAttributes, root)];
}

export function toAstriaRun(input: RunPack) {
  const { title, name, characteristics, callback, promptsCallback, brief } = input;
  const { tuneIds, promptIds, promptAttributes, images } = input;
  return {
    ...toAstria({ title, name, characteristics, callback, promptsCallback, brief }),
    ...(tuneIds && {
      tune_ids: astriaIds('Tune', tuneIds, 'input.tuneIds'),
    }),
    ...(promptIds && {
      prompt_ids: astriaIds('Prompt', promptIds, 'input.promptIds'),
    }),
    ...(promptAttributes && {
      prompt_attributes: toAstriaPrompt(promptAttributes, 'input.promptAttributes'),
    }),
    ...mediaToAstria({ images }),
  };
}
