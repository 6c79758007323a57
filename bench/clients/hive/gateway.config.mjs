/** Hive Gateway in front of the gateway, as a proxy and over subgraphs, as docs/routers.md tells. */
import { defineConfig } from '@graphql-hive/gateway';

const PASSED_ON = [
  ...['authorization', 'x-workspace-id', 'last-event-id', 'apollo-require-preflight'],
  // One trace, and one id in the logs.
  ...['traceparent', 'tracestate', 'x-request-id'],
];

export const gatewayConfig = defineConfig({
  multipart: true,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request: { headers } }) =>
      Object.fromEntries(
        // The last is for this test alone: what it cost at Astria.
        [...PASSED_ON, 'x-upstream-report'].map((name) => [name, headers.get(name)]),
      ),
  },
});
