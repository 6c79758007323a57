/** One request and its whole answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { exchange } from '../../src/upstream/transport/exchange.ts';
import { listen, startBefore } from '../support/odd-astria.ts';

test('a body without end is read no further than any can be long', async () => {
  const piece = Buffer.alloc(1_000_000, ' ');
  let pieces = 0;
  const upstream = await startBefore((_, response) => {
    const go = () => {
      do pieces++;
      while (response.write(piece));
    };
    response.on('drain', go);
    go();
  });
  const error = await upstream
    .as({ token: 'sd_a', workspaceId: undefined })
    .request({ path: '/users', response: z.unknown() })
    .catch((error) => error);
  expect(error).toMatchObject({ reason: 'connection', isUnsent: false });
  expect((error as Error).cause).toMatchObject({
    message: 'the body is longer than 20000000 bytes',
  });
  expect(pieces).toBeLessThan(40);
});

/** Reads, over a socket, what a server writes piece by piece, with a pause after each. */
async function readerOf(pieces: readonly Buffer[], pauseMs: number) {
  const url = await listen(async (_, response) => {
    for (const piece of pieces) {
      response.write(piece);
      if (pauseMs) await sleep(pauseMs);
    }
    response.end();
  });
  const pool = new Pool(url);
  onTestFinished(() => pool.close());
  return () => exchange(pool, { path: '/', method: 'GET' }, new AbortController().signal);
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => Buffer.from(`${at} `));

test.each([
  ['one long piece', [Buffer.alloc(6_000_000, 'abc')], 0],
  ['short pieces, many in one read', numbers(2000), 0],
  ['short pieces, each read by itself', numbers(20), 5],
  ['none', [], 0],
])('a body is what was sent, and stays so: %s', async (_, pieces, pauseMs) => {
  const read = await readerOf(pieces, pauseMs);
  const first = await read();
  const bodies = [first, ...(await Promise.all([read(), read(), read()]))].map(({ body }) => body);
  const sent = Buffer.concat(pieces);
  expect(bodies.map((body) => sent.equals(body))).toEqual([true, true, true, true]);
});
