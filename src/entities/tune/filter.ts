import { builder } from '../../graphql/builder.ts';
import type { TuneFilter } from './rest.ts';

export const TuneFilterInput = builder.inputType('TuneFilter', {
  description: 'Which tunes to list. A row must match every field given.',
  fields: (t) => ({
    title: t.string({ description: 'A part of the title.' }),
    name: t.stringList({
      description: 'The class of the subject; any of these: `["man", "woman"]`.',
    }),
    modelType: t.field({ type: 'ModelType', description: 'What they are.' }),
    branch: t.string({
      description:
        'The family of the base model: flux1, sd15, sdxl1, gemini-2 … In the gallery, partner-1 are the models of partners.',
    }),
  }),
});

type TuneFilterArg = typeof TuneFilterInput.$inferInput | null | undefined;

/** Converts a filter to Astria's names. */
export const toTuneFilter = (filter: TuneFilterArg): TuneFilter => ({
  title: filter?.title,
  name: filter?.name,
  model_type: filter?.modelType,
  branch: filter?.branch,
});
