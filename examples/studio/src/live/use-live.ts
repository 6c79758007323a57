import { useSubscription } from '@apollo/client/react';
import { useMemo } from 'react';
import { ACCOUNT, LIVE } from '../graphql/documents.ts';
import type { ReferenceTune, TilePrompt } from '../graphql/fragments.ts';

type Job = Pick<TilePrompt | ReferenceTune, 'id' | 'status'>;

const RUNNING: readonly Job['status'][] = ['QUEUED', 'PROCESSING', 'TRAINING'];

export const isRunning = ({ status }: Pick<Job, 'status'>): boolean => RUNNING.includes(status);

/** The most ids that the gateway takes in one subscription. */
const MOST = 100;

/**
 * Follows those prompts and tunes that are not done. Events go into the cache, so every component that shows a job is up to date.
 * After a lost connection and after a reload the subscription goes on from the cursor of its last event, without a repetition.
 */
export function useLive(jobs: readonly Job[]): void {
  const ids = jobs
    .filter(isRunning)
    .slice(0, MOST)
    .map(({ id }) => id)
    .toSorted();
  const name = `live:${ids.join(',')}`;
  const after = useMemo(() => sessionStorage.getItem(name), [name]);
  useSubscription(LIVE, {
    variables: { ids, after },
    skip: ids.length === 0,
    ignoreResults: true,
    onData: ({ client, data: { data } }) => {
      if (!data) return;
      sessionStorage.setItem(name, data.jobs.cursor);
      // A job that has ended has its price, which changes the balance.
      if (data.jobs.reason) void client.refetchQueries({ include: [ACCOUNT] });
    },
    onComplete: () => sessionStorage.removeItem(name),
  });
}
