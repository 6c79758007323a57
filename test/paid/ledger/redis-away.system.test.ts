/** A Redis that fails over, is restarted, or forgets. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../../src/emulator/serve.ts';
import { type Ledger, LedgerFailed } from '../../../src/paid/ledger/ledger.ts';
import { createRedisLedger } from '../../../src/paid/ledger/redis.ts';
import { warningsOf } from '../../../src/paid/ledger/redis-settings.ts';
import { connectRedis } from '../../../src/process/redis.ts';
import { startGatewayProcess } from '../../kill/processes.ts';
import { buy, sentOf } from '../../ledger-faults/buyers.ts';
import { startRedis } from '../../support/redis.ts';
import { redisAddress } from '../../support/redis-address.ts';
import { told } from '../../support/told.ts';
import { intent } from './support.ts';

const keyed = intent({ keys: ['k'], sought: undefined, isSent: false });

async function started(...settings: string[]) {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}

async function ledgerAt(port: number): Promise<Ledger> {
  const redis = await connectRedis(`redis://127.0.0.1:${port}`);
  onTestFinished(() => redis.disconnect());
  return createRedisLedger(redis, told());
}

/** Until something can be begun again; fails after ten seconds. */
async function untilWritable(ledger: Ledger) {
  const begun = performance.now();
  for (;;) {
    try {
      return await ledger.begin({ ...keyed, keys: [String(performance.now())] });
    } catch (error) {
      expect(error).toBeInstanceOf(LedgerFailed);
      if (performance.now() - begun > 10_000) throw error;
      await sleep(100);
    }
  }
}

test('after a failover the master is found by the same address', async () => {
  const [old, next] = [await started(), await started()];
  const address = await redisAddress(old.port);
  onTestFinished(address.close);
  const ledger = await ledgerAt(address.port);
  expect(await ledger.begin(keyed)).toMatchObject({ isMine: true });
  await old.redis.replicaof('127.0.0.1', next.port);
  address.leadTo(next.port);
  // It has answered: nothing was done.
  const refused = await ledger.begin({ ...keyed, keys: ['other'] }).catch((error) => error);
  expect(refused).toBeInstanceOf(LedgerFailed);
  expect(refused.mayBeDone).toBe(false);
  expect(await untilWritable(ledger)).toMatchObject({ isMine: true });
});

test('a restart is survived, and so is what was recorded', async () => {
  const server = await started('--appendfsync', 'always');
  const ledger = await ledgerAt(server.port);
  const { entry } = await ledger.begin(keyed);
  await ledger.sent(entry.id);
  await server.restart(1000);
  expect(await untilWritable(ledger)).toMatchObject({ isMine: true });
  expect(await ledger.begin(keyed)).toMatchObject({ isMine: false, entry: { state: 'sent' } });
});

test('an operation whose reply was lost may have been done; without a connection it was not', async () => {
  const address = await redisAddress((await started()).port);
  onTestFinished(address.close);
  const ledger = await ledgerAt(address.port);
  address.loseReply(1, { isLast: true });
  const lost = await ledger.begin(keyed).catch((error) => error);
  expect(lost).toMatchObject({ mayBeDone: true });
  const unsent = await ledger.begin({ ...keyed, keys: ['other'] }).catch((error) => error);
  expect(unsent).toMatchObject({ mayBeDone: false });
});

test('a Redis that is full is not writable, however little a check needs', async () => {
  const full = ['--maxmemory', '3mb', '--maxmemory-policy', 'noeviction'];
  const ledger = await ledgerAt((await started(...full)).port);
  await ledger.check();
  const fill = async () => {
    for (let number = 0; number < 10_000; number++) {
      const { entry } = await ledger.begin({ ...keyed, keys: [`k${number}`] });
      await ledger.sent(entry.id);
    }
  };
  await expect(fill()).rejects.toMatchObject({ cause: { message: expect.stringMatching(/^OOM/) } });
  await expect(ledger.check()).rejects.toBeInstanceOf(LedgerFailed);
  await ledger.close();
});

test('a Redis that loads its file is not waited for', async () => {
  const loading = 'loading:1\r\nloading_eta_seconds:100\r\n';
  const server = createServer((socket) =>
    socket
      .on('error', () => {})
      .on('data', (sent) => {
        const commands = sent.toString().match(/^\*/gm) ?? [];
        for (const _ of commands) socket.write(`$${loading.length}\r\n${loading}\r\n`);
      }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const away: Error[] = [];
  const onAway = (reason: Error) => void away.push(reason);
  const redis = await connectRedis(`redis://127.0.0.1:${port}`, { onAway, withinMs: 300 });
  onTestFinished(() => {
    redis.disconnect();
    server.close();
  });
  expect(away.map(({ message }) => message)).toEqual(['it was not ready within 300 ms']);
});

test('a gateway that was started without Redis uses it when it is there, and sees its settings', async () => {
  const address = await redisAddress((await started('--maxmemory-policy', 'allkeys-lru')).port);
  onTestFinished(address.close);
  address.away(true);
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const gateway = await startGatewayProcess('src/main.ts', {
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_buyer' },
    REDIS_URL: `redis://127.0.0.1:${address.port}`,
  });
  onTestFinished(gateway.kill);
  expect(await buy(gateway.url, 'order')).toMatchObject({ outcome: 'NOT_DONE' });
  expect(sentOf(emulator, 'order')).toBe(0);
  address.away(false);
  await expect
    .poll(() => buy(gateway.url, 'order'), { timeout: 10_000, interval: 200 })
    .toMatchObject({ outcome: 'done' });
  expect(sentOf(emulator, 'order')).toBe(1);
  const ready = await fetch(new URL('/readyz', gateway.url));
  expect(await ready.json()).toMatchObject({
    checks: { ledger: expect.stringMatching(/^writable; Redis may evict/) },
  });
});

test.each([
  [undefined, /^NOAUTH/],
  ['wrong', /^WRONGPASS/],
])('the password %j is refused at once', async (password, reason) => {
  const { redis, url } = await started();
  await redis.config('SET', 'requirepass', 'right');
  await expect(connectRedis(url, { password })).rejects.toThrow(reason);
});

test.each([
  [[], []],
  [
    ['--maxmemory-policy', 'allkeys-lru'],
    [/evict .* maxmemory-policy is allkeys-lru; set it to noeviction/],
  ],
  [['--appendonly', 'no'], [/loses .* appendonly is no; set it to yes/]],
])('a Redis with %j is warned of', async (settings, warnings) => {
  const { redis } = await started(...settings);
  expect(await warningsOf(redis)).toEqual(
    warnings.map((warning) => expect.stringMatching(warning)),
  );
});

test('there is no warning about a Redis that does not show its settings', async () => {
  const info = () => Promise.reject(new Error('NOPERM'));
  expect(await warningsOf({ info })).toEqual([]);
});
