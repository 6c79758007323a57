import { builder } from '../../graphql/builder.ts';
import { maybeId, plainId } from '../../graphql/ids.ts';
import type { PromptFilter } from './rest.ts';

const onlyWhenTrue = '`true`: only those. `false` or left out: all.';

export const PromptFilterInput = builder.inputType('PromptFilter', {
  description: 'Which prompts to list. A row must match every field given.',
  fields: (t) => ({
    text: t.string({ description: 'A part of the text.' }),
    tuneId: t.id({ description: 'The tune: its `id` or its `astriaId`.' }),
    packId: t.id({ description: 'The pack they are templates of: its `id` or its `astriaId`.' }),
    basePackId: t.id({ description: 'The pack they came from: its `id` or its `astriaId`.' }),
    originalPromptId: t.id({
      description: 'The prompt they were made from: its `id` or its `astriaId`.',
    }),
    userId: t.id({ description: "Astria's number of the user who made them." }),
    orderId: t.id({ description: "Astria's number of the order they belong to." }),
    liked: t.boolean({ description: `Those you like. ${onlyWhenTrue}` }),
    today: t.boolean({ description: `Those of today. ${onlyWhenTrue}` }),
    isVideo: t.boolean({ description: `Videos. ${onlyWhenTrue}` }),
    isApi: t.boolean({ description: `Those made through the API. ${onlyWhenTrue}` }),
  }),
});

type PromptFilterArg = typeof PromptFilterInput.$inferInput | null | undefined;

/** Converts a filter to Astria's names. Absent fields stay absent. */
export function toPromptFilter(filter: PromptFilterArg): PromptFilter {
  const { tuneId, packId, basePackId, originalPromptId, userId, orderId, ...rest } = filter ?? {};
  return {
    text: rest.text,
    liked: rest.liked,
    today: rest.today,
    is_video: rest.isVideo,
    is_api: rest.isApi,
    tune_id: maybeId('Tune', tuneId, 'filter.tuneId'),
    pack_id: maybeId('Pack', packId, 'filter.packId'),
    base_pack_id: maybeId('Pack', basePackId, 'filter.basePackId'),
    orig_prompt_id: maybeId('Prompt', originalPromptId, 'filter.originalPromptId'),
    user_id: plainId(userId, 'filter.userId'),
    order_id: plainId(orderId, 'filter.orderId'),
  };
}
