/** What all mutations that return a prompt have in common. */
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
      description: 'How the result differs from what was asked.',
      resolve: ({ warnings }) => warnings,
    }),
  });

export const promptPayload = (name: string, description: string) =>
  payload<PromptWritten>(name, promptFields(description));

/** Of a prompt that is paid for. */
export const newPromptPayload = (name: string, description: string) =>
  paidPayload<PromptWritten>(name, ({ prompt }) => prompt.cost_mc, promptFields(description));

/** Returns the prompt after a write, with a warning if it landed in another workspace than requested. */
export function written(
  context: Context,
  prompt: Prompt,
  asked: number | string | null | undefined,
  warnings: readonly Warning[] = [],
): PromptWritten {
  forgetReads(context);
  const place = placeOf(prompt);
  if (place !== undefined) settle(prompt, place);
  // The prompt is made and perhaps paid for, so it is returned wherever it is.
  if (place === undefined || mayUse(context.caller, place)) {
    promptById(scopeOf(context, prompt)).see([prompt]);
  }
  return { prompt, warnings: [...warnings, ...workspaceWarnings(asked, place)] };
}
