import { type Context, forgetReads, scopeIn, scopeOf, settle } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { astriaId, globalId } from '../../graphql/ids.ts';
import { payload } from '../../graphql/payload.ts';
import { refuse } from '../../graphql/rules.ts';
import { type Warning, WarningType, workspaceWarnings } from '../../graphql/warnings.ts';
import { homeField, scopeToMakeIn, workspaceOf } from '../../graphql/workspace-input.ts';
import {
  CreatePromptInput,
  GenerateWithGeminiInput,
  GenerateWithSeedreamInput,
  type PromptAttributes,
  toAstriaPrompt,
} from './inputs.ts';
import { promptById } from './loader.ts';
import { createPrompt, deletePrompt, type Prompt } from './rest.ts';
import { promptErrors, seedreamErrors } from './rules.ts';
import { PromptType } from './type.ts';

interface PromptWritten {
  prompt: Prompt;
  warnings: Warning[];
}

export const promptPayload = (name: string, description: string) =>
  payload<PromptWritten>(name, (t) => ({
    prompt: t.field({
      type: PromptType,
      nullable: false,
      description,
      resolve: ({ prompt }) => prompt,
    }),
    warnings: t.field({
      type: [WarningType],
      nullable: { list: false, items: false },
      description: 'What went otherwise than asked.',
      resolve: ({ warnings }) => warnings,
    }),
  }));

const DeletePromptInput = builder.inputType('DeletePromptInput', {
  description: 'Which prompt to delete.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Its `id` or its `astriaId`.' }),
    workspaceId: homeField(t),
  }),
});

const DeletePromptPayload = payload<{ deletedId: string }>('DeletePromptPayload', (t) => ({
  deletedId: t.exposeID('deletedId', {
    nullable: false,
    description: 'The global id of the prompt that is gone.',
  }),
}));

const NEW_PROMPT = 'The prompt as Astria took it, on its way to be made.';
const PAID = 'Costs money, and cannot be undone.';

builder.mutationFields((t) => ({
  createPrompt: t.field({
    type: promptPayload('CreatePromptPayload', NEW_PROMPT),
    nullable: false,
    description: `Asks a tune for images or a video. ${PAID}`,
    args: {
      input: t.arg({ type: CreatePromptInput, required: true, description: 'What to make.' }),
    },
    resolve: (_, { input: { tuneId, ...prompt } }, context) =>
      generate(context, astriaId('Tune', tuneId, 'input.tuneId'), prompt),
  }),
  generateWithGemini: t.field({
    type: promptPayload('GenerateWithGeminiPayload', NEW_PROMPT),
    nullable: false,
    description: `Asks Gemini (Nano Banana) for images. ${PAID}`,
    args: {
      input: t.arg({ type: GenerateWithGeminiInput, required: true, description: 'What to make.' }),
    },
    resolve: (_, { input }, context) => generate(context, context.config.geminiTuneId, input),
  }),
  generateWithSeedream: t.field({
    type: promptPayload('GenerateWithSeedreamPayload', NEW_PROMPT),
    nullable: false,
    description: `Asks Seedream for images. ${PAID}`,
    args: {
      input: t.arg({
        type: GenerateWithSeedreamInput,
        required: true,
        description: 'What to make.',
      }),
    },
    resolve: (_, { input }, context) => generate(context, context.config.seedreamTuneId, input),
  }),
  deletePrompt: t.field({
    type: DeletePromptPayload,
    nullable: false,
    description: 'Deletes a prompt and its images. Cannot be undone.',
    args: { input: t.arg({ type: DeletePromptInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input }, context) => {
      const id = astriaId('Prompt', input.id, 'input.id');
      await deletePrompt(scopeIn(context, workspaceOf(input.workspaceId)).astria, id);
      forgetReads(context);
      return { deletedId: globalId('Prompt', id) };
    },
  }),
}));

async function generate(
  context: Context,
  tuneId: number,
  input: PromptAttributes,
): Promise<PromptWritten> {
  const isSeedream = tuneId === context.config.seedreamTuneId;
  refuse([...promptErrors(input), ...(isSeedream ? seedreamErrors(input) : [])]);
  const { astria, place } = scopeToMakeIn(context, input.workspaceId);
  const prompt = await createPrompt(astria, tuneId, toAstriaPrompt(input));
  return written(context, prompt, place ?? undefined);
}

/** After a write: the prompt, where it is now, and a word if that is not where it was asked for. */
export function written(
  context: Context,
  prompt: Prompt,
  asked: number | string | null | undefined,
): PromptWritten {
  const { id, workspace_id } = prompt;
  forgetReads(context);
  const scope =
    workspace_id === undefined
      ? scopeOf(context, prompt)
      : settle(context, prompt, workspace_id === null ? null : String(workspace_id));
  promptById(scope).prime(id, prompt);
  return { prompt, warnings: workspaceWarnings(asked, workspace_id) };
}
