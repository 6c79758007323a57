/** So many requests are worked on at once. Under load one is begun in each turn of the event loop: what is under way is brought to its end first. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Operations } from '../../src/graphql/operations.ts';
import { type TurnLimits, Turns } from '../../src/http/turns.ts';
import { logLines } from '../../src/observe/log-lines.ts';
import { startGateway } from '../support/gateway.ts';

afterEach(() => vi.restoreAllMocks());

/** Turns, and nothing else, come when they are asked for. */
function holdTurns() {
  const { setImmediate } = globalThis;
  let held: (() => void)[] = [];
  vi.spyOn(globalThis, 'setImmediate').mockImplementation((callback, ...given) => {
    if (callback.name !== '#next') return setImmediate(callback, ...given);
    held.push(callback);
    return undefined as never;
  });
  return async () => {
    const due = held;
    held = [];
    for (const next of due) next();
    await undefined;
  };
}

const LIMITS = { running: 100, runningOfCaller: 50, waiting: 100, waitingOfCaller: 50 };

/** Turns that take as long as is said, and work that ends when it is said. */
function startTurns(limits: Partial<TurnLimits> = {}) {
  const nextTurn = holdTurns();
  let ms = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => ms);
  const turns = new Turns({ ...LIMITS, ...limits });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  /** `a1` is asked by the caller `a`. */
  const ask = (name: string, signal = new AbortController().signal) =>
    turns.take(name[0] as string, signal, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  const turnOf = async (took: number) => {
    ms += took;
    await nextTurn();
    for (let step = 0; step < 5; step++) await undefined;
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    for (let step = 0; step < 5; step++) await undefined;
    await turnOf(0.1);
  };
  return { turns, ask, begun, turnOf, end };
}

test('the first begins at once, and each other in a turn of its own, as they came', async () => {
  const { ask, begun, turnOf } = startTurns();
  for (const name of ['a1', 'a2', 'a3']) void ask(name);
  expect(begun).toEqual(['a1']);
  await turnOf(0.1);
  expect(begun).toEqual(['a1', 'a2']);
  await turnOf(15);
  expect(begun).toEqual(['a1', 'a2', 'a3']);
});

test('if nobody waits, the next request starts at once', async () => {
  const { ask, begun, turnOf } = startTurns();
  void ask('a1');
  await turnOf(0.1);
  void ask('a2');
  expect(begun).toEqual(['a1', 'a2']);
});

test('after a slow turn of the event loop one request starts for each 8 ms of it', async () => {
  const { ask, begun, turnOf } = startTurns();
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void ask(name);
  await turnOf(30);
  expect(begun).toEqual(['a1', 'a2', 'a3', 'a4']);
  await turnOf(0.1);
  expect(begun.at(-1)).toBe('a5');
});

test('the limit of requests run at the same time, and the next starts when one ends', async () => {
  const { ask, begun, turnOf, end, turns } = startTurns({ running: 2, runningOfCaller: 2 });
  for (const name of ['a1', 'b1', 'c1', 'd1']) void ask(name);
  await turnOf(100);
  expect(begun).toEqual(['a1', 'b1']);
  expect(turns).toMatchObject({ running: 2, waiting: 2 });
  await end('b1');
  expect(begun).toEqual(['a1', 'b1', 'c1']);
  await end('a1');
  await end('c1');
  await end('d1');
  expect(turns).toMatchObject({ running: 0, waiting: 0 });
});

