import { createContextCache } from '@pothos/core';
import type { Scope } from '../../context.ts';
import type { Page } from '../../upstream/client.ts';
import { keysetLoader, listLoader, primeRows, type RowLoader } from '../../upstream/loaders.ts';
import {
  fetchPrompt,
  fetchPrompts,
  fetchPromptsOfTune,
  type Prompt,
  type PromptFilter,
} from './rest.ts';

export const promptById = createContextCache(
  (scope: Scope): RowLoader<Prompt> =>
    keysetLoader<Prompt>({
      window: (page) => promptPages(scope).load(page),
      one: (id) => fetchPrompt(scope.astria, id),
    }),
);

export const promptPages = createContextCache((scope: Scope) =>
  listLoader(async (query: PromptFilter & Page) =>
    primeRows(promptById(scope), await fetchPrompts(scope.astria, query)),
  ),
);

/** Prompts run on a tune, or referencing it. */
export const promptPagesByTune = createContextCache((scope: Scope) =>
  listLoader(async ({ of, ...query }: PromptFilter & Page & { of: number }) =>
    primeRows(promptById(scope), await fetchPromptsOfTune(scope.astria, of, query)),
  ),
);
