/** Under load one operation is begun in each turn of the event loop: what is under way is brought to its end first. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Turns } from '../../src/http/turns.ts';
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

test('the first begins at once, and each other in a turn of its own, as they came', async () => {
  const nextTurn = holdTurns();
  const turns = new Turns();
  expect(turns.take()).toBeUndefined();
  const begun: string[] = [];
  for (const name of ['second', 'third']) void turns.take()?.then(() => begun.push(name));
  await sleep(5);
  expect(begun).toEqual([]);
  await nextTurn();
  expect(begun).toEqual(['second']);
  await nextTurn();
  expect(begun).toEqual(['second', 'third']);
});

test('a turn in which nobody waits is free again', async () => {
  const nextTurn = holdTurns();
  const turns = new Turns();
  void turns.take();
  await nextTurn();
  expect(turns.take()).toBeUndefined();
});

test('a turn that is not needed is the next one’s', async () => {
  const nextTurn = holdTurns();
  const turns = new Turns();
  void turns.take();
  const begun: string[] = [];
  void turns.take()?.then(() => turns.pass());
  for (const name of ['third', 'fourth']) void turns.take()?.then(() => begun.push(name));
  await nextTurn();
  expect(begun).toEqual(['third']);
});

const asks = (title: string) => `{ tunes(filter: { title: "${title}" }) { nodes { title } } }`;
const URL_OF = (title: string) => `GET /tunes?title=${title}&limit=21`;

async function startHeld() {
  const gateway = await startGateway();
  const nextTurn = holdTurns();
  const ask = (query: string, signal?: AbortSignal) =>
    gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      ...(signal && { signal }),
    });
  return { ...gateway, nextTurn, ask };
}

test('queries that come together are begun one after the other, and all are answered', async () => {
  const { ask, emulator, nextTurn, requests } = await startHeld();
  const first = await ask(asks('a'));
  const others: Promise<Response>[] = [];
  for (const title of ['b', 'c', 'c', 'd']) {
    others.push(ask(asks(title)));
    await sleep(30);
  }
  expect(requests()).toEqual([URL_OF('a')]);
  await nextTurn();
  await others[0];
  expect(requests()).toEqual([URL_OF('a'), URL_OF('b')]);
  emulator.fail({ path: '/tunes', latencyMs: 100 });
  await nextTurn();
  // The other of the two joins it, and gives its turn away.
  await nextTurn();
  for (const response of [first, ...(await Promise.all(others))]) {
    expect(await response.json()).toEqual({ data: { tunes: { nodes: [] } } });
  }
  expect(requests()).toEqual(['a', 'b', 'c', 'd'].map(URL_OF));
});

test('what asks nothing of Astria does not wait, nor what is under way already', async () => {
  const { ask, emulator, requests } = await startHeld();
  emulator.fail({ path: '/tunes', latencyMs: 100 });
  const same = [ask(asks('a')), ask(asks('a'))];
  const light = await ask('{ __typename }');
  expect(await light.json()).toEqual({ data: { __typename: 'Query' } });
  await Promise.all(same);
  expect(requests()).toEqual([URL_OF('a')]);
});

test('who leaves before its turn has asked nothing of Astria, and keeps nobody waiting', async () => {
  const { ask, nextTurn, requests } = await startHeld();
  await ask(asks('a'));
  const client = new AbortController();
  const left = ask(asks('b'), client.signal);
  await sleep(50);
  const last = ask(asks('c'));
  await sleep(50);
  client.abort();
  await expect(left).rejects.toThrow();
  await sleep(50);
  await nextTurn();
  expect(await (await last).json()).toEqual({ data: { tunes: { nodes: [] } } });
  expect(requests()).toEqual([URL_OF('a'), URL_OF('c')]);
});
