import type { ApolloCache, ApolloClient } from '@apollo/client';
import { PAGE } from '../gallery/filter.ts';
import { GALLERY } from '../graphql/documents.ts';
import type { TilePrompt } from '../graphql/fragments.ts';
import {
  CREATE_PROMPT,
  GENERATE_WITH_GEMINI,
  GENERATE_WITH_SEEDREAM,
} from '../graphql/mutations.ts';
import { withFirst } from '../graphql/with-first.ts';
import type { Terms } from '../ui/paid.ts';
import { type Draft, geminiInput, seedreamInput, tuneInput } from './draft.ts';

export interface Made {
  prompt: TilePrompt;
  warnings: readonly { message: string }[];
}

/** Sends a draft to the model that it names, and puts the new prompt first in the gallery before it has a picture. */
export async function generate(client: ApolloClient, draft: Draft, terms: Terms): Promise<Made> {
  const { data } = await mutate(client, draft, terms);
  if (!data) throw new TypeError('There was no answer.');
  putFirst(client.cache, data.made.prompt);
  return data.made;
}

function mutate(client: ApolloClient, draft: Draft, terms: Terms) {
  if (draft.model === 'gemini') {
    const input = { ...geminiInput(draft), ...terms };
    return client.mutate({ mutation: GENERATE_WITH_GEMINI, variables: { input } });
  }
  if (draft.model === 'seedream') {
    const input = { ...seedreamInput(draft), ...terms };
    return client.mutate({ mutation: GENERATE_WITH_SEEDREAM, variables: { input } });
  }
  const input = { ...tuneInput(draft), ...terms };
  return client.mutate({ mutation: CREATE_PROMPT, variables: { input } });
}

function putFirst(cache: ApolloCache, prompt: TilePrompt): void {
  cache.updateQuery({ query: GALLERY, variables: { first: PAGE, filter: {} } }, (known) => {
    if (!known?.prompts) return undefined;
    const nodes = withFirst(prompt, known.prompts.nodes);
    return { ...known, prompts: { ...known.prompts, nodes } };
  });
}
