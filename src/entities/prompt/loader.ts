import { findsRows, tellsPlace } from '../../auth/bounds.ts';
import { perScope, type Scope, settle } from '../../scope.ts';
import type { Page } from '../../upstream/client.ts';
import { absent, ifTold, rowIn } from '../../upstream/keyset.ts';
import { listLoader, RowLoader } from '../../upstream/loaders.ts';
import {
  fetchPrompt,
  fetchPrompts,
  fetchPromptsOfTune,
  type Prompt,
  type PromptFilter,
} from './rest.ts';

export const promptById = perScope(
  (scope: Scope): RowLoader<Prompt> =>
    new RowLoader<Prompt>({
      window: (page) => promptPages(scope).load(page),
      one: (id) => (scope.isBound ? promptWithin(scope, id) : fetchPrompt(scope.astria, id)),
    }),
);

findsRows('Prompt', (scope: Scope, id: number) => promptById(scope).load(id));

/** An order is found through its prompts. */
findsRows('Order', async (scope: Scope, id: number) => {
  const [row] = await promptPages(scope).load({ order_id: id, limit: 1 });
  return row ?? null;
});

/**
 * Loads a prompt for a bound caller. A prompt that does not tell its workspace must be in the workspace's list. The list is
 * read for a missing prompt too, so that the calls reveal nothing.
 */
async function promptWithin(scope: Scope, id: number): Promise<Prompt> {
  const prompt = await ifTold(fetchPrompt(scope.astria, id));
  if (prompt && tellsPlace(prompt)) return prompt;
  return (await rowIn(id, (page) => promptPages(scope).load(page))) ?? absent();
}

export const promptPages = perScope((scope: Scope) =>
  listLoader(async (query: PromptFilter & Page) =>
    promptById(scope).see(await fetchPrompts(scope.astria, query)),
  ),
);

/** All prompts of a tune, if one answer contained both. */
const promptsMadeWith = perScope((_: Scope) => new Map<number, readonly Prompt[]>());

/**
 * Stores the prompts that were created with a tune: a new tune has no others. If some landed elsewhere, the list has to be
 * read.
 */
export function seeMadeWith(scope: Scope, tuneId: number, prompts: readonly Prompt[]) {
  const isThere = ({ workspace_id: place }: Prompt) =>
    place === undefined || (place === null ? null : String(place)) === scope.place;
  if (!prompts.every(isThere)) return;
  for (const prompt of prompts) settle(prompt, scope.place);
  promptById(scope).see(prompts);
  promptsMadeWith(scope).set(
    tuneId,
    prompts.toSorted((a, b) => b.id - a.id),
  );
}

/** Loads prompts that ran on a tune or name it. */
export const promptPagesByTune = perScope((scope: Scope) =>
  listLoader(
    async ({ of, ...query }: PromptFilter & Page & { of: number }) =>
      pageOf(promptsMadeWith(scope).get(of), query) ??
      promptById(scope).see(await fetchPromptsOfTune(scope.astria, of, query)),
  ),
);

/** Returns undefined if only Astria can tell, because it decides which rows a filter selects. */
function pageOf(rows: readonly Prompt[] | undefined, query: PromptFilter & Page) {
  const { limit, before_id = Number.POSITIVE_INFINITY, ...filter } = query;
  if (Object.values(filter).some((value) => value != null)) return undefined;
  return rows?.filter(({ id }) => id < before_id).slice(0, limit);
}
