import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

type Received = { path: string; type: string | undefined; body: Buffer };

/** The address at which Astria finds a gateway: what comes is kept, and passed on once it is known where to. */
export async function startOutside() {
  let inside: string | undefined;
  const received: Received[] = [];
  /** Of what was passed on. */
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request;
    const one = { path, type: headers['content-type'], body: await buffer(request) };
    received.push(one);
    if (inside) statuses.push(await passOn(inside, one));
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    received,
    statuses,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(gateway: string) {
      inside = new URL(gateway).origin;
    },
  };
}

async function passOn(inside: string, { path, type = '', body }: Received): Promise<number> {
  const headers = { 'content-type': type };
  const init = { method: 'POST', headers, body: new Uint8Array(body) };
  return (await fetch(inside + path, init)).status;
}
