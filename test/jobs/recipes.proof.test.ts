import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { gatewayKeys } from '../support/gateway-keys.ts';
import { recipes, runRecipe } from './recipes.ts';
import { startSubscribed } from './subscribed.ts';

const WITH_KEY = { GATEWAY_KEYS: gatewayKeys({ name: 'web' }) };

async function start(environment: Record<string, string>) {
  const gateway = await startSubscribed({ environment });
  gateway.add(45_200_000, 60);
  const { deps, clock } = gateway;
  /** Whoever is subscribed has to come back. */
  function cut() {
    deps.jobs.seats.sendAway();
    clock.advance(2000);
  }
  return { ...gateway, cut };
}

test('each recipe has a test here', () => {
  expect([...recipes.keys()].toSorted()).toEqual(
    [...LIVE, 'live.js', 'event-source.js', 'proxy.js', 'curl.sh', 'wait-for.sh'].toSorted(),
  );
});

const LIVE = ['graphql-ws.js', 'graphql-sse.js', 'apollo.js', 'urql.js'];
const STATES = ['QUEUED', 'PROCESSING', 'SUCCEEDED'];

test.each(LIVE)(
  '%s is told each state once, though its stream is cut',
  async (name) => {
    const { url, passUntil, cut, deps } = await start(WITH_KEY);
    const client = runRecipe(name, { url });
    await expect.poll(client.lines).toEqual(['QUEUED']);
    cut();
    await passUntil(client.ended);
    expect([client.lines(), client.complaints()]).toEqual([STATES, '']);
    await expect.poll(() => deps.jobs.seats.taken).toBe(0);
  },
  60_000,
);

test('event-source.js gets each state once, though its stream is cut', async () => {
  const { url, passUntil, cut } = await start({});
  const client = runRecipe('event-source.js', { url });
  await expect.poll(client.lines).toEqual(['QUEUED']);
  cut();
  await passUntil(client.ended);
  expect([client.lines(), client.complaints()]).toEqual([STATES, '']);
}, 60_000);

test('proxy.js lets event-source.js ask a gateway that wants a key', async () => {
  const { url, passUntil, deps } = await start(WITH_KEY);
  const refused = runRecipe('event-source.js', { url });
  await refused.ended;
  expect(refused.lines()).toEqual(['']);
  const port = await freePort();
  runRecipe('proxy.js', { url, port });
  await expect.poll(() => isListening(port)).toBe(true);
  const client = runRecipe('event-source.js', { url: `http://127.0.0.1:${port}` });
  await passUntil(client.ended);
  expect(client.lines().at(-1)).toBe('SUCCEEDED');
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
}, 60_000);

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });

test('curl.sh gets each state once, though its stream is cut', async () => {
  const { url, passUntil, cut, deps } = await start(WITH_KEY);
  const client = runRecipe('curl.sh', { url });
  await expect.poll(() => deps.jobs.watched).toBe(1);
  cut();
  await passUntil(client.ended);
  expect(client.lines()).toEqual(STATES.map((status) => `"status":"${status}"`));
  expect(client.complaints()).toBe('');
}, 60_000);

test('wait-for.sh asks until it is done, and says what is wrong', async () => {
  const { url, passUntil, requests } = await start(WITH_KEY);
  const client = runRecipe('wait-for.sh', { url });
  await passUntil(client.ended);
  expect(client.lines()).toEqual(['"status":"SUCCEEDED"']);
  expect(requests().length).toBeGreaterThan(2);
}, 60_000);

test.each(['curl.sh', 'wait-for.sh'])('%s says that its key is refused', async (name) => {
  const { url } = await start({ GATEWAY_KEYS: gatewayKeys({ name: 'another' }) });
  const client = runRecipe(name, { url });
  expect(await client.ended).toBe(1);
  expect(client.complaints()).toContain('401');
});

test.each([
  ['curl.sh', 'events.txt', 'event: complete\n'],
  ['wait-for.sh', 'result.json', '{"data":{"waitFor":{"isDone":true}}}'],
])(
  '%s waits anew when it is run again',
  async (name, file, text) => {
    const { url, passUntil } = await start(WITH_KEY);
    const client = runRecipe(name, { url, left: { [file]: text } });
    await passUntil(client.ended);
    expect(client.lines()).toContain('"status":"SUCCEEDED"');
  },
  60_000,
);
