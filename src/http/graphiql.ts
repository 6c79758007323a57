import type { IncomingMessage } from 'node:http';
import type { GraphiQLOptions } from 'graphql-yoga';
import { tellsCallersApart } from '../auth/access-settings.ts';
import { type Config, holdsKey } from '../config.ts';
import { exampleOperations } from './example-operations.ts';

/** Whether yoga answers with GraphiQL, which is for anybody. */
export const isPage = (request: IncomingMessage, { graphiql }: Config): boolean =>
  graphiql && request.method === 'GET' && (request.headers.accept?.includes('text/html') ?? false);

/** GraphiQL with the example operations as its tabs, and the two headers explained. */
export function graphiqlOptions(config: Config): GraphiQLOptions {
  const headers = headersTab(config);
  return {
    title: 'Astria GraphQL',
    defaultTabs: exampleOperations().map(({ query, variables }) => ({ query, variables, headers })),
    headers,
    defaultHeaders: headers,
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: false,
  };
}

/** GraphiQL reads its headers as JSON with comments. A configured key needs no header: the line is only offered. */
function headersTab(config: Config): string {
  return `{
${whoYouAre(config)},
  // What the operation costs at Astria, told in its answer.
  "X-Upstream-Report": "1",
  // Which workspace you see: its number, or all. Left out: your personal one.
  // "X-Workspace-Id": "all"
}
`;
}

/** Headers are ASCII: a placeholder with an ellipsis could not even be sent. */
function whoYouAre(config: Config): string {
  const { baseUrl, gatewayKeys } = config;
  if (tellsCallersApart(config)) {
    return `  // Who you are to this gateway: your key, or your token
  "Authorization": "Bearer ${gatewayKeys.length > 0 ? 'gk_YOUR_KEY' : 'YOUR_TOKEN'}"`;
  }
  const hidden = !baseUrl || holdsKey(config) ? '// ' : '';
  return `  // Who you are at Astria: your API key, from https://www.astria.ai/users/edit#api
${baseUrl ? '' : EMULATOR_KEYS}  ${hidden}"Authorization": "Bearer sd_YOUR_KEY"`;
}

const EMULATOR_KEYS = `  // This emulator needs none: without it you are in a full account,
  // and with any that begins with sd_ in an empty one.
`;
