/** Finds a prompt whose answer was lost: by its text or its original, and by everything else that a row shows. */

import { isToldAsSent } from '../../paid/ledger/told.ts';
import type { Kept } from '../../paid/paid.ts';
import type { Search } from '../../paid/seeking.ts';
import type { Place } from '../../scope.ts';
import { MAX_LIMIT, type Session } from '../../upstream/client.ts';
import { referencesIn } from './references.ts';
import { fetchPrompt, fetchPrompts, fetchPromptsOfTune, type Prompt } from './rest.ts';

export type SentPrompt = Record<string, unknown>;

/** A long text is searched by its beginning, because all of it would not fit into a query string. */
const SOUGHT_CHARACTERS = 100;

export function promptSearch(tuneId: number, sent: SentPrompt, place: Place): Search<Prompt> {
  const text = textOf(sent);
  return {
    by: text ? `prompt\n${text}` : `prompt without a text\n${tuneId}`,
    list: (astria) => listOf(astria, tuneId, text),
    isIt: (prompt) =>
      isOn(tuneId, prompt) &&
      bareText(prompt, tuneId, text) === text &&
      LINKS.every((name) => sent[name] != null || prompt[name] == null) &&
      MEDIA.every((name) => isGiven(sent, name) || !hasMedia(prompt, name)) &&
      isAlike(sent, prompt, place),
  };
}

/** A copy names its original. */
export const copySearch = (promptId: number, sent: SentPrompt, place: Place): Search<Prompt> => ({
  by: `copy\n${promptId}`,
  list: (astria) => fetchPrompts(astria, { orig_prompt_id: promptId, limit: MAX_LIMIT }),
  isIt: (prompt) =>
    prompt.orig_prompt_id === promptId &&
    (sent.text == null || prompt.text?.trim() === textOf(sent)) &&
    isAlike(sent, prompt, place),
});

export const keptPrompt: Kept<Prompt> = {
  kind: 'prompt',
  keep: ({ id }) => ({ id }),
  again: ({ id }, astria) => fetchPrompt(astria, id as number),
  priced: ({ id }) => ({ jobs: [`prompt:${id}`] }),
};

const textOf = ({ text }: SentPrompt) => String(text ?? '').trim();

const listOf = (astria: Session, tuneId: number, text: string) =>
  text
    ? fetchPrompts(astria, { text: beginningOf(text), limit: MAX_LIMIT })
    : fetchPromptsOfTune(astria, tuneId, { limit: MAX_LIMIT });

const beginningOf = (text: string) => [...text].slice(0, SOUGHT_CHARACTERS).join('').trim();

/** A prompt for a LoRA or a faceid runs on its base model and names the tune in another way. */
const isOn = (tuneId: number, prompt: Prompt) =>
  prompt.tune_id === tuneId ||
  prompt.tunes?.some(({ id }) => id === tuneId) ||
  referencesIn(prompt).some((reference) => reference.tuneId === tuneId);

/** Removes the token that Astria puts in front for the tune of the request. */
function bareText({ text }: Prompt, tuneId: number, sent: string): string {
  const told = text?.trim() ?? '';
  if (told === sent) return told;
  return told.replace(new RegExp(`^<[a-z]\\w*:${tuneId}(?::[\\d.]+)?>\\s*`), '');
}

/** Set only by Astria or by another mutation, unless they were sent. */
const LINKS = ['orig_prompt_id', 'base_pack_id', 'pack_id', 'order_id'] as const;
const MEDIA = ['input_image', 'mask_image', 'input_video', 'image_references'] as const;

/** Compared separately, because the row shows them in another form than they were sent. */
const APART = ['text', 'workspace_id', ...MEDIA];

const isAlike = (sent: SentPrompt, prompt: Prompt, place: Place) =>
  isAt(place, prompt) &&
  MEDIA.every(
    (name) => !isGiven(sent, name) || prompt[name] === undefined || hasMedia(prompt, name),
  ) &&
  isToldAsSent(sent, prompt, APART);

/**
 * Returns whether the prompt is in the requested workspace, or in the personal scope, where Astria puts prompts of keys without
 * access.
 */
const isAt = (place: Place, { workspace_id }: Prompt) =>
  workspace_id == null || String(workspace_id) === place;

/** Astria stores media at addresses of its own, so only their presence can be compared. */
const isGiven = (sent: SentPrompt, name: (typeof MEDIA)[number]) =>
  [name, `${name}_url`, `${name.replace(/s$/, '')}_urls`].some((each) => sent[each] != null);

const hasMedia = (prompt: Prompt, name: (typeof MEDIA)[number]) => {
  const told = prompt[name];
  return Array.isArray(told) ? told.length > 0 : told != null;
};
