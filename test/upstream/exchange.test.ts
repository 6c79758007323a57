/** What an Astria that has gone wrong may send. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { createUpstream } from '../../src/upstream/client.ts';

test('a body without end is read no further than any can be long', async () => {
  const piece = Buffer.alloc(1_000_000, ' ');
  let pieces = 0;
  const server = createServer((_, response) => {
    const go = () => {
      do pieces++;
      while (response.write(piece));
    };
    response.on('drain', go);
    go();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstream = createUpstream({ baseUrl, retries: 0 });
  onTestFinished(async () => {
    await upstream.close();
    server.closeAllConnections();
    server.close();
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
