/** What a request keeps of its body: a stream keeps its request for an hour. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readBody } from '../../src/http/body.ts';

test('nothing holds a body after it was read, though its request is still open', async () => {
  const { promise: read, resolve } = Promise.withResolvers<[IncomingMessage, string]>();
  const server = createServer(async (incoming) => {
    const body = await readBody(incoming, () => {});
    resolve([incoming, String(body)]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, method: 'POST', path: '/graphql' }).on('error', () => {});
  onTestFinished(() => {
    sent.destroy();
    server.close();
  });
  sent.end('{"query":"{ a }"}');
  const [incoming, body] = await read;
  expect(body).toBe('{"query":"{ a }"}');
  const counts = ['data', 'end', 'close'].map((name) => incoming.listenerCount(name));
  expect(counts).toEqual([0, 0, 0]);
});
