/** What happens to a message whose receiver does not take it, and what is left of it when the process ends. */
import { writeFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { watchSecretFiles } from '../../../src/auth/secret-files.ts';
import { frozenClock } from '../../../src/emulator/clock.ts';
import { delayAfter, MAX_ATTEMPTS } from '../../../src/jobs/webhooks/retries.ts';
import { LedgerFailed } from '../../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../../src/paid/ledger/sqlite.ts';
import { newPath } from '../../paid/ledger/support.ts';
import { NOW } from '../../support/gateway.ts';
import { bearer, gatewayKeys } from '../../support/gateway-keys.ts';
import { told } from '../../support/told.ts';
import {
  OTHER_SECRET,
  type Received,
  SECRET,
  secretFile,
  startReceiver,
  startWithWebhook,
} from './support.ts';

const DAY_S = 24 * 60 * 60;
const ids = (received: readonly Received[]) => received.map(({ headers }) => headers['webhook-id']);
const errorsIn = (logged: readonly string[]) =>
  logged.map((line) => JSON.parse(line)).filter(({ level }) => level === 50);

test.each([
  ['500', 500],
  ['404', 404],
  ['a redirect', 302],
  ['410', 410],
])(
  'a message that is answered with %s is sent again, the same, until it is taken',
  async (_, status) => {
    const { url, received } = await startReceiver(status, status, 204);
    const { createPrompt, pass, outcomes, deps, clock } = await startWithWebhook({ url });
    await createPrompt();
    await pass(10);
    expect(received).toHaveLength(1);
    expect(deps.jobs.webhookBacklog).toEqual({
      ...{ waiting: 0, undelivered: 1, oldestAt: clock.now() - 2000 },
    });
    await pass(40);
    expect(received.map(({ path }) => path)).toEqual(['/webhooks', '/webhooks', '/webhooks']);
    expect(new Set(ids(received)).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    const times = received.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 6, 16]);
    expect(outcomes).toEqual(['failed', 'failed', 'delivered']);
  },
);

test('the attempts take a day at the least, and no two of them are further apart than three hours', () => {
  const delays = (random: number) =>
    Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => delayAfter(index + 1, random) / 1000);
  expect(delays(0).slice(0, 4)).toEqual([5, 10, 20, 40]);
  expect(delays(0).reduce((a, b) => a + b)).toBeGreaterThan(DAY_S);
  expect(Math.max(...delays(0.99))).toBeLessThan(3 * 60 * 60);
});

test('after the last attempt a message is a dead letter: one line of the log, and nothing is left', async () => {
  const { url, received } = await startReceiver(503);
  const { createPrompt, pass, clock, outcomes, logged, deps } = await startWithWebhook({ url });
  const { id, astriaId } = await createPrompt();
  await pass(10);
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
    clock.advance(2 * 60 * 60_000);
    await pass(4);
  }
  expect(received).toHaveLength(MAX_ATTEMPTS);
  const failed = Array.from({ length: MAX_ATTEMPTS }, () => 'failed');
  expect(outcomes).toEqual([...failed, 'dead']);
  const dead = errorsIn(logged).filter(({ msg }) => msg === 'a message of a webhook was given up');
  expect(dead).toMatchObject([
    {
      ...{ caller: 'web', type: 'prompt.finished', id, astriaId, status: 'SUCCEEDED' },
      ...{ webhookId: ids(received)[0], attempts: MAX_ATTEMPTS },
      err: { message: 'the receiver answered 503' },
    },
  ]);
  expect(await deps.ledger.outbox.after(0, 10)).toEqual([]);
  await pass(10);
  expect(received).toHaveLength(MAX_ATTEMPTS);
});

test('a slow receiver gets eight messages at once, and delays no other', async () => {
  const [slow, quick] = [await startReceiver('silence'), await startReceiver()];
  const { createPrompt, clock } = await startWithWebhook({
    url: slow.url,
    environment: {
      GATEWAY_KEYS: gatewayKeys(
        { name: 'web', webhook: { url: slow.url, secretFile: secretFile() } },
        { name: 'shop', webhook: { url: quick.url, secretFile: secretFile() } },
      ),
    },
  });
  for (let count = 0; count < 10; count++) await createPrompt();
  await createPrompt('', bearer('shop'));
  const passing = () => {
    clock.advance(2000);
    return [slow.received.length >= 8, quick.received.length];
  };
  await expect.poll(passing).toEqual([true, 1]);
  expect(slow.open.most).toBe(8);
});

test('where a process has stopped another goes on: with what is not done, and with the same message', async () => {
  const { url, received } = await startReceiver(500, 204);
  const ledger = await openSqliteLedger(':memory:', told());
  onTestFinished(() => ledger.close());
  const first = await startWithWebhook({ url, ledger });
  const { emulator, clock } = first;
  await first.createPrompt();
  await first.pass(8);
  const later = await first.createPrompt(', seed: 7');
  await first.pass(4);
  expect(received).toHaveLength(1);
  first.deps.jobs.stop();
  const second = await startWithWebhook({ url, ledger, emulator, clock });
  await second.pass(20);
  expect(received).toHaveLength(3);
  expect(received[1]?.body).toBe(received[0]?.body);
  expect(ids(received)[1]).toBe(ids(received)[0]);
  expect(JSON.parse(received[2]?.body ?? '').data.astriaId).toBe(later.astriaId);
});

