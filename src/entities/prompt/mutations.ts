import type { Context } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId, globalId } from '../../graphql/ids.ts';
import { ourCallback, withCallback } from '../../graphql/our-callback.ts';
import { deletedPayload } from '../../graphql/payload.ts';
import { refuse } from '../../graphql/rules.ts';
import { homeField, scopeToChangeIn, scopeToMakeIn } from '../../graphql/workspace-input.ts';
import type { PaidInput } from '../../paid/cost.ts';
import { paid } from '../../paid/paid.ts';
import type { Look } from '../../prices/look.ts';
import { forgetReads } from '../../scope.ts';
import {
  CreatePromptInput,
  GenerateWithGeminiInput,
  GenerateWithSeedreamInput,
  type PromptAttributes,
  toAstriaPrompt,
} from './inputs.ts';
import { newPromptPayload, type PromptWritten, written } from './payload.ts';
import { priceOfPrompt } from './price.ts';
import { createPrompt, deletePrompt } from './rest.ts';
import { promptErrors, seedreamErrors } from './rules.ts';
import { keptPrompt, promptSearch } from './search.ts';

const DeletePromptInput = builder.inputType('DeletePromptInput', {
  description: 'Which prompt to delete.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Its `id` or its `astriaId`.' }),
    workspaceId: homeField(t),
  }),
});

const NEW_PROMPT =
  'The prompt as Astria accepted it, not yet finished. To wait for it subscribe to `prompt(id:)`, or query `waitFor(ids:)`.';
const PAID = 'Costs money, and cannot be undone.';

builder.mutationFields((t) => ({
  createPrompt: t.field({
    type: newPromptPayload('CreatePromptPayload', NEW_PROMPT),
    nullable: false,
    description: `Asks a tune for images or a video. ${PAID}`,
    args: {
      input: t.arg({ type: CreatePromptInput, required: true, description: 'What to make.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { input }, context) => {
      const { tuneId, idempotencyKey, maxCost, ...prompt } = input;
      const id = astriaId('Tune', tuneId, 'input.tuneId');
      return generate(context, id, { mutation: 'createPrompt', input, prompt });
    },
  }),
  generateWithGemini: t.field({
    type: newPromptPayload('GenerateWithGeminiPayload', NEW_PROMPT),
    nullable: false,
    description: `Asks Gemini (Nano Banana) for images. ${PAID}`,
    args: {
      input: t.arg({ type: GenerateWithGeminiInput, required: true, description: 'What to make.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { input }, context) => {
      const { idempotencyKey, maxCost, ...prompt } = input;
      const asked = { mutation: 'generateWithGemini', input, prompt };
      return generate(context, context.config.geminiTuneId, asked);
    },
  }),
  generateWithSeedream: t.field({
    type: newPromptPayload('GenerateWithSeedreamPayload', NEW_PROMPT),
    nullable: false,
    description: `Asks Seedream for images. ${PAID}`,
    args: {
      input: t.arg({
        type: GenerateWithSeedreamInput,
        required: true,
        description: 'What to make.',
      }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { input }, context) => {
      const { idempotencyKey, maxCost, ...prompt } = input;
      const asked = { mutation: 'generateWithSeedream', input, prompt };
      return generate(context, context.config.seedreamTuneId, asked);
    },
  }),
  deletePrompt: t.field({
    type: deletedPayload('DeletePromptPayload', 'prompt'),
    nullable: false,
    description: 'Deletes a prompt and its images. Cannot be undone.',
    args: { input: t.arg({ type: DeletePromptInput, required: true, description: 'Which one.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const id = astriaId('Prompt', input.id, 'input.id');
      await deletePrompt(scopeToChangeIn(context, input.workspaceId).astria, id);
      forgetReads(context);
      return { deletedId: globalId('Prompt', id) };
    },
  }),
}));

interface PromptWrite {
  mutation: string;
  input: PaidInput;
  prompt: PromptAttributes;
}

async function generate(
  context: Context,
  tuneId: number,
  { mutation, input, prompt }: PromptWrite,
): Promise<PromptWritten> {
  const isSeedream = tuneId === context.config.seedreamTuneId;
  refuse([...promptErrors(prompt), ...(isSeedream ? seedreamErrors(prompt) : [])]);
  const { astria, place } = scopeToMakeIn(context, prompt.workspaceId);
  const body = toAstriaPrompt(prompt);
  const search = promptSearch(tuneId, body, place);
  const send = () => createPrompt(astria, tuneId, withCallback(body, ourCallback(context, place)));
  const estimate = (look: Look) => priceOfPrompt(look, tuneId, prompt);
  const write = { mutation, input, place, search, estimate, send, kept: keptPrompt, parts: 1 };
  const made = await paid(context, write);
  const { row, warnings } = made;
  return written(context, row, { sentIn: place, asked: place ?? undefined, warnings });
}
