/** An Astria that reads every upload and keeps nothing of it. */
import { once } from 'node:events';
import { type ClientRequest, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type CountingAstria = Awaited<ReturnType<typeof startCountingAstria>>;

export async function startCountingAstria() {
  const seen = { bytes: 0, brokeOffAt: 0 };
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      seen.bytes += chunk.length;
    });
    request.on('error', () => {});
    request.on('close', () => {
      if (!request.complete) seen.brokeOffAt = performance.now();
    });
    request.on('end', () => response.writeHead(201).end('{"id":1,"title":"Ines"}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => seen.bytes,
    /** Breaks off a client's request. Returns the milliseconds until Astria has noticed. */
    async breakOff(request: ClientRequest): Promise<number> {
      const before = seen.brokeOffAt;
      const leftAt = performance.now();
      request.destroy();
      while (seen.brokeOffAt === before) await sleep(1);
      return seen.brokeOffAt - leftAt;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