test('of two processes one works, and the other goes on soon after it has died', async () => {
  const { url, received } = await startReceiver();
  const clock = frozenClock(NOW);
  const path = await newPath();
  const open = () => openSqliteLedger(path, told(clock));
  const ledgers = [await open(), await open()] as const;
  onTestFinished(async () => void (await Promise.all(ledgers.map((ledger) => ledger.close()))));
  const first = await startWithWebhook({ url, ledger: ledgers[0], clock });
  const { emulator } = first;
  await first.createPrompt();
  await first.pass(2);
  const second = await startWithWebhook({ url, ledger: ledgers[1], emulator, clock });
  await second.pass(4);
  const waiting = () => [first, second].map(({ deps }) => deps.jobs.webhookBacklog?.waiting);
  expect(waiting()).toEqual([1, 0]);
  await ledgers[0].close();
  await second.pass(20);
  expect(received).toHaveLength(1);
  expect([first.outcomes, second.outcomes]).toEqual([[], ['delivered']]);
});

test('a process that stops waits for the answer of a receiver, and then lets another go on at once', async () => {
  const { url, received } = await startReceiver('late');
  const { createPrompt, clock, deps } = await startWithWebhook({ url });
  await createPrompt();
  const passing = () => {
    clock.advance(2000);
    return received.length;
  };
  await expect.poll(passing).toBe(1);
  deps.jobs.stop();
  await deps.jobs.settled();
  expect(await deps.ledger.outbox.after(0, 10)).toEqual([]);
  expect(await deps.ledger.outbox.lead('another')).toBe(true);
});

test('while the ledger fails nothing is lost, and a message that was sent is not sent again', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, deps, logged } = await startWithWebhook({ url });
  await createPrompt();
  const { outbox } = deps.ledger;
  const { remove, lead } = outbox;
  const fail = async () => {
    throw new LedgerFailed('away');
  };
  Object.assign(outbox, { remove: fail });
  await pass(10);
  expect(received).toHaveLength(1);
  Object.assign(outbox, { lead: fail });
  await pass(10);
  Object.assign(outbox, { lead });
  await pass(10);
  Object.assign(outbox, { remove });
  await pass(10);
  expect(await outbox.after(0, 10)).toEqual([]);
  expect(errorsIn(logged)).toMatchObject([{ msg: 'the outbox of webhooks fails' }]);
  expect(received).toHaveLength(1);
});

test('a key without a webhook any more, and with one again', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, deps, outcomes, logged } = await startWithWebhook({ url });
  await createPrompt();
  const [web, jobs] = deps.config.gatewayKeys as [(typeof deps.config.gatewayKeys)[0], never];
  const other = { ...web, name: 'other' };
  deps.callers.renew({ gatewayKeys: [{ ...web, webhook: undefined }, other, jobs] });
  await pass(10);
  expect(outcomes).toEqual(['failed']);
  expect(errorsIn(logged)).toMatchObject([
    { msg: 'the webhook of web fails', err: { message: expect.stringContaining('any more') } },
  ]);
  deps.callers.renew({ gatewayKeys: [web, jobs] });
  await pass(10);
  expect(received).toHaveLength(1);
});

test('a key that gets a webhook later is told of what it makes from then on, and before nothing is done', async () => {
  const { url, received } = await startReceiver();
  const { createPrompt, pass, deps, pending } = await startWithWebhook({
    url,
    key: { webhook: undefined },
  });
  await createPrompt();
  expect(pending.size).toBe(0);
  const [web, jobs] = deps.config.gatewayKeys as [(typeof deps.config.gatewayKeys)[0], never];
  const webhook = { url, secretFile: '', secrets: [SECRET] };
  deps.callers.renew({ gatewayKeys: [{ ...web, webhook }, jobs] });
  deps.jobs.keysChanged();
  const { id } = await createPrompt();
  await pass(20);
  expect(received.map(({ body }) => JSON.parse(body).data.id)).toEqual([id]);
});

test('a secret is rotated without a restart, and in between both sign', async () => {
  const { url, received } = await startReceiver();
  const path = secretFile();
  const webhook = { url, secretFile: path };
  const { createPrompt, pass, deps } = await startWithWebhook({ url, key: { webhook } });
  const { config, callers, log } = deps;
  onTestFinished(watchSecretFiles(config, { callers, log, everyMs: 10 }));
  const signers = async () => {
    await createPrompt(', idempotencyKey: null');
    await pass(16);
    const { headers, body } = received.at(-1) as Received;
    const date = new Date(Number(headers['webhook-timestamp']) * 1000);
    const own = String(headers['webhook-signature']).split(' ');
    return [SECRET, OTHER_SECRET].map((secret) =>
      own.includes(new Webhook(secret).sign(String(headers['webhook-id']), date, body)),
    );
  };
  const secretsNow = () => callers.webhooks().get('web')?.secrets;
  expect(await signers()).toEqual([true, false]);
  writeFileSync(path, `${OTHER_SECRET}\n${SECRET}\n`);
  await expect.poll(secretsNow).toEqual([OTHER_SECRET, SECRET]);
  expect(await signers()).toEqual([true, true]);
  writeFileSync(path, 'no secret');
  writeFileSync(path, OTHER_SECRET);
  await expect.poll(secretsNow).toEqual([OTHER_SECRET]);
  expect(await signers()).toEqual([false, true]);
});
