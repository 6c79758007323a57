import { must } from './answers.ts';
import { type Call, idOf, isReadable } from './route.ts';
import { findPrompt, type PromptRow } from './store.ts';

/** The path names the model that ran the prompt, which may differ from the tune of the request. */
const isAtItsPath = ({ path }: Call, row: PromptRow): boolean =>
  path.tune_id === undefined || Number(path.tune_id) === row.fields.tune_id;

/** Returns the account's prompt that the path names. Answers 404 if there is none. */
export function ownPrompt(call: Call): PromptRow {
  const row = must(call.account.prompts.get(idOf(call)));
  return must(isAtItsPath(call, row) && isReadable(call, row) ? row : null);
}

/** Does the same, and finds prompts of the gallery too. */
export function readablePrompt(call: Call): PromptRow {
  if (call.account.prompts.get(idOf(call))) return ownPrompt(call);
  const row = must(findPrompt(call.world, call.account, idOf(call)));
  return must(isAtItsPath(call, row) ? row : null);
}
