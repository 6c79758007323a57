import { findsRows, tellsPlace } from '../../auth/bounds.ts';
import { type PlacedRow, perScope, placed, placedRows, type Scope } from '../../scope.ts';
import type { Page } from '../../upstream/client.ts';
import { absent, ifTold, rowIn } from '../../upstream/keyset.ts';
import { listLoader, RowLoader } from '../../upstream/loaders.ts';
import { paidFor } from './paid-for.ts';
import {
  fetchPrompt,
  fetchPrompts,
  fetchPromptsOfTune,
  type Prompt,
  type PromptFilter,
} from './rest.ts';

export type PromptRow = PlacedRow<'Prompt', Prompt>;

export const promptById = perScope(
  (scope: Scope): RowLoader<PromptRow> =>
    new RowLoader<PromptRow>({
      window: (page) => promptPages(scope).load(page),
      one: async (id) => {
        const row = await (scope.isBound ? promptWithin(scope, id) : fetchPrompt(scope.astria, id));
        notePrices(scope, [row]);
        return placed('Prompt', row, scope);
      },
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
    see(scope, await fetchPrompts(scope.astria, query)),
  ),
);

function see(scope: Scope, rows: Prompt[]) {
  notePrices(scope, rows);
  return promptById(scope).see(placedRows('Prompt', rows, scope));
}

const notePrices = (scope: Scope, rows: readonly Prompt[]) =>
  scope.memory().note('prompts', rows, paidFor);

/** All prompts of a tune, where both were told by one answer. */
const promptsMadeWith = perScope((_: Scope) => new Map<number, readonly PromptRow[]>());

/**
 * Stores the prompts that were created with a tune: a new tune has no others. If some landed elsewhere, the list has to be
 * read.
 */
export function seeMadeWith(scope: Scope, tuneId: number, prompts: readonly Prompt[]) {
  const isThere = ({ workspace_id: place }: Prompt) =>
    place === undefined || (place === null ? null : String(place)) === scope.place;
  if (!prompts.every(isThere)) return;
  const rows = promptById(scope).see(placedRows('Prompt', prompts, scope));
  promptsMadeWith(scope).set(
    tuneId,
    rows.toSorted((a, b) => b.id - a.id),
  );
}

/** Loads prompts that ran on a tune or name it. */
export const promptPagesByTune = perScope((scope: Scope) =>
  listLoader(
    async ({ of, ...query }: PromptFilter & Page & { of: number }) =>
      pageOf(promptsMadeWith(scope).get(of), query) ??
      see(scope, await fetchPromptsOfTune(scope.astria, of, query)),
  ),
);

/** Returns undefined if only Astria can tell, because it decides which rows a filter selects. */
function pageOf(rows: readonly PromptRow[] | undefined, query: PromptFilter & Page) {
  const { limit, before_id = Number.POSITIVE_INFINITY, ...filter } = query;
  if (Object.values(filter).some((value) => value != null)) return undefined;
  return rows?.filter(({ id }) => id < before_id).slice(0, limit);
}
