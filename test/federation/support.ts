import type { ExecutionResult } from 'graphql';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { END, file, text } from '../support/multipart.ts';

type Headers = Record<string, string>;

export const SUBGRAPH = { SUBGRAPH: 'on' };

/** A gateway that serves the subgraph, and how a router asks it. */
export async function startSubgraph({ environment, ...options }: TestGatewayOptions = {}) {
  const gateway = await startGateway({ ...options, environment: { ...SUBGRAPH, ...environment } });
  return { ...gateway, ...askingAt(gateway.url.replace('graphql', 'subgraph')) };
}

export const TUNE = '{ tune(id: 5) { title } }';
export const JOBS = 'subscription { jobs(ids: ["UHJvbXB0OjU"]) { isDone } }';
export const INSPECT =
  'mutation ($file: Upload!) { inspectImage(input: { image: { file: $file } }) { inspection { name } } }';
export const SDL = '{ _service { sdl } }';

/** An upload for `INSPECT`. */
export const form = [
  text('operations', { query: INSPECT, variables: { file: null } }),
  text('map', { 0: ['variables.file'] }),
  file('0'),
  END,
];

/** Does the same, with the tune and the prompt that these operations name. */
export async function start(options: TestGatewayOptions = {}) {
  const gateway = await startSubgraph(options);
  gateway.account.addTune({ id: 5, title: 'tune five' });
  gateway.account.addPrompt({ id: 5, text: 'a harbour' });
  return gateway;
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
