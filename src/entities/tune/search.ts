/** Finds a tune whose answer was lost: by its title, and by everything else that a row shows. */

import { isToldAsSent } from '../../paid/ledger/told.ts';
import type { Kept } from '../../paid/paid.ts';
import type { Search } from '../../paid/seeking.ts';
import { MAX_LIMIT } from '../../upstream/client.ts';
import { fetchTune, fetchTunes, type Tune } from './rest.ts';

/** Parameters that a row shows in another form, or not at all. */
const UNTOLD = ['images', 'image_urls', 'prompts_attributes', 'prompt_attributes', 'prompt_ids'];

export const tuneSearch = (title: string, sent: Record<string, unknown>): Search<Tune> => ({
  by: `tune\n${title}`,
  // Astria also finds parts of titles, so equality is checked here.
  list: (astria) => fetchTunes(astria, { title, limit: MAX_LIMIT }),
  isIt: (tune) => tune.title === title && isToldAsSent(sent, tune, UNTOLD),
});

export const keptTune: Kept<Tune> = {
  kind: 'tune',
  keep: ({ id }) => ({ id }),
  again: ({ id }, astria) => fetchTune(astria, id as number),
  priced: ({ id, prompts }) => ({
    jobs: [`tune:${id}`, ...(prompts ?? []).map((prompt) => `prompt:${prompt.id}`)],
  }),
};
