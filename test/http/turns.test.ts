/** Under load one query is begun in each turn of the event loop: what is under way is brought to its end first. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Turns } from '../../src/http/turns.ts';
import { logLines } from '../../src/watch/log-lines.ts';
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

/** Turns that take as long as is said. */
function startTurns() {
  const nextTurn = holdTurns();
  let ms = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => ms);
  const turns = new Turns();
  const begun: string[] = [];
  const ask = (key: string, name = key) => {
    const turn = turns.next(key);
    if (turn === undefined) begun.push(name);
    else void turn.then(() => begun.push(name));
  };
  const turnOf = async (took: number) => {
    ms += took;
    await nextTurn();
  };
  return { ask, begun, turnOf };
}

test('the first begins at once, and each other in a turn of its own, as they came', async () => {
  const { ask, begun, turnOf } = startTurns();
  for (const key of ['first', 'second', 'third']) ask(key);
  expect(begun).toEqual(['first']);
  await turnOf(0.1);
  expect(begun).toEqual(['first', 'second']);
  await turnOf(15);
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('where nobody waits, the next begins at once again', async () => {
  const { ask, begun, turnOf } = startTurns();
  ask('first');
  await turnOf(0.1);
  ask('second');
  expect(begun).toEqual(['first', 'second']);
});

test('who asks the same begins with the first of them', async () => {
  const { ask, begun, turnOf } = startTurns();
  ask('first');
  for (const name of ['a', 'b', 'c']) ask(name === 'b' ? 'other' : 'same', name);
  await turnOf(0.1);
  expect(begun).toEqual(['first', 'a', 'c']);
});

test('a long turn begins one for each 8 ms of it: what waits for no turn keeps nobody out', async () => {
  const { ask, begun, turnOf } = startTurns();
  for (const key of ['first', 'a', 'b', 'c', 'd']) ask(key);
  await turnOf(30);
  expect(begun).toEqual(['first', 'a', 'b', 'c']);
  await turnOf(0.1);
  expect(begun.at(-1)).toBe('d');
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
  await nextTurn();
  await nextTurn();
  expect(await light).toEqual({ data: { __typename: 'Query' } });
  expect(await answer).toEqual(NOTHING);
  expect(requests()).toEqual([callFor('a')]);
  // The wait is a part of what it took.
  const lines = logged.map((line) => JSON.parse(line)).filter(({ calls }) => calls === 1);
  expect(lines.at(-1).ms).toBeGreaterThan(90);
});

test('what is under way is joined at once, and what waits is one call for all who wait for it', async () => {
  const { askAndWait, nextTurn, requests, emulator } = await startHeld();
  emulator.fail({ path: '/tunes', latencyMs: 400 });
  const same = [await askAndWait(asks('a')), await askAndWait(asks('a'))];
  await nextTurn();
  same.push(await askAndWait(asks('a')));
  for (const { answer } of same) expect(await answer).toEqual(NOTHING);
  expect(requests()).toEqual([callFor('a')]);
});

test('who leaves before its turn has asked nothing of Astria', async () => {
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
