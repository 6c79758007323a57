/** The address at which Astria finds the gateways: what becomes of its callbacks is for a proof to say. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface CalledBack {
  path: string;
  body: Buffer;
}

export async function openOutside(onCallback: (callback: CalledBack) => void = () => {}) {
  const received: CalledBack[] = [];
  const server = createServer(async (request, response) => {
    const callback = { path: request.url ?? '', body: await buffer(request) };
    received.push(callback);
    onCallback(callback);
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function post(url: string, body: Buffer) {
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body) });
  return { status: answer.status, text: await answer.text() };
}
