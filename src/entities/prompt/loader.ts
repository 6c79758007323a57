import { perScope, type Scope } from '../../context.ts';
import type { Page } from '../../upstream/client.ts';
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
      one: (id) => fetchPrompt(scope.astria, id),
    }),
);

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
