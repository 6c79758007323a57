/** What a service is told of the writes of its key. */
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { bearer } from '../../support/gateway-keys.ts';
import { LOST, PHOTO } from '../../support/paid.ts';
import { startOutside } from '../outside.ts';
import { openEvents } from '../sse.ts';
import { at } from '../support.ts';
import { type Received, SECRET, startReceiver, startWithWebhook } from './support.ts';

const bodies = (received: readonly Received[]) =>
  received.map(({ body }) => {
    const { type, data } = JSON.parse(body);
    return { type, ...data };
  });

test('a prompt that is done is told to the webhook of its caller, signed, though nobody subscribed', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, outcomes, deps } = await startWithWebhook({ url });
  const { id, astriaId } = await createPrompt();
  await pass(4);
  expect(deps.jobs.webhookBacklog).toEqual({ waiting: 1, undelivered: 0, oldestAt: undefined });
  expect(received).toEqual([]);
  await pass(60);
  expect(received).toHaveLength(1);
  const [{ path, headers, body }] = received as [Received];
  expect(path).toBe('/webhooks');
  expect(JSON.parse(body)).toEqual({
    ...{ type: 'prompt.finished', timestamp: at(8) },
    data: { id, astriaId, status: 'SUCCEEDED' },
  });
  const messageId = expect.stringMatching(/^msg_[\da-f]{32}$/);
  const seconds = String(Date.parse(at(8)) / 1000);
  expect(headers).toMatchObject({
    ...{ 'content-type': 'application/json', 'webhook-id': messageId },
    'webhook-timestamp': seconds,
  });
  const signature = new Webhook(SECRET).sign(String(headers['webhook-id']), new Date(at(8)), body);
  expect(headers['webhook-signature']).toBe(signature);
  expect(outcomes).toEqual(['delivered']);
  expect(deps.jobs.webhookBacklog).toMatchObject({ waiting: 0, undelivered: 0 });
  expect(await deps.ledger.outbox.after(0, 10)).toEqual([]);
});

test('a tune, a failure, what is gone and what takes too long are told as what they are', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, mutate, pass, account, clock } = await startWithWebhook({ url });
  const tune = `title: "Ines", name: "woman", modelType: "lora", imageUrls: ["${PHOTO}"]`;
  await mutate(`createTune(input: { ${tune} }) { tune { id } }`);
  const failed = await createPrompt();
  account.updatePrompt(failed.astriaId, { user_error: 'no', trained_at: at(0) });
  await pass(8);
  const gone = await createPrompt();
  await pass(6);
  await mutate(`deletePrompt(input: { id: "${gone.id}" }) { __typename }`);
  await pass(80);
  const slow = await createPrompt();
  account.updatePrompt(slow.astriaId, { trained_at: null, images: [] });
  await pass(4);
  account.updatePrompt(slow.astriaId, { created_at: at(-24 * 60 * 60), trained_at: null });
  clock.advance(60 * 60_000);
  await pass(70);
  const told = bodies(received).toSorted((a, b) => (a.type < b.type ? -1 : 1));
  expect(told).toEqual([
    { type: 'prompt.failed', id: failed.id, astriaId: failed.astriaId, status: 'FAILED' },
    { type: 'prompt.gave_up', id: slow.id, astriaId: slow.astriaId, status: 'PROCESSING' },
    { type: 'prompt.gone', id: gone.id, astriaId: gone.astriaId, status: null },
    expect.objectContaining({ type: 'tune.finished', status: 'READY' }),
  ]);
});

test('nobody is told of the writes of a key without a webhook, nor of those that tell no ids', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, mutate, pass, account, deps } = await startWithWebhook({ url });
  await createPrompt('', bearer('jobs'));
  const tune = account.addTune({ title: 'Ines', model_type: 'lora', trained_at: at(-100) });
  account.addPack({ id: 4001, title: 'Boots' });
  await mutate(`createTheme(input: { theme: "boots", tuneIds: ["${tune.id}"] }) { tunes { id } }`);
  await mutate(`runPack(input: { id: 4001, tuneIds: [${tune.id}] }) { message }`);
  expect(await deps.ledger.outbox.after(0, 10)).toEqual([]);
  await pass(60);
  expect(received).toEqual([]);
});

