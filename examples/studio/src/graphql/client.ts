import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs';
import { possibleTypes, typePolicies } from 'astria-graphql-client/apollo';
import { resuming } from 'astria-graphql-client/resume';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { fetchWithProgress } from './upload-fetch.ts';

/** The page and the graph have one origin: by Vite's proxy in development and in preview, by yours in production. */
const ENDPOINT = '/graphql';

/** Creates a client for one workspace, or for the personal scope. Each has its own cache, so that their lists never mix. */
function createStudioClient(workspaceId: string | undefined) {
  const scope: Record<string, string> = workspaceId ? { 'X-Workspace-Id': workspaceId } : {};
  const live = resuming(
    createClient({
      url: `${location.origin.replace(/^http/, 'ws')}${ENDPOINT}`,
      connectionParams: scope,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
    }),
  );
  return new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(live),
      ApolloLink.from([
        onLostQueries,
        new UploadHttpLink({
          uri: ENDPOINT,
          headers: { 'Apollo-Require-Preflight': 'true', ...scope },
          fetch: fetchWithProgress,
        }),
      ]),
    ),
  });
}

/** Queries cost nothing, so they are sent again. `usePaid` sends mutations again, under their idempotency key. */
const onLostQueries = new RetryLink({
  delay: { initial: 500, max: 8000, jitter: true },
  attempts: (count, { operationType }, error) =>
    operationType === OperationTypeNode.QUERY && count < 6 && error instanceof TypeError,
});

const clients = new Map<string, ApolloClient>();

export function clientOf(workspaceId: string | undefined): ApolloClient {
  const name = workspaceId ?? '';
  const client = clients.get(name) ?? createStudioClient(workspaceId);
  clients.set(name, client);
  return client;
}
