import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { getResponse, type RequestHandler } from 'msw';
import { onTestFinished } from 'vitest';
import { createUpstream } from '../../src/upstream/client.ts';

/** Where this answers; closed with the test. */
export async function listen(astria: RequestListener): Promise<string> {
  const server = createServer(astria).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Before an Astria that does what the emulator does not; both are closed with the test. */
export async function startBefore(astria: RequestListener) {
  const upstream = createUpstream({ baseUrl: await listen(astria), retries: 0 });
  onTestFinished(() => upstream.close());
  return upstream;
}

/** What msw's handlers answer, on a socket: it does not see undici. */
export const answering =
  (...handlers: RequestHandler[]): RequestListener =>
  async ({ url = '', method }, response) => {
    const answer = await getResponse(handlers, new Request(`http://astria${url}`, { method }));
    response.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []));
    Readable.from((answer?.body ?? []) as AsyncIterable<Uint8Array>).pipe(response);
  };
