/** Tests of an app with Vitest, on the emulator: they cost nothing and need no network. */
import { createGateway, type Emulator, type Gateway, startEmulator } from 'astria-graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

let emulator: Emulator;
let gateway: Gateway;

beforeAll(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z') });
  gateway = await createGateway({ astriaBaseUrl: emulator.url, ledgerPath: ':memory:' });
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

async function ask(query: string) {
  const response = await gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${emulator.key}` },
      body: JSON.stringify({ query }),
    }),
  );
  return response.json();
}

test('a harbour is sent to Astria once, and is queued until it is done', async () => {
  const { data } = (await ask(`mutation {
    createPrompt(input: { tuneId: 1504944, text: "a harbour", idempotencyKey: "order 4711" }) { prompt { id } }
  }`)) as { data: { createPrompt: { prompt: { id: string } } } };
  const read = `{ prompt(id: "${data.createPrompt.prompt.id}") { status images { contentType } } }`;
  expect(await ask(read)).toEqual({ data: { prompt: { status: 'QUEUED', images: [] } } });
  emulator.advance(8000);
  expect(await ask(read)).toMatchObject({ data: { prompt: { status: 'SUCCEEDED' } } });
  expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a tune that Astria does not find is null', async () => {
  emulator.fail({ path: '/tunes/1504944', status: 404 });
  expect(await ask('{ tune(id: 1504944) { title } }')).toEqual({ data: { tune: null } });
});
