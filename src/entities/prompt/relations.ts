/** The relations of a prompt. */

import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { existing } from '../../graphql/existing.ts';
import { isEnough } from '../../graphql/selection.ts';
import { type PlacedRow, placed, type Scope, scopeOf } from '../../scope.ts';
import { existingPack, PackType } from '../pack/type.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { promptById } from './loader.ts';
import { type Reference, referencesIn } from './references.ts';
import { TuneExcerpt } from './rest.ts';
import { PromptType } from './type.ts';

/** What stands in a row, with the place in which that was read. */
type Read<Part> = Part & Pick<PlacedRow, 'readIn'>;

const TuneReferenceType = builder.objectRef<Read<Reference>>('TuneReference').implement({
  description:
    'A tune that the text of a prompt, or its video prompt, refers to: `<faceid:123:1> woman`.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: false, description: 'lora, faceid …' }),
    strength: t.exposeFloat('strength', {
      description: 'How strongly the tune acts: 1 is full strength. Null if the text does not say.',
    }),
    tuneId: t.expose('tuneId', {
      type: 'SafeInt',
      nullable: false,
      description: "Astria's number of the tune.",
    }),
    tune: t.field({
      type: TuneType,
      description: 'The tune; null, with an error, if it was deleted.',
      extensions: upstream({ ids: 1 }),
      resolve: ({ tuneId, excerpt, readIn }, _, context, info) =>
        excerpt && isEnough(excerpt, info)
          ? placed('Tune', excerpt, { place: readIn })
          : existingTune(tuneId, scopeOf(context, { readIn })),
    }),
  }),
});

builder.objectFields(PromptType, (t) => ({
  tune: t.field({
    type: TuneType,
    description:
      'The model it ran on. For a prompt that was sent to a LoRA or a faceid that is the base model, and `references` contains the LoRA or faceid.',
    extensions: upstream({ ids: 1 }),
    resolve: (prompt, _, context, info) => {
      // Skips excerpts that cannot be enough, because they have to be parsed.
      if (prompt.tune_id && !isEnough(TuneExcerpt.shape, info)) {
        return existingTune(prompt.tune_id, scopeOf(context, prompt));
      }
      const { tune, tune_id = tune?.id } = prompt;
      return tune && tune.id === tune_id && isEnough(tune, info)
        ? placed('Tune', tune, { place: prompt.readIn })
        : existingTune(tune_id, scopeOf(context, prompt));
    },
  }),
  references: t.field({
    type: [TuneReferenceType],
    nullable: { list: false, items: false },
    description:
      'The tunes that its text refers to, then those of its video prompt, in their order; the first hundred of them.',
    extensions: upstream({ rows: 3 }),
    resolve: (prompt) => referencesIn(prompt).map((one) => ({ ...one, readIn: prompt.readIn })),
  }),
  pack: t.field({
    type: PackType,
    description: 'The pack it is a template of.',
    extensions: upstream({ ids: 1 }),
    resolve: (prompt, _, context) => existingPack(prompt.pack_id, scopeOf(context, prompt)),
  }),
  basePack: t.field({
    type: PackType,
    description: 'The pack it was generated from.',
    extensions: upstream({ ids: 1 }),
    resolve: (prompt, _, context) => existingPack(prompt.base_pack_id, scopeOf(context, prompt)),
  }),
  originalPrompt: t.field({
    type: PromptType,
    description: 'The prompt it was made from.',
    extensions: upstream({ ids: 1 }),
    resolve: (prompt, _, context) =>
      existingPrompt(prompt.orig_prompt_id, scopeOf(context, prompt)),
  }),
}));

/** Loads a prompt that another object names. */
export const existingPrompt = (id: number | null | undefined, scope: Scope) =>
  existing('Prompt', id, promptById(scope));
