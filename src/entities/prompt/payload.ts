/** What all mutations that return a prompt have in common. */
import { mayUse, placeOf } from '../../auth/bounds.ts';
import type { Context } from '../../context.ts';
import type { RowFields } from '../../graphql/builder.ts';
import { paidPayload, payload } from '../../graphql/payload.ts';
import { type Warning, WarningType, workspaceWarnings } from '../../graphql/warnings.ts';
import { forgetReads, type Place, placed, scopeIn } from '../../scope.ts';
import { type PromptRow, promptById } from './loader.ts';
import type { Prompt } from './rest.ts';
import { PromptType } from './type.ts';

export interface PromptWritten {
  prompt: PromptRow;
  warnings: Warning[];
}

interface Write {
  /** The place in which the write was sent. */
  sentIn: Place;
  /** The requested workspace. Undefined if none was requested. */
  asked: number | string | null | undefined;
  warnings?: readonly Warning[];
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
      description: 'How the result differs from what was requested.',
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
  row: Prompt,
  { sentIn, asked, warnings = [] }: Write,
): PromptWritten {
  forgetReads(context);
  const found = placeOf(row);
  const place = found === undefined ? sentIn : found;
  const prompt = placed('Prompt', row, { place });
  // The prompt is made and perhaps paid for, so it is returned wherever it is.
  if (mayUse(context.caller, place)) promptById(scopeIn(context, place)).see([prompt]);
  return { prompt, warnings: [...warnings, ...workspaceWarnings(asked, found)] };
}