test('a pack that is run on photos is told of by its tune', async () => {
  const { url, received } = await startReceiver();
  const { mutate, pass, account, clock } = await startWithWebhook({ url });
  account.addPack({ id: 4001, title: 'Boots' });
  const input = `id: 4001, title: "Ines", name: "woman", images: [{ url: "${PHOTO}" }]`;
  const { runPack } = (await mutate(`runPack(input: { ${input} }) { tune { id } }`)) as {
    runPack: { tune: { id: string } };
  };
  await pass(4);
  clock.advance(60 * 60_000);
  await pass(70);
  expect(bodies(received)).toMatchObject([{ type: 'tune.finished', id: runPack.tune.id }]);
});

test('a write whose answer was lost is told of once it is found', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, emulator } = await startWithWebhook({ url });
  emulator.fail(LOST);
  const { id } = await createPrompt(', idempotencyKey: "order 1"');
  await pass(60);
  expect(bodies(received)).toMatchObject([{ type: 'prompt.finished', id }]);
});

test('a write that is repeated under its key is told of once', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass } = await startWithWebhook({ url });
  const first = await createPrompt(', idempotencyKey: "order 1"');
  expect(await createPrompt(', idempotencyKey: "order 1"')).toEqual(first);
  await pass(60);
  expect(bodies(received)).toMatchObject([{ id: first.id }]);
});

test('a webhook and a subscription to the same prompt share their polls', async () => {
  const { url, received } = await startReceiver();
  const started = await startWithWebhook({ url });
  const { createPrompt, pass, requests, emulator } = started;
  const { id } = await createPrompt();
  const query = `subscription { prompt(id: "${id}") { isDone } }`;
  const stream = await openEvents(started.url, { query }, bearer('web'));
  await expect.poll(() => stream.told.length).toBe(1);
  emulator.clearRequests();
  await pass(8);
  expect(requests()).toHaveLength(4);
  await pass(2);
  await stream.ended;
  expect(bodies(received)).toMatchObject([{ id }]);
});

test('a callback of Astria hastens a job that only a webhook waits for', async () => {
  const { url, received } = await startReceiver();
  const outside = await startOutside();
  const environment = { PUBLIC_URL: outside.url, CALLBACK_SECRET: 'a'.repeat(32) };
  const { createPrompt, pass, account, fetch } = await startWithWebhook({ url, environment });
  const { id, astriaId } = await createPrompt();
  // Of such an age it is polled each minute.
  const longAgo = at(-6000);
  account.updatePrompt(astriaId, { created_at: longAgo, started_training_at: longAgo });
  await pass(20);
  await expect.poll(() => outside.received.length).toBe(1);
  expect(received).toEqual([]);
  const [told] = outside.received;
  const init = { method: 'POST', body: String(told?.body) };
  expect((await fetch(told?.path ?? '', init)).status).toBe(204);
  await pass(2);
  expect(bodies(received)).toMatchObject([{ type: 'prompt.finished', id }]);
});

test('a prompt that Astria does not show at first is waited for', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, emulator } = await startWithWebhook({ url });
  const { id, astriaId } = await createPrompt();
  emulator.fail({ method: 'GET', path: `/prompts/${astriaId}`, status: 404, times: 3 });
  await pass(60);
  expect(bodies(received)).toMatchObject([{ type: 'prompt.finished', id }]);
});

test('a job is waited for though Astria refuses the held key for a while', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, emulator } = await startWithWebhook({ url });
  const { id, astriaId } = await createPrompt();
  emulator.fail({ method: 'GET', path: `/prompts/${astriaId}`, status: 401, times: 1 });
  await pass(40);
  expect(received).toEqual([]);
  await pass(40);
  expect(bodies(received)).toMatchObject([{ type: 'prompt.finished', id }]);
});

test('what Astria has put elsewhere is told of too, also to a caller that may not look there', async () => {
  const { url, received } = await startReceiver();
  const started = await startWithWebhook({ url, key: { workspaces: ['12'] } });
  const { createPrompt, pass, account } = started;
  const { astriaId } = await createPrompt(', workspaceId: "12"');
  account.updatePrompt(astriaId, { workspace_id: null });
  await pass(60);
  expect(bodies(received)).toMatchObject([{ type: 'prompt.finished', astriaId }]);
});
