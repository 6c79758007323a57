import { must } from './answers.ts';
import { type Call, idOf, isReadable } from './route.ts';
import { findPrompt, type PromptRow } from './store.ts';

/**
 * Returns whether the path has no tune, or the one that ran the prompt. That is the model, which may differ from the tune of the
 * request.
 */
const isAtItsPath = ({ path }: Call, row: PromptRow): boolean =>
  path.tune_id === undefined || Number(path.tune_id) === row.fields.tune_id;

/** Returns the account's prompt that the path names. Throws a 404 if there is none, or if it cannot be read. */
export function ownPrompt(call: Call): PromptRow {
  const row = must(call.account.prompts.get(idOf(call)));
  return must(isAtItsPath(call, row) && isReadable(call, row) ? row : null);
}

/** Returns the prompt that the path names, of the account or of the gallery. Throws a 404 like `ownPrompt`. */
export function readablePrompt(call: Call): PromptRow {
  if (call.account.prompts.get(idOf(call))) return ownPrompt(call);
  const row = must(findPrompt(call.world, call.account, idOf(call)));
  return must(isAtItsPath(call, row) ? row : null);
}
