import type { ExecutionResult } from 'graphql';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';

type Headers = Record<string, string>;

export const SUBGRAPH = { SUBGRAPH: 'on' };

/** A gateway that serves the subgraph, and how a router asks it. */
export async function startSubgraph({ environment, ...options }: TestGatewayOptions = {}) {
  const gateway = await startGateway({ ...options, environment: { ...SUBGRAPH, ...environment } });
  return { ...gateway, ...askingAt(gateway.url.replace('graphql', 'subgraph')) };
}

export function askingAt(url: string) {
  const post = (body: unknown, headers: Headers = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const ask = async (query: string, variables?: object, headers?: Headers) =>
    (await (await post({ query, variables }, headers)).json()) as ExecutionResult<Data>;
  const entities = (representations: unknown, selection: string, headers?: Headers) =>
    ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
      { representations },
      headers,
    );
  return { subgraphUrl: url, post, ask, entities };
}

type Data = Record<string, unknown> & { _entities?: unknown[]; _service?: { sdl: string } };
