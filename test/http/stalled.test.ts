/** Clients that do not take their answers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { dropIfStalled } from '../../src/http/stalled.ts';

const BODY = Buffer.alloc(20_000_000, 'x');
const STALLED_MS = 1000;

/** A connection to a server that cuts off who takes nothing for a while; what has come of its answer. */
async function ask() {
  const server = createServer((_, response) => {
    response.end(BODY);
    dropIfStalled(response, STALLED_MS);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const taken = { bytes: 0 };
  socket.on('data', ({ length }) => {
    taken.bytes += length;
  });
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return { server, socket, taken };
}

const connections = (server: Awaited<ReturnType<typeof ask>>['server']) =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

test('who takes nothing is cut off, and what waited is let go', async () => {
  const { server, socket } = await ask();
  socket.pause();
  await sleep(STALLED_MS / 2);
  expect(await connections(server)).toBe(1);
  await expect.poll(() => connections(server), { timeout: 5000 }).toBe(0);
});

test('who is slow, and takes some each time, gets all of it', async () => {
  const { socket, taken } = await ask();
  for (let turn = 0; turn < 8; turn++) {
    socket.pause();
    await sleep(STALLED_MS / 4);
    socket.resume();
    await sleep(5);
  }
  await expect.poll(() => taken.bytes, { timeout: 5000 }).toBeGreaterThan(BODY.length);
});
