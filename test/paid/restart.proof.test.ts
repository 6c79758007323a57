/** The ledger outlives the process: what the next one makes of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { frozenClock } from '../../src/emulator/clock.ts';
import { startEmulator } from '../../src/emulator/serve.ts';
import { HELD_MS } from '../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/paid/ledger/sqlite.ts';
import { Door, OPEN } from '../kill/door.ts';
import { buy } from '../ledger-faults/buyers.ts';
import { freePort } from '../support/free-port.ts';
import { NOW } from '../support/gateway.ts';
import { FLUX, FOUND, startPaid, UNKNOWN } from '../support/paid.ts';
import { ask, ended, start, started } from '../support/process.ts';
import { told } from '../support/told.ts';

const KEYED = { idempotencyKey: 'order 17' };

async function ledgerFile() {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'ledger.sqlite');
}

/** Gateways before one Astria, on one file. */
async function startOnFile() {
  const [path, clock] = [await ledgerFile(), frozenClock(NOW)];
  const emulator = await startEmulator({ clock, seed: false });
  const open = async () => {
    const ledger = await openSqliteLedger(path, told(clock));
    onTestFinished(() => ledger.close());
    return { ledger, ...(await startPaid({ emulator, clock, ledger })) };
  };
  return { open, clock, writes: (await open()).writes };
}

test('a recorded result is also returned by the next process', async () => {
  const { open, writes } = await startOnFile();
  const answer = await (await open()).prompt(KEYED);
  expect(answer.errors).toBeUndefined();
  expect(await (await open()).prompt(KEYED)).toEqual(answer);
  expect(writes()).toHaveLength(1);
});

test('a write that was begun but not sent is sent by the next process, after the first is surely dead', async () => {
  const { open, clock, writes } = await startOnFile();
  const dying = await open();
  dying.ledger.sent = () => new Promise(() => {});
  void dying.prompt(KEYED).catch(() => {});
  const next = (await open()).prompt(KEYED);
  await sleep(200);
  expect(writes()).toEqual([]);
  await dying.ledger.close();
  clock.advance(HELD_MS + 1);
  expect((await next).errors).toBeUndefined();
  expect(writes()).toHaveLength(1);
});

test('a slow process whose entry was taken over sends nothing', async () => {
  const { open, clock, writes } = await startOnFile();
  const [slow, other] = [await open(), await open()];
  const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
  const asleep = Promise.withResolvers<void>();
  const { sent } = slow.ledger;
  slow.ledger.sent = async (id) => {
    asleep.resolve();
    await awake;
    return sent.call(slow.ledger, id);
  };
  const late = slow.prompt(KEYED);
  await asleep.promise;
  clock.advance(HELD_MS + 1);
  expect((await other.prompt(KEYED)).errors).toBeUndefined();
  wake();
  expect((await late).errors).toMatchObject([{ extensions: { outcome: 'NOT_DONE' } }]);
  expect(writes()).toHaveLength(1);
});

test('two processes with one key send the write once', async () => {
  const { open, writes } = await startOnFile();
  const [here, there] = [await open(), await open()];
  const answers = await Promise.all([here, there, here, there].map(({ prompt }) => prompt(KEYED)));
  expect(answers[0]?.errors).toBeUndefined();
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(writes()).toHaveLength(1);
});

/** The real thing, in a process that can be killed. */
async function startProcess(environment: Record<string, string>) {
  const { child, url } = await started(environment);
  const input = `{ tuneId: ${FLUX}, text: "a pier", idempotencyKey: "order 17" }`;
  const query = `mutation { createPrompt(input: ${input}) { prompt { id } warnings { code } } }`;
  return {
    ask: async () => (await ask(url, query)).json(),
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

test('a write whose process was killed is not sent again, and found when it exists', async () => {
  const emulator = await startEmulator({ seed: false });
  const door = new Door(emulator.url);
  onTestFinished(async () => {
    await door.close();
    await emulator.close();
  });
  const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  door.gates = {
    ...OPEN,
    async request({ method }) {
      if (method !== 'POST') return 'on';
      arrived.resolve();
      await released.promise;
      return 'on';
    },
  };
  const environment = {
    ASTRIA_BASE_URL: await door.listen(),
    ASTRIA_AUTH_TOKEN: 'sd_a',
    LEDGER_PATH: await ledgerFile(),
  };
  const first = await startProcess(environment);
  void first.ask().catch(() => {});
  await arrived.promise;
  await first.kill();
  const next = await startProcess(environment);
  expect(await next.ask()).toMatchObject({ errors: [{ extensions: UNKNOWN }] });
  released.resolve();
  let answer = await next.ask();
  while ((answer as { errors?: unknown }).errors) answer = await next.ask();
  expect(answer).toMatchObject({ data: { createPrompt: { warnings: FOUND } } });
  expect(await next.ask()).toEqual(answer);
  expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a ledger that cannot be written stops the start with one sentence', async () => {
  const child = start({
    ASTRIA_BASE_URL: 'http://127.0.0.1:9',
    LEDGER_PATH: '/nowhere/a.sqlite',
  });
  const told = (await child.stderr.toArray()).join('');
  expect(told).toMatch(
    /^The environment has faults:\nLEDGER_PATH is "\/nowhere\/a\.sqlite" and cannot be written \(unable to open database file\): give a file .*\n$/,
  );
});

test('a Redis that cannot be right also stops the start', async () => {
  const child = start({ REDIS_URL: 'redis://:hunter2@no-such-host.invalid' });
  const told = (await child.stderr.toArray()).join('');
  expect(told).toMatch(
    /^The environment has faults:\nREDIS_URL leads to no Redis that can be used \(/,
  );
  expect(told).not.toContain('hunter2');
});

test('a Redis that is away does not: reads are served, and paid writes are NOT_DONE', async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const { url, printed } = await started({
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_a' },
    REDIS_URL: `redis://:hunter2@127.0.0.1:${await freePort()}`,
  });
  expect(printed).toContain('Redis is away at the start: paid writes are refused');
  expect(printed).not.toContain('hunter2');
  const read = await ask(url, '{ tunes(first: 1) { nodes { id } } }');
  expect(await read.json()).toEqual({ data: { tunes: { nodes: [] } } });
  expect(await buy(url, 'an order')).toMatchObject({ outcome: 'NOT_DONE' });
  const ready = await fetch(new URL('/readyz', url));
  expect(await ready.json()).toMatchObject({ checks: { ledger: 'not writable' } });
});
