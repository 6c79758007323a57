/** Each way in which an operation can come in leads to the subgraph, and is closed to callers of trusted documents. */
import { expect, test } from 'vitest';
import { accessWarnings } from '../../src/auth/access-settings.ts';
import { readConfig } from '../../src/config.ts';
import { openSubscription } from '../jobs/sockets.ts';
import { openEvents } from '../jobs/sse.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { fileOf, presetOf } from '../support/manifest.ts';
import { post as postForm } from '../support/multipart.ts';
import { askingAt, form, INSPECT, JOBS, SDL, start, TUNE } from './support.ts';

/** What a client is told of one operation, by each way that an operation can come in. */
const WAYS: Record<string, (url: string, headers: Record<string, string>) => Promise<unknown>> = {
  'a POST': async (url, headers) => (await askingAt(url).post({ query: TUNE }, headers)).json(),
  'a GET': async (url, headers) =>
    (await fetch(`${url}?${new URLSearchParams({ query: TUNE })}`, { headers })).json(),
  'a batch': async (url, headers) => {
    const response = await askingAt(url).post([{ query: TUNE }, { query: TUNE }], headers);
    return ((await response.json()) as unknown[])[1];
  },
  'an upload': (url, headers) => postForm(url, form, headers),
  'server-sent events': async (url, headers) => {
    const accept = 'text/event-stream';
    const events = await openEvents(url, { query: JOBS }, { ...headers, accept });
    await events.ended;
    return events.told[0]?.result;
  },
  'a WebSocket': async (url, headers) => {
    const { told, end, ended } = openSubscription(
      url,
      { query: JOBS },
      { connectionParams: headers },
    );
    await ended;
    return told[0] ?? { errors: end.errors };
  },
};

test.each(Object.entries(WAYS))('%s is answered as by the graph', async (_, ask) => {
  const { url, subgraphUrl } = await start();
  const answer = await ask(subgraphUrl, {});
  expect(answer).toEqual(await ask(url, {}));
  expect(answer).not.toHaveProperty('errors');
  expect(answer).toHaveProperty('data');
});

const OTHER_KEY = 'send a key that may run any document, or ask `/graphql`.';

const refused = (remedy: string) => ({
  errors: [
    {
      message: `The subgraph takes no trusted documents, because a router makes its documents itself: ${remedy}`,
      extensions: { code: 'FORBIDDEN' },
    },
  ],
});

test.each(Object.entries(WAYS))(
  '%s is refused for a key of trusted documents, and under TRUSTED_DOCUMENTS=only',
  async (_, ask) => {
    const TRUSTED_DOCUMENTS_PATH = fileOf(presetOf(TUNE, JOBS, INSPECT));
    const GATEWAY_KEYS = gatewayKeys({ name: 'page', documents: 'only' }, { name: 'router' });
    const environment = { TRUSTED_DOCUMENTS_PATH, GATEWAY_KEYS };
    const also = await start({ environment: { ...environment, TRUSTED_DOCUMENTS: 'also' } });
    expect(await ask(also.subgraphUrl, bearer('page'))).toMatchObject(refused(OTHER_KEY));
    expect(await ask(also.url, bearer('page'))).not.toHaveProperty('errors');
    expect(await ask(also.subgraphUrl, bearer('router'))).not.toHaveProperty('errors');
    const only = await start({ environment: { ...environment, TRUSTED_DOCUMENTS: 'only' } });
    expect(await ask(only.subgraphUrl, bearer('router'))).toMatchObject(
      refused('this gateway runs no others, so ask `/graphql`.'),
    );
  },
);

test('a document that is not valid tells a refused key nothing of the schema', async () => {
  const TRUSTED_DOCUMENTS_PATH = fileOf(presetOf(TUNE));
  const GATEWAY_KEYS = gatewayKeys({ name: 'page', documents: 'only' });
  const environment = { TRUSTED_DOCUMENTS: 'also', TRUSTED_DOCUMENTS_PATH, GATEWAY_KEYS };
  const { ask } = await start({ environment });
  for (const query of ['{ tunez }', '{', SDL]) {
    expect(await ask(query, {}, bearer('page'))).toEqual(refused(OTHER_KEY));
  }
});

test('an id is no document of the subgraph, so that clients send no more ids', async () => {
  const TRUSTED_DOCUMENTS_PATH = fileOf(presetOf(TUNE));
  const { subgraphUrl, url } = await start({
    environment: { TRUSTED_DOCUMENTS: 'also', TRUSTED_DOCUMENTS_PATH },
  });
  const [documentId] = Object.keys(presetOf(TUNE));
  const askBy = async (at: string) => (await askingAt(at).post({ documentId }, {})).json();
  expect(await askBy(subgraphUrl)).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
  });
  expect(await askBy(url)).not.toHaveProperty('errors');
});

test('the start warns if no router can use it', () => {
  const TRUSTED_DOCUMENTS_PATH = fileOf(presetOf(TUNE));
  const warningsWith = (environment: Record<string, string>) =>
    accessWarnings(readConfig({ TRUSTED_DOCUMENTS_PATH, ...environment }));
  expect(warningsWith({ SUBGRAPH: 'on', TRUSTED_DOCUMENTS: 'only' })).toEqual([
    'SUBGRAPH is on, but TRUSTED_DOCUMENTS=only lets no router use it, because routers make their documents themselves: set TRUSTED_DOCUMENTS=also, and `documents` of the keys for browsers',
  ]);
  expect(warningsWith({ SUBGRAPH: 'on', TRUSTED_DOCUMENTS: 'also' })).toEqual([]);
  expect(warningsWith({ TRUSTED_DOCUMENTS: 'only' })).toEqual([]);
});
