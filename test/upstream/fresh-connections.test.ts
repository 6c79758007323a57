/** A write is never sent on a connection that Astria may be about to close. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { startBefore } from '../support/odd-astria.ts';

/** An Astria that breaks a connection off when it is used after a second of silence. */
async function startImpatient() {
  const usedAt = new WeakMap<object, number>();
  let connections = 0;
  const upstream = await startBefore(({ socket }, response) => {
    const last = usedAt.get(socket);
    if (last === undefined) connections++;
    else if (performance.now() - last > 1050) return void socket.destroy();
    usedAt.set(socket, performance.now());
    response.setHeader('Keep-Alive', 'timeout=60').end('{}');
  });
  const session = upstream.as({ token: 'sd_test', workspaceId: undefined });
  const send = (method: 'GET' | 'POST') =>
    session.request({
      ...{ method, names: {}, path: '/tunes/:id', params: { id: 1 } },
      response: z.unknown(),
    });
  return { send, connections: () => connections };
}

test('one that was idle for more than a second is not used for a write', async () => {
  const { send, connections } = await startImpatient();
  for (let round = 0; round < 3; round++) {
    await send('POST');
    await sleep(1100);
  }
  expect(connections()).toBe(3);
});

test('one that was used just now is', async () => {
  const { send, connections } = await startImpatient();
  for (let round = 0; round < 20; round++) await send('POST');
  // The pool may open a second one while the first is still being put back.
  expect(connections()).toBeLessThan(3);
});

test('reads keep theirs for longer', async () => {
  const { send, connections } = await startImpatient();
  await send('GET');
  await sleep(1000);
  await send('GET');
  expect(connections()).toBe(1);
});