test('a caller has its share, and callers take turns', async () => {
  const { ask, begun, turnOf } = startTurns({ running: 5, runningOfCaller: 3 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void ask(name);
  for (let turn = 0; turn < 9; turn++) await turnOf(0.1);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
});

test('a caller with a slot is not delayed by callers that wait for one', async () => {
  const { ask, begun, turnOf } = startTurns({ running: 5, runningOfCaller: 2 });
  for (const name of ['a1', 'a2', 'a3', 'a4']) void ask(name);
  for (let turn = 0; turn < 5; turn++) await turnOf(0.1);
  expect(begun).toEqual(['a1', 'a2']);
  void ask('b1');
  await turnOf(0.1);
  expect(begun).toEqual(['a1', 'a2', 'b1']);
});

test('so many wait, in all and of a caller', async () => {
  const { ask, turns } = startTurns({ waiting: 3, waitingOfCaller: 2 });
  for (const name of ['a1', 'a2', 'a3']) void ask(name);
  expect([turns.isFull('a'), turns.isFull('b')]).toEqual([true, false]);
  void ask('b1');
  expect(turns.isFull('c')).toBe(true);
});

test('a request whose client has left is not started', async () => {
  const { ask, begun, turnOf, turns } = startTurns();
  const client = new AbortController();
  void ask('a1');
  const given = ask('a2', client.signal);
  void ask('a3');
  client.abort();
  expect(await given).toBeUndefined();
  await turnOf(0.1);
  expect(begun).toEqual(['a1', 'a3']);
  expect(turns.waiting).toBe(0);
});

const asks = (title: string) => `{ tunes(filter: { title: "${title}" }) { nodes { title } } }`;
const callFor = (title: string) => `GET /tunes?title=${title}&limit=21`;
const NOTHING = { data: { tunes: { nodes: [] } } };

/** A gateway of which one query has taken the turn, and the next does not come. */
async function startHeld() {
  const gateway = await startGateway({ watchers: (log) => [logLines(log)] });
  const nextTurn = holdTurns();
  const ask = async (query: string, signal?: AbortSignal) => {
    const response = await gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      ...(signal && { signal }),
    });
    return response.json();
  };
  expect(await ask(asks('first'))).toEqual(NOTHING);
  gateway.emulator.clearRequests();
  /** Until the gateway has it, for all that can be seen. */
  const askAndWait = async (...asked: Parameters<typeof ask>) => {
    const answer = ask(...asked);
    await sleep(100);
    return { answer };
  };
  return { ...gateway, nextTurn, ask, askAndWait };
}

test('queries wait for their turn', async () => {
  const { askAndWait, nextTurn, requests, logged } = await startHeld();
  const { answer } = await askAndWait(asks('a'));
  const { answer: light } = await askAndWait('{ __typename }');
  const isLeft = Promise.race([light, sleep(50, 'it waits')]);
  expect(await isLeft).toBe('it waits');
  expect(requests()).toEqual([]);
  // Each is read in a turn, and run in one.
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  expect(await light).toEqual({ data: { __typename: 'Query' } });
  expect(await answer).toEqual(NOTHING);
  expect(requests()).toEqual([callFor('a')]);
  // The wait is a part of what it took.
  const lines = logged.map((line) => JSON.parse(line)).filter(({ calls }) => calls === 1);
  expect(lines.at(-1).ms).toBeGreaterThan(90);
});

test('a document that is new is read in its turn: a thousand at once would stop the process', async () => {
  const { askAndWait, nextTurn } = await startHeld();
  const find = vi.spyOn(Operations.prototype, 'find');
  const query = '{ __typename } # new';
  const { answer } = await askAndWait(query);
  expect(find).not.toHaveBeenCalled();
  await nextTurn();
  await expect.poll(() => find.mock.calls).toContainEqual([query]);
  await nextTurn();
  expect(await answer).toEqual({ data: { __typename: 'Query' } });
});

test('identical queries join one that runs or waits, and make one call', async () => {
  const { askAndWait, nextTurn, requests, emulator } = await startHeld();
  emulator.fail({ path: '/tunes', latencyMs: 400 });
  const same = [await askAndWait(asks('a')), await askAndWait(asks('a'))];
  await nextTurn();
  same.push(await askAndWait(asks('a')));
  for (const { answer } of same) expect(await answer).toEqual(NOTHING);
  expect(requests()).toEqual([callFor('a')]);
});

test('a client that leaves before its turn makes no call to Astria', async () => {
  const { askAndWait, nextTurn, requests } = await startHeld();
  const client = new AbortController();
  const { answer: left } = await askAndWait(asks('a'), client.signal);
  const refused = expect(left).rejects.toThrow();
  const { answer: last } = await askAndWait(asks('b'));
  client.abort();
  await refused;
  await sleep(100);
  await nextTurn();
  await nextTurn();
  expect(await last).toEqual(NOTHING);
  expect(requests()).toEqual([callFor('b')]);
});
