/** Much that comes from Astria at once. */
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Inflow } from '../../src/upstream/transport/inflow.ts';
import { startBefore } from '../support/odd-astria.ts';

const MEGABYTE = 1_000_000;

function coming() {
  const controller = {
    isPaused: false,
    pause() {
      controller.isPaused = true;
    },
    resume() {
      controller.isPaused = false;
    },
  };
  return controller;
}

test('beyond 16 MB only the answer goes on that began first, until there is room again', async () => {
  const inflow = new Inflow();
  const all = [coming(), coming(), coming()] as const;
  const [first, second, third] = all;
  const arePaused = () => all.map(({ isPaused }) => isPaused);
  for (const one of all) inflow.add(one, 5 * MEGABYTE);
  inflow.add(third, 2 * MEGABYTE);
  inflow.add(first, 2 * MEGABYTE);
  inflow.add(second, 2 * MEGABYTE);
  expect(arePaused()).toEqual([false, true, true]);
  inflow.end(first);
  await undefined;
  expect(arePaused()).toEqual([false, false, false]);
});

test('the first of those that are left always goes on', async () => {
  const inflow = new Inflow();
  const [first, second, third] = [coming(), coming(), coming()];
  inflow.add(first, MEGABYTE);
  inflow.add(second, 19 * MEGABYTE);
  inflow.add(third, 19 * MEGABYTE);
  inflow.end(first);
  await undefined;
  expect([second.isPaused, third.isPaused]).toEqual([false, true]);
  inflow.end(second);
  inflow.end(third);
  await undefined;
  expect(third.isPaused).toBe(false);
});

/** In pieces, so that some answers end while others are held up in the midst of one. */
function drip(response: ServerResponse, body: Buffer) {
  let sent = 0;
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  const next = () => {
    const end = sent + 50_000 + ((sent * 7) % 30_000);
    response.write(body.subarray(sent, end));
    sent = end;
    if (sent < body.length) setTimeout(next, sent % 4);
    else response.end();
  };
  next();
}

test('all of many long answers come whole', { timeout: 60_000 }, async () => {
  const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(MEGABYTE) }));
  const upstream = await startBefore((_, response) => drip(response, body));
  const session = upstream.as({ token: 'sd_x', workspaceId: undefined });
  const response = z.object({ text: z.string() });
  const ids = Array.from({ length: 100 }, (_, id) => id);
  const answers = await Promise.all(
    ids.map((id) => session.request({ path: '/tunes/:id', params: { id }, response })),
  );
  expect(answers.every(({ text }) => text.length === MEGABYTE)).toBe(true);
});
