import { useQuery } from '@apollo/client/react';
import { REFERENCES } from '../graphql/documents.ts';
import type { ReferenceTune } from '../graphql/fragments.ts';

/** Returns the tunes that a text names: `<faceid:123:1> woman`. */
export const referencesIn = (text: string) =>
  [...new Set(text.match(/<(?:faceid|lora):\d+(?::[^>]*)?>/g) ?? [])].map((token) => ({
    token,
    tuneId: Number(/:(\d+)/.exec(token)?.[1]),
  }));

const MOST = 100;

/** Returns the account's newest tunes. Reads them when they are first needed. */
export function useReferences(isNeeded: boolean): readonly ReferenceTune[] {
  const { data } = useQuery(REFERENCES, {
    variables: { first: MOST, filter: {} },
    skip: !isNeeded,
  });
  return data?.tunes?.nodes ?? [];
}
