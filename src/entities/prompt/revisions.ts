/** Mutations of existing prompts. */
import { mustUse } from '../../auth/bounds.ts';
import type { Context } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { changesOf } from '../../graphql/changes.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId, maybeId } from '../../graphql/ids.ts';
import { payload } from '../../graphql/payload.ts';
import { refuse } from '../../graphql/rules.ts';
import { homeField, scopeToChangeIn, scopeToMakeIn } from '../../graphql/workspace-input.ts';
import { paid } from '../../paid/paid.ts';
import { forgetReads, type Scope, scopeIn } from '../../scope.ts';
import { DuplicatePromptInput, toAstriaPrompt } from './inputs.ts';
import { newPromptPayload, promptPayload, written } from './payload.ts';
import { priceOfCopy } from './price.ts';
import { existingPrompt } from './relations.ts';
import { duplicatePrompt, likePrompt, updatePrompt } from './rest.ts';
import { copyErrors } from './rules.ts';
import { copySearch, keptPrompt } from './search.ts';
import { PromptType } from './type.ts';

const WHICH = 'The prompt: its `id` or its `astriaId`.';

const UpdatePromptInput = builder.inputType('UpdatePromptInput', {
  description:
    'What to change about a prompt. Fields that are left out stay as they are; null clears a field.',
  fields: (t) => ({
    id: t.id({ required: true, description: WHICH }),
    packId: t.id({
      description:
        'The pack it is a template of (`id` or `astriaId`): its text must refer to a tune.',
    }),
    basePackId: t.id({ description: 'The pack it came from: its `id` or its `astriaId`.' }),
    workspaceId: t.id({ description: 'The workspace to move it to: its `id` or its `astriaId`.' }),
    originalPromptId: t.id({
      description: 'The prompt it was made from: its `id` or its `astriaId`.',
    }),
  }),
});

const LikePromptInput = builder.inputType('LikePromptInput', {
  description: 'A prompt to like.',
  fields: (t) => ({ id: t.id({ required: true, description: WHICH }), workspaceId: homeField(t) }),
});

const UnlikePromptInput = builder.inputType('UnlikePromptInput', {
  description: 'A prompt to like no longer.',
  fields: (t) => ({ id: t.id({ required: true, description: WHICH }), workspaceId: homeField(t) }),
});

const likePayload = (name: string) =>
  payload<{ id: number; scope: Scope }>(name, (t) => ({
    prompt: t.field({
      type: PromptType,
      description: 'The prompt, read after the change.',
      extensions: upstream({ ids: 1 }),
      resolve: ({ id, scope }) => existingPrompt(id, scope),
    }),
  }));

builder.mutationFields((t) => ({
  updatePrompt: t.field({
    type: promptPayload('UpdatePromptPayload', 'The prompt as it is now.'),
    nullable: false,
    description: 'Puts a prompt into a pack or a workspace, or says what it came from.',
    args: {
      input: t.arg({ type: UpdatePromptInput, required: true, description: 'What to change.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const asked = maybeId('Workspace', input.workspaceId, 'input.workspaceId');
      if (asked !== undefined) mustUse(context.caller, asked === null ? null : String(asked));
      const changes = changesOf({
        pack_id: maybeId('Pack', input.packId, 'input.packId'),
        base_pack_id: maybeId('Pack', input.basePackId, 'input.basePackId'),
        workspace_id: asked,
        orig_prompt_id: maybeId('Prompt', input.originalPromptId, 'input.originalPromptId'),
      });
      const id = astriaId('Prompt', input.id, 'input.id');
      const { astria, place } = scopeIn(context);
      const prompt = await updatePrompt(astria, id, changes);
      return written(context, prompt, { sentIn: place, asked });
    },
  }),
  duplicatePrompt: t.field({
    type: newPromptPayload(
      'DuplicatePromptPayload',
      'The new prompt, not yet finished. To wait for it subscribe to `prompt(id:)`, or query `waitFor(ids:)`.',
    ),
    nullable: false,
    description: 'Runs a prompt again, with changes. Costs money, and cannot be undone.',
    args: {
      input: t.arg({ type: DuplicatePromptInput, required: true, description: 'What to make.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const { id, imageIndex, overrides } = input;
      refuse(copyErrors(input));
      const { astria, place } = scopeToMakeIn(context, overrides?.workspaceId, 'input.overrides');
      const promptId = astriaId('Prompt', id, 'input.id');
      const prompt = toAstriaPrompt(overrides ?? {}, 'input.overrides');
      const body = { prompt, ...(imageIndex != null && { image_index: imageIndex }) };
      const made = await paid(context, {
        ...{ mutation: 'duplicatePrompt', input, place, kept: keptPrompt, parts: 1 },
        search: copySearch(promptId, prompt, place),
        estimate: (look) => priceOfCopy(look, promptId, input),
        send: () => duplicatePrompt(astria, promptId, body),
      });
      const { row, warnings } = made;
      return written(context, row, { sentIn: place, asked: place ?? undefined, warnings });
    },
  }),
  likePrompt: t.field({
    type: likePayload('LikePromptPayload'),
    nullable: false,
    description: 'Marks a prompt as liked by you.',
    args: { input: t.arg({ type: LikePromptInput, required: true, description: 'Which one.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { input }, context) => setLike(context, input, true),
  }),
  unlikePrompt: t.field({
    type: likePayload('UnlikePromptPayload'),
    nullable: false,
    description: 'Removes your like from a prompt.',
    args: { input: t.arg({ type: UnlikePromptInput, required: true, description: 'Which one.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { input }, context) => setLike(context, input, false),
  }),
}));

async function setLike(
  context: Context,
  input: { id: string; workspaceId?: string | null },
  isLiked: boolean,
) {
  const id = astriaId('Prompt', input.id, 'input.id');
  const { astria, place } = scopeToChangeIn(context, input.workspaceId);
  await likePrompt(astria, id, isLiked);
  forgetReads(context);
  return { id, scope: scopeIn(context, place) };
}
