/** What every mutation that answers a prompt has in common. */
import { mayUse, placeOf } from '../../auth/bounds.ts';
import type { Context } from '../../context.ts';
import type { RowFields } from '../../graphql/builder.ts';
import { paidPayload, payload } from '../../graphql/payload.ts';
import { type Warning, WarningType, workspaceWarnings } from '../../graphql/warnings.ts';
import { forgetReads, scopeOf, settle } from '../../scope.ts';
import { promptById } from './loader.ts';
import type { Prompt } from './rest.ts';
import { PromptType } from './type.ts';

export interface PromptWritten {
  prompt: Prompt;
  warnings: Warning[];
}

const promptFields =
  (description: string): RowFields<PromptWritten> =>
  (t) => ({
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
  });

export const promptPayload = (name: string, description: string) =>
  payload<PromptWritten>(name, promptFields(description));

/** Of a prompt that is paid for. */
export const newPromptPayload = (name: string, description: string) =>
  paidPayload<PromptWritten>(name, ({ prompt }) => prompt.cost_mc, promptFields(description));

/** After a write: the prompt, where it is now, and a word if that is not where it was asked for. */
export function written(
  context: Context,
  prompt: Prompt,
  asked: number | string | null | undefined,
  warnings: readonly Warning[] = [],
): PromptWritten {
  forgetReads(context);
  const place = placeOf(prompt);
  if (place !== undefined) settle(prompt, place);
  // It is made, and perhaps paid for: where it went is no reason not to tell of it.
  if (place === undefined || mayUse(context.caller, place)) {
    promptById(scopeOf(context, prompt)).see([prompt]);
  }
  return { prompt, warnings: [...warnings, ...workspaceWarnings(asked, place)] };
}
