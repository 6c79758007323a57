/** What a prompt leads to. */
import { builder } from '../../graphql/builder.ts';
import { notFound } from '../../graphql/errors.ts';
import { selectsOnly } from '../../graphql/selection.ts';
import { existingPack, PackType } from '../pack/type.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { promptById } from './loader.ts';
import { type Reference, referencesIn } from './references.ts';
import type { TuneExcerpt } from './rest.ts';
import { PromptType } from './type.ts';

const TuneReferenceType = builder.objectRef<Reference>('TuneReference').implement({
  description: 'A tune that the text of a prompt refers to: `<faceid:123:1> woman`.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: false, description: 'lora, faceid …' }),
    strength: t.exposeFloat('strength', {
      description: 'How strongly it acts: 1 is its full strength. Null where the text gives none.',
    }),
    tuneId: t.expose('tuneId', {
      type: 'SafeInt',
      nullable: false,
      description: "Astria's number of the tune.",
    }),
    tune: t.field({
      type: TuneType,
      description: 'The tune; null, with an error, where it is gone.',
      resolve: ({ tuneId, excerpt }, _, context, info) =>
        excerpt && selectsOnly(info, fieldsOf(excerpt)) ? excerpt : existingTune(tuneId, context),
    }),
  }),
});

builder.objectFields(PromptType, (t) => ({
  tune: t.field({
    type: TuneType,
    description:
      'The model it ran on: the base model, where it was sent to a LoRA or a faceid, which then stands in `references`.',
    resolve: ({ tune, tune_id }, _, context, info) =>
      tune && tune.id === tune_id && selectsOnly(info, fieldsOf(tune))
        ? tune
        : existingTune(tune_id, context),
  }),
  references: t.field({
    type: [TuneReferenceType],
    nullable: { list: false, items: false },
    description: 'The tunes its text refers to, in their order.',
    resolve: (prompt) => referencesIn(prompt),
  }),
  pack: t.field({
    type: PackType,
    description: 'The pack it is a template of.',
    resolve: ({ pack_id }, _, context) => existingPack(pack_id, context),
  }),
  basePack: t.field({
    type: PackType,
    description: 'The pack it was generated from.',
    resolve: ({ base_pack_id }, _, context) => existingPack(base_pack_id, context),
  }),
  originalPrompt: t.field({
    type: PromptType,
    description: 'The prompt it was made from.',
    resolve: async ({ orig_prompt_id }, _, { scope }) => {
      if (!orig_prompt_id) return null;
      const prompt = await promptById(scope).load(orig_prompt_id);
      if (!prompt) throw notFound('Prompt', orig_prompt_id);
      return prompt;
    },
  }),
}));

/** The fields of Tune that an excerpt can answer, without asking Astria for the whole tune. */
const fieldsOf = (excerpt: TuneExcerpt) => ['astriaId', ...Object.keys(excerpt)];
