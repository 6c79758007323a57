import { useSubscription } from '@apollo/client/react';
import { useMemo } from 'react';
import { ACCOUNT, LIVE } from '../graphql/documents.ts';

const nameOf = (ids: readonly string[]) => `live:${ids.join(',')}`;

/**
 * Follows prompts and tunes until they are done. What arrives is in the cache, so whatever shows them shows them as they are now.
 * A lost connection comes back by itself, a reload by the cursor of the last event: neither tells anything twice.
 */
export function useLive(ids: readonly string[]): void {
  const name = nameOf(ids);
  const after = useMemo(() => sessionStorage.getItem(name), [name]);
  useSubscription(LIVE, {
    variables: { ids: [...ids], after },
    skip: ids.length === 0,
    ignoreResults: true,
    onData: ({ client, data: { data } }) => {
      if (!data) return;
      sessionStorage.setItem(name, data.jobs.cursor);
      // Its price is known now, so the balance is another one.
      if (data.jobs.reason) void client.refetchQueries({ include: [ACCOUNT] });
    },
    onComplete: () => sessionStorage.removeItem(name),
  });
}
