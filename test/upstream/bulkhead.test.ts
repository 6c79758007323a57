/** One key's storm leaves room for the others. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { HeldBack } from '../../src/upstream/errors.ts';
import { Bulkhead } from '../../src/upstream/transport/bulkhead.ts';
import { startBefore } from '../support/odd-astria.ts';

/** An Astria that answers only when it is told to. */
async function startHeld() {
  const held: ServerResponse[] = [];
  const keys: string[] = [];
  const upstream = await startBefore((request, response) => {
    keys.push(String(request.headers.authorization));
    held.push(response);
  });
  let id = 0;
  const ask = (token: string, owner?: string) =>
    upstream.as({ token, workspaceId: undefined, ...(owner && { owner }) }).request({
      path: '/tunes/:id',
      params: { id: ++id },
      response: z.unknown(),
    });
  /** Answers that many, as they come. */
  const answer = async (count: number) => {
    for (let left = count; left > 0; await sleep(5)) {
      for (const one of held.splice(0)) {
        one.end('{}');
        left--;
      }
    }
  };
  return { ask, held, keys, answer };
}

const many = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

test('of one key 64 calls run, the rest waits, and another key goes on at once', async () => {
  const { ask, held, keys, answer } = await startHeld();
  const storm = many(200, () => ask('sd_storm'));
  await expect.poll(() => held.length).toBe(64);
  const calm = ask('sd_calm');
  await expect.poll(() => keys.at(-1)).toBe('Bearer sd_calm');
  expect(held).toHaveLength(65);
  await answer(201);
  expect(await Promise.all([...storm, calm])).toHaveLength(201);
});

test('callers of one key have 64 each', async () => {
  const { ask, held, answer } = await startHeld();
  const storm = many(200, () => ask('sd_held', 'storm'));
  await expect.poll(() => held.length).toBe(64);
  const calm = ask('sd_held', 'calm');
  await expect.poll(() => held.length).toBe(65);
  await answer(201);
  expect(await Promise.all([...storm, calm])).toHaveLength(201);
});

test('beyond 1000 that wait a call is refused at once', async () => {
  const { ask, held, answer } = await startHeld();
  const storm = many(1064, () => ask('sd_storm'));
  await expect.poll(() => held.length).toBe(64);
  const refused = await ask('sd_storm').catch((error) => error);
  expect(refused).toBeInstanceOf(HeldBack);
  expect(refused).toMatchObject({ reason: 'bulkhead', max: 1000, isUnsent: true });
  await answer(1064);
  expect(await Promise.all(storm)).toHaveLength(1064);
});

test('places are given on in order, and one who has left takes none', async () => {
  const bulkhead = new Bulkhead({ places: 2, waiting: 2 });
  const { signal } = new AbortController();
  const leaving = new AbortController();
  expect(bulkhead.enter('a', signal)).toBeUndefined();
  const order: string[] = [];
  const first = bulkhead.enter('a', leaving.signal);
  const second = (bulkhead.enter('a', signal) as Promise<void>).then(() => order.push('second'));
  expect(bulkhead.enter('a', signal)).toBe(false);
  leaving.abort();
  await expect(first).rejects.toThrow('aborted');
  const third = (bulkhead.enter('a', signal) as Promise<void>).then(() => order.push('third'));
  bulkhead.leave('a');
  await second;
  bulkhead.leave('a');
  await third;
  expect(order).toEqual(['second', 'third']);
  bulkhead.leave('a');
  expect(bulkhead.enter('a', signal)).toBeUndefined();
});

test('many who take all they can leave room for another, and have their turns one after the other', async () => {
  const bulkhead = new Bulkhead({ places: 64, waiting: 100 });
  const { signal } = new AbortController();
  const order: string[] = [];
  const runningOf = (owner: string, wanted: number) => {
    const entered = many(wanted, () => bulkhead.enter(owner, signal));
    for (const turn of entered) void Promise.resolve(turn).then(() => turn && order.push(owner));
    return entered.filter((turn) => turn === undefined).length;
  };
  const greedy = ['a', 'b', 'c', 'd', 'e'];
  expect(greedy.map((owner) => runningOf(owner, 40))).toEqual([32, 16, 8, 4, 2]);
  expect(runningOf('modest', 1)).toBe(1);
  // One is free now, and what is freed goes to whoever has the least.
  bulkhead.leave('a');
  bulkhead.leave('a');
  bulkhead.leave('a');
  await Promise.resolve();
  expect(order).toEqual(['e']);
});
