/** A gateway, and a subscription to jobs. */
import { openEvents } from './sse.ts';
import { at, startJobs } from './support.ts';

export const JOBS =
  'subscription Jobs($ids: [ID!]!, $after: String) { jobs(ids: $ids, after: $after) { isDone reason cursor node { id ... on Prompt { status images { filename } } ... on Tune { tuneStatus: status } } } }';

export async function startSubscribed(options: Parameters<typeof startJobs>[0] = {}) {
  const gateway = await startJobs(options);
  const { account, url } = gateway;
  return {
    ...gateway,
    add: (id: number, doneAfterSeconds: number | null, more = {}) =>
      account.addPrompt({
        id,
        created_at: at(0),
        started_training_at: at(3),
        trained_at: doneAfterSeconds === null ? null : at(doneAfterSeconds),
        ...more,
      }),
    subscribe: (ids: readonly string[], after?: string, headers = {}) =>
      openEvents(url, { query: JOBS, variables: { ids, after } }, headers),
  };
}

export const brief = ({ isDone, reason, node }: Record<string, unknown>) => {
  const { status, tuneStatus } = (node ?? {}) as Record<string, unknown>;
  return [status ?? tuneStatus ?? null, isDone, reason];
};
