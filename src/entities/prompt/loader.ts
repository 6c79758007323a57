import { findsRows, tellsPlace } from '../../bounds.ts';
import { perScope, type Scope } from '../../context.ts';
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

findsRows('Prompt', (scope, id: number) => promptById(scope).load(id));

/** One that does not say where it is must stand in the list of the place. One that is not there is looked for in it too. */
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

/** Prompts run on a tune, or referencing it. */
export const promptPagesByTune = perScope((scope: Scope) =>
  listLoader(async ({ of, ...query }: PromptFilter & Page & { of: number }) =>
    promptById(scope).see(await fetchPromptsOfTune(scope.astria, of, query)),
  ),
);
