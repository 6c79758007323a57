/** What an operation is told to have asked of Astria. */
import { expect, test } from 'vitest';
import { CallLog } from '../../src/upstream/call-log.ts';
import type { OnCall } from '../../src/upstream/call-watch.ts';
import { TooManyCalls } from '../../src/upstream/errors.ts';
import { startGateway } from '../support/gateway.ts';

/** A gateway whose calls are followed: `logs` holds one log for each operation that made one. */
async function startWatched(headers?: Record<string, string>) {
  const logs = new Set<CallLog>();
  const outcomes: unknown[] = [];
  const onCall: OnCall = (call, calls) => {
    if (calls) logs.add(calls);
    return { headers, over: (outcome) => void outcomes.push([call, outcome]) };
  };
  return { ...(await startGateway({ upstream: { onCall } })), logs, outcomes };
}

const ANY_MS = expect.any(Number);

test('every call is told with its route, its status and its end', async () => {
  const { run, account, logs, outcomes } = await startWatched();
  account.addTune({ id: 5, title: 'Five' });
  await run('{ tune(id: 5) { title } gone: prompt(id: 6) { text } }');
  const [log] = [...logs];
  const [found, missing] = [
    { method: 'GET', route: '/tunes/:id' },
    { method: 'GET', route: '/prompts/:id' },
  ];
  const end = { ms: ANY_MS, retries: 0, kind: 'made' };
  expect(log).toMatchObject({ made: 2, shared: 0, revalidated: 0, retried: 0, ms: ANY_MS });
  expect(log?.entries).toEqual([
    { ...found, ...end, status: 200 },
    { ...missing, ...end, status: 404 },
  ]);
  expect(outcomes).toHaveLength(2);
  expect(outcomes).toContainEqual([found, { status: 200, error: undefined, retries: 0 }]);
  expect(outcomes).toContainEqual([missing, { status: 404, error: undefined, retries: 0 }]);
});

test('one who joins a call has shared it, and one who began it has made it', async () => {
  const { run, account, emulator, logs, outcomes } = await startWatched();
  account.addTune({ id: 5, title: 'Five' });
  emulator.fail({ latencyMs: 100 });
  await Promise.all([
    run('{ tune(id: 5) { title } prompts { nodes { id } } }'),
    run('{ tune(id: 5) { token } packs { nodes { id } } }'),
  ]);
  expect(outcomes).toHaveLength(3);
  const logged = [...logs].sort((one, other) => one.made - other.made);
  expect(logged.map(({ made, shared }) => ({ made, shared }))).toEqual([
    { made: 1, shared: 1 },
    { made: 2, shared: 0 },
  ]);
  const kinds = logged.map(({ entries }) => entries.find(({ route }) => route === '/tunes/:id'));
  expect(kinds).toMatchObject([
    { kind: 'shared', status: 200 },
    { kind: 'made', status: 200 },
  ]);
});

test('what has not changed is told as revalidated', async () => {
  const { run, account, logs } = await startWatched();
  account.addTune({ id: 5, title: 'Five' });
  for (let round = 0; round < 3; round++) await run('{ tune(id: 5) { title } }');
  const entries = [...logs].flatMap((log) => log.entries);
  expect(entries.map(({ kind, status }) => [kind, status])).toEqual([
    ['made', 200],
    ['made', 200],
    ['revalidated', 304],
  ]);
  expect([...logs].map(({ made, revalidated }) => [made, revalidated])).toEqual([
    [1, 0],
    [1, 0],
    [1, 1],
  ]);
});

test('what a watch sends along reaches Astria, and keeps nobody from sharing', async () => {
  const { run, account, emulator } = await startWatched({ traceparent: '00-1-1-01' });
  account.addTune({ id: 5, title: 'Five' });
  await run('{ tune(id: 5) { title } }');
  expect(emulator.requests[0]?.headers).toMatchObject({ traceparent: '00-1-1-01' });
});

test('one call more than may be made is refused', () => {
  const log = new CallLog(2);
  const call = { method: 'GET', route: '/tunes' };
  log.begin(call);
  log.join(call);
  log.begin(call);
  expect(() => log.begin(call)).toThrow(new TooManyCalls(2, 3));
  expect(log.made).toBe(2);
});

test('of very many calls only the first thousand are kept one by one', () => {
  const log = new CallLog();
  for (let made = 0; made < 1500; made++) log.begin({ method: 'GET', route: '/tunes' });
  expect(log.made).toBe(1500);
  expect(log.entries).toHaveLength(1000);
});
